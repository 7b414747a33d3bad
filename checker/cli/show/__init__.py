"""`checker show`: what was read from a file."""
