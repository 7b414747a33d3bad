"""Workers: processes of this program that may die, and what passes between them. May import `startup`."""
