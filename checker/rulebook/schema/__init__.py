"""The shape of every file under `rules/`, as JSON Schema. May import `kinds` and what that may import."""
