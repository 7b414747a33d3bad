"""From the drafts that readers make to the blocks of a Document. May import `model`."""
