"""What a user sets: configuration files and lists of bodies. May import `rulebook` and what that may import."""
