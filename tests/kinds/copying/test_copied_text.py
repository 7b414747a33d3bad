"""Who wrote like whom: planted copies are found, and nobody else is named."""

from __future__ import annotations

import pytest
from chains import seeded
from copied_reports import Report, copies
from judging import rulebook

from checker.judging.figures import Figures
from checker.judging.run_engine import judge_run
from checker.judging.run_subject import RunSubject
from checker.kinds.copying.clauses import lengths_of, packed_clauses
from checker.kinds.copying.prints import packed_sentences, unpacked
from checker.kinds.kind import gathering_key
from checker.model.bodies import Bodies, Unit
from checker.model.findings import Severity
from checker.model.report import Identity
from checker.patterns.pattern import compile_pattern
from checker.startup.records import replace

YEAR = 2024


def rule():
    """SET-05 alone."""
    return replace(rulebook(), rules={"SET-05": rulebook().rules["SET-05"]}, unselected=rulebook().rules)


def figures(report):
    """What the rule knows of a report, as it is gathered from its text."""
    check = rulebook().rules["SET-05"].checks[0]
    prose = {number: "\n".join(texts) for number, texts in report.sections.items()}
    own_words, unless = (
        [compile_pattern(one) for one in check.options[key]] for key in ("own_words", "unless")
    )
    names = rulebook().language.own_name_rules.of(report.name)
    packed = packed_sentences(prose, names, own_words, unless, check.options["shortest"])
    packed += "|" + packed_clauses(prose, names, own_words, unless)
    form = rulebook().forms["2021"]
    identity = Identity(None, report.name, "department", "county", YEAR)
    key = gathering_key(check.kind, check.options)
    return Figures(f"{report.name}.txt", identity, form, "2021", {}, prose=prose, gathered={key: packed})


def found(reports, **more):
    """The findings on a set of reports."""
    units = tuple(Unit(report.name, **more) for report in reports)
    subject = RunSubject(reports=[figures(report) for report in reports], bodies=Bodies(units=units))
    return judge_run(rule(), subject)[1]


@pytest.mark.parametrize("seed", range(3))
def test_planted_copies_are_found_and_nothing_else(seed):
    random = seeded(seed)
    reports = [Report(random, number) for number in range(200)]
    planted = copies(random, reports, 24)

    told = [frozenset(finding.units) for finding in found(reports) if finding.severity is Severity.WARNING]

    right = [pair for pair in told if pair in planted]
    assert len(right) >= 0.98 * len(told)
    assert len(right) >= 0.9 * len(planted)


def test_without_copies_nobody_is_named():
    random = seeded(7)
    reports = [Report(random, number) for number in range(200)]

    assert found(reports) == ()


def test_a_cluster_is_one_finding_without_direction():
    random = seeded(8)
    reports = [Report(random, number) for number in range(60)]
    for copy in reports[10:13]:
        copy.sections = {
            n: [copy.named_by(reports[0], t) for t in texts] for n, texts in reports[0].sections.items()
        }

    (finding,) = found(reports)

    assert finding.units == tuple(report.name for report in (reports[0], *reports[10:13]))
    assert "抄" not in finding.message
    assert finding.evidence["count"] == 4
    assert finding.evidence["longest"] == tuple(sorted(finding.evidence["longest"], key=len, reverse=True))
    assert {one.value for one in finding.related} <= set(finding.units)


WORDS = {
    "整理": "梳理",
    "核对": "查对",
    "公示": "张榜",
    "张贴": "贴出",
    "改写": "重写",
    "装订成册": "订成一册",
    "逐条批注": "逐句批注",
    "共": "合计",
}


def test_exchanged_words_are_a_hint_at_most():
    random = seeded(9)
    reports = [Report(random, number) for number in range(80)]
    source, copy = reports[3], reports[40]
    for section, texts in source.sections.items():
        copy.sections[section] = [copy.named_by(source, reworded(text)) for text in texts]

    (finding,) = found(reports)

    assert (finding.severity, finding.units) == (Severity.INFO, (source.name, copy.name))


def reworded(text):
    """A sentence with some of its words exchanged for others that mean the same."""
    for word, other in WORDS.items():
        text = text.replace(word, other)
    return text


def test_the_digests_of_a_report_are_small():
    """So that those of a hundred thousand reports can be kept."""
    report = figures(Report(seeded(1), 0))
    (packed,) = report.gathered.values()

    sentences, _, clauses = packed.partition("|")
    assert len(packed) < 2500
    assert len(unpacked(sentences)) > 10
    assert len(lengths_of(clauses)) > 20


@pytest.mark.parametrize("text", ["", "甲", "AAAA", "//8="])
def test_what_are_no_digests_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011  # whatever its words are
        unpacked(text)
