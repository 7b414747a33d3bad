"""Processes of this program that may die, and what is said to them. May import `model`."""
