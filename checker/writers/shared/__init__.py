"""Words, places, tables and escapes that several outputs share. May import `model` only."""
