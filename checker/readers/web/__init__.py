"""Web pages: HTML and MHTML. May import `readers.raw`, `readers.blocks` and `model`."""
