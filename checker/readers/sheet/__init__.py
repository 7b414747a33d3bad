"""Spreadsheets: XLSX, XLS and ET. May import `readers.raw`, `readers.blocks` and `model`."""
