"""Hostile files, made by scripts: each one thing that could give a false 通过, lose an input, or never end.

python -m hostile               # in `tests/`: every case in a process of its own, with a table by kind
python -m hostile glued         # those whose name holds the word
python -m hostile --write       # the same, and writes the tables into docs/reliability.md
"""
