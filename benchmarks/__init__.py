"""What checking costs: `python -m benchmarks`."""
