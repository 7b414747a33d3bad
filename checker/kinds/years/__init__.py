"""Kinds that compare a report with that of the year before. May import `judging`."""
