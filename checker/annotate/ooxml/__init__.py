"""Parts of Office packages: their bytes, what stands where in them, and changes that leave the rest alone."""
