"""What a user needs once: completion for the shell, a first configuration file."""
