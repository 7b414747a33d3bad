"""Kinds about what one unit has from another: its text, its name, its telephone number."""
