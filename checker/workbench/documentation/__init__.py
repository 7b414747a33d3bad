"""Pages written from the rules and kinds themselves. May import everything but `cli`."""
