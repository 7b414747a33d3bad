"""Kinds about a whole run of reports.."""
