"""What the tests of all formats share: the runs, hostile texts, and files that a person has looked at."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

import writer_samples as samples
from hypothesis import strategies as st

from checker.model.document import Location
from checker.model.findings import CellChange, Finding, Outcome, Severity, Suggestion, Suppressed, Verdict
from checker.model.place import Place, Related
from checker.startup.records import replace
from checker.writers import OUTPUTS, output_named
from checker.writers.shared.options import WritingOptions

GOLDEN = Path(__file__).with_name("golden") / "formats"

RUNS = {
    "failing": lambda: samples.run(samples.failing()),
    "clean": lambda: samples.run(samples.clean()),
    "many": samples.many,
    "excepted": lambda: samples.run(samples.excepted(), findings=(samples.EXPIRED,)),
    "unreadable": lambda: samples.run(samples.UNREADABLE, samples.SKIPPED),
    "nothing": samples.run,
}


TEXTS = tuple(name for name, output in OUTPUTS.items() if not output.binary)
"""Every format that is text; what is none has tests of its own in `parquet`."""


def written(name, run):
    return "".join(output_named(name).write(run, WritingOptions()))


# The style sheet, the script and their digests are files and tests of their own, and the same in every page.
_OF_EVERY_PAGE = re.compile(
    r"(?<=<style>).*?(?=</style>)|(?<=<script>).*?(?=</script>)|(?<='sha256-)[^']*", re.DOTALL
)


def assert_golden(format_name, run_name):
    """The output is the one that was looked at; `UPDATE_GOLDEN=1` writes it anew."""
    output = _OF_EVERY_PAGE.sub("…", written(format_name, RUNS[run_name]())).encode()
    file = GOLDEN / f"{run_name}.{format_name}"
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_bytes(output)

    assert file.exists(), "nobody has looked at it yet; UPDATE_GOLDEN=1 writes it"
    assert output == file.read_bytes(), "look at it; UPDATE_GOLDEN=1 writes it anew"


ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "＝1+1",
    "甲\n::error file=a::乙",
    "::set-output name=a::b",
    "100%0A::warning::x",
    "]]><failure/>",
    "a,b:c%d",
    "[点这里](javascript:alert(1))",
    "![图](http://example.invalid/a.png)",
    "`|~~@everyone #12 http://example.invalid www.example.invalid",
    "<!-- --> &lt; &#0; {0} {{",
    "\x1b[31m红\x1b[0m\x07\x00",
    "\u202e反\u2066\u200b",
    "名\udce4\ufffe",
)
"""Texts that mean something to one format or another."""


def hostile_run(words, path=None):
    """A run in which every text that comes from a report, a rule file or an exceptions file is `words`."""
    place = Place(Location(paragraph=3, line=12, page=2), 1, excerpt=words)
    cell = Place(Location(table_index=2), 3, "T3", "S", words, "natural", words, words)
    finding = Finding(
        "T3-02",
        words,
        Severity.ERROR,
        words,
        words,
        place,
        (Related(cell, words),),
        {words: words, "formula": words, "also": words},
        (words,),
        Suggestion(words, (CellChange("T3", "S", "natural", words, words),), pattern="other"),
        "f" * 16,
    )
    in_cell = replace(finding, place=cell, severity=Severity.WARNING, evidence={}, rule=words)
    understood = samples.report(words, tables={"T3": samples.table("T3", {("S", "natural"): words})})
    outcomes = (
        Outcome("T3-02", Verdict.FAIL, 1),
        Outcome("T4-01", Verdict.NOT_CHECKED, 0, words),
        Outcome(words, Verdict.BROKEN, 0, words),
        Outcome("SEC-06", Verdict.NOT_CHECKED, 0, words),
    )
    result = samples.checked(path or words, understood, (finding, in_cell), outcomes)
    accepted = Suppressed(finding, words, words, date(2025, 12, 31), words)
    result = replace(result, suppressed=(accepted,))
    unreadable = samples.without_report(f"{words}2", samples.UNREADABLE.status, "encrypted", words)
    of_run = replace(finding, place=Place(Location(path=words, line=3)))
    rules = {
        **samples.RULES,
        words: replace(samples.RULES["T3-02"], id=words, title=words, group=words, why=words),
    }
    run = samples.run(result, unreadable, findings=(of_run,))
    return replace(run, rulebook=replace(run.rulebook, profile=words, rules=rules))


hostile_words = st.sampled_from(ATTACKS) | st.text(st.characters(), min_size=1, max_size=60)
"""Texts for reports that wish us ill, half-broken characters included."""
