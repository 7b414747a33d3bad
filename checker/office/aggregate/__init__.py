"""The tables of a body out of those of its units, and what they are written as."""
