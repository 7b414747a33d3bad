"""From a report and a rulebook to outcomes. May import `understand`, `solver` and what those may import."""
