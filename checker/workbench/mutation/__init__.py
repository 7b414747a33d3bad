"""How many slips of the hand the rules catch. May import everything but `cli`."""
