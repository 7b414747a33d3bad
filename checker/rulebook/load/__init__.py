"""From YAML text to data without faults; every fault has file, line and column. May import `rulebook.schema`."""
