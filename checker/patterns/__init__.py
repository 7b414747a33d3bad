"""Searching text: regular expressions of rule files and word lists. May import `model` and `startup`."""
