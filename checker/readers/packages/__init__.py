"""Packages of several files, each checked by itself. May import what is in `readers`, no reader by name."""
