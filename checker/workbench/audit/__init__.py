"""Rules that contradict, repeat or hide each other. May import everything but `cli`."""
