"""Kinds about days and years, in fields and in sentences. May import `judging`."""
