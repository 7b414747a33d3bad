"""Kinds about a whole run of reports. May import `judging` and what that may import."""
