"""Files that are not on this machine's disk: in object stores, archives and wherever else fsspec can read."""
