"""Structure-aware mutants of whole reports in every format.

python -m fuzz                       # in `tests/`: 20,000 mutants with fixed seeds
python -m fuzz --mutants 3000 --seconds 300 --formats docx,html
python -m fuzz --one docx:17         # one mutant again, by the number that a fault was printed with
python -m fuzz --write               # the same, and writes the table into docs/reliability.md
"""
