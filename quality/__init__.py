"""What is looked at before a release, beside the tests: what it is made of, and what it does otherwise."""
