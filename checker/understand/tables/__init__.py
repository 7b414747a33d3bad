"""Which tables of a document are those of the form, and what their cells say. May import `model`."""
