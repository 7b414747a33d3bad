"""An office's season: whose file is whose, how each unit stands, rounds and their ledger, what is written of it.

May import `api` and what that may import.
"""
