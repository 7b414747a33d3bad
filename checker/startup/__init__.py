"""What keeps the start quick: records, patterns and digests that cost nothing until used. Imports nothing."""
