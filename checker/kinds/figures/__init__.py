"""Kinds about figures in the text: against the tables and among themselves. May import `judging`."""
