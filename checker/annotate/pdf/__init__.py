"""Highlights in a copy of a PDF, written by the library that reads it, in a process that can die alone."""
