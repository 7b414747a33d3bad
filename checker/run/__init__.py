"""From files to results: one after another, in several processes, over years. May import `rulebook` and `accepted`."""
