"""From files to how each unit stands: whose a file is, which version counts, when it came, what was decided."""
