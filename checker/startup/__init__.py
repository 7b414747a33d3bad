"""What keeps the start quick: records, patterns, digests, bytes at rest that cost nothing until used; bounded memory.

No imports.
"""
