"""Word processors: DOCX, DOC, WPS, RTF, ODT. May import `readers.raw`, `readers.blocks` and `model`."""
