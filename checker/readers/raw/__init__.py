"""Containers and encodings: from bytes to parts and text, guarded by limits. May import `model`."""
