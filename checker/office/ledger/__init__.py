"""The ledger: everything that has come in, round by round, in one SQLite file that others may read too."""
