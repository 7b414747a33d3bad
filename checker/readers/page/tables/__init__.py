"""Tables on pages: where lines, gaps and numbers show rows and columns. May import its parent's `ink` and `lines`."""
