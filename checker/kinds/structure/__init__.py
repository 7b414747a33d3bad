"""Kinds about parts, tables and names that must be there. May import `judging`."""
