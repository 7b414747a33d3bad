"""Kinds about where reports were published: links, titles, days, and pages that were saved."""
