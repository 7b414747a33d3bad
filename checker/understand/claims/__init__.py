"""What the text says in figures. May import `model` and `patterns`."""
