"""The result on a terminal. May import `writers.shared` and `model`."""
