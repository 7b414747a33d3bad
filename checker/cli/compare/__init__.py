"""`checker compare`: two results side by side."""
