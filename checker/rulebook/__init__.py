"""Rule files: strict YAML, validated, compiled once, ready to run."""
