"""Formats of fixed pages: PDF and OFD. May import `readers.raw`, `readers.blocks` and `model`."""
