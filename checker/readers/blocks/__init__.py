"""From what a reader met, in order, to the blocks of a Document. May import `model`."""
