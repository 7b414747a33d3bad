"""Kinds about a whole run of reports. May import `judging`."""
