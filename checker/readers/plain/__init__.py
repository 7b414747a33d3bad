"""Plain text and Markdown. May import `readers.raw`, `readers.blocks`, `readers.web` and `model`."""
