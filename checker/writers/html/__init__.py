"""The result as one web page. May import `writers.shared` and `model`."""
