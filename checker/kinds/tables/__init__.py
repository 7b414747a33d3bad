"""Kinds about cells and sums of one report. May import `judging`."""
