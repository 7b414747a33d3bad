"""Kinds about named values of a report: fields, dates, expressions. May import `judging`."""
