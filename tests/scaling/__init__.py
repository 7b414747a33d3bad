"""How the work of each step grows with its input, counted in function calls, so that it is the same on every machine.

python -m scaling            # in `tests/`: 50,000, 100,000 and 200,000 characters, every shape and step
python -m scaling --write    # the same, and writes the table into docs/reliability.md
"""
