"""Kinds that compare a report with that of the year before. May import `judging` and what that may import."""
