"""The whole text output, held to files that a person has looked at.

`UPDATE_GOLDEN=1 pytest tests/writers/terminal` writes them anew; look at the difference before you commit it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import writer_samples as samples

from checker.writers import output_named
from checker.writers.shared.options import WritingOptions

GOLDEN = Path(__file__).with_name("golden")

RUNS = {
    "failing": lambda: samples.run(samples.failing()),
    "clean": lambda: samples.run(samples.clean()),
    "few": lambda: samples.run(samples.clean(), samples.failing(), samples.UNREADABLE, samples.SKIPPED),
    "many": samples.many,
    "wide_sum": lambda: samples.run(samples.wide_sum()),
    "blank_totals": lambda: samples.run(samples.blank_totals()),
    "excepted": lambda: samples.run(samples.excepted(), findings=(samples.EXPIRED,)),
    "nothing": samples.run,
}

CASES = [
    ("failing", {"width": 80}),
    ("failing", {"width": 80, "colour": True}),
    ("failing", {"width": 80, "verbose": True}),
    ("failing", {"width": 120}),
    ("clean", {"width": 80}),
    ("few", {"width": 80, "quiet": True}),
    ("many", {"width": 80}),
    ("many", {"width": 120, "verbose": True}),
    ("wide_sum", {"width": 80}),
    ("wide_sum", {"width": 60}),
    ("wide_sum", {"width": 120}),
    ("blank_totals", {"width": 80}),
    ("blank_totals", {"width": 80, "verbose": True}),
    ("excepted", {"width": 80}),
    ("excepted", {"width": 80, "verbose": True}),
    ("excepted", {"width": 80, "quiet": True}),
    ("nothing", {"width": 80}),
]


def golden_name(name, options):
    flags = [flag for flag in ("colour", "verbose", "quiet") if options.get(flag)]
    return "_".join([name, str(options["width"]), *flags]) + ".txt"


@pytest.mark.parametrize(("name", "options"), CASES, ids=[golden_name(*case) for case in CASES])
def test_text_output_is_the_one_looked_at(name, options):
    output = "".join(output_named("text").write(RUNS[name](), WritingOptions(**options)))
    file = GOLDEN / golden_name(name, options)
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_text(output, encoding="utf-8", newline="\n")

    assert output == file.read_text(encoding="utf-8"), "look at it; UPDATE_GOLDEN=1 writes it anew"


def test_every_golden_file_is_compared():
    assert sorted(path.name for path in GOLDEN.glob("*.txt")) == sorted(golden_name(*case) for case in CASES)


@pytest.mark.parametrize("name", RUNS)
def test_own_words_survive_a_chinese_windows_console(name):
    """Every mark the program itself draws exists in GBK, the encoding of older Windows consoles."""
    output = "".join(output_named("text").write(RUNS[name](), WritingOptions(width=80, verbose=True)))

    assert output.encode("gbk").decode("gbk") == output


@pytest.mark.parametrize("name", RUNS)
def test_colour_adds_nothing_but_colour(name):
    plain = "".join(output_named("text").write(RUNS[name](), WritingOptions(width=80)))
    coloured = "".join(output_named("text").write(RUNS[name](), WritingOptions(width=80, colour=True)))

    assert samples.without_colour(coloured) == plain
