"""Word documents: comments and tracked changes are spliced into the bytes of the file; all else stays as it is."""
