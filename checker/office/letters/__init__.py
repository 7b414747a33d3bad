"""Letters to units: which ones, what they say, and the documents they are made of."""
