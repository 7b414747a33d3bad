"""What rules may name and say: items, scopes, expressions. May import `understand` and `model`."""
