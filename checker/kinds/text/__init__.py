"""Kinds about what the text says, in words and in figures. May import `judging`."""
