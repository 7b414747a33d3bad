"""Commands of an office's season."""
