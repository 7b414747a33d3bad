"""`--format html`: one file for a person, readable on a phone, on a desk and on paper.

A few reports are shown as they were read, their findings beside them; of many there is an index, and a block that
unfolds for each. The one script and the one style sheet are in the page, and the policy in its head names their
digests: nothing else runs, and nothing comes from outside. Every word of a report goes through `markup.text`, which
escapes it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from checker.model.findings import CheckRun, Severity, Verdict
from checker.writers.html.finding import FindingWords, RuleLink, finding_html
from checker.writers.html.frame import page_end, page_head
from checker.writers.html.index import controls, overview
from checker.writers.html.markup import EMPTY, Markup, joined, lines, tag
from checker.writers.html.report import ReportFrame, not_judged_html, report_html, verdict_html
from checker.writers.shared.configuration import configuration_lines
from checker.writers.shared.options import FEW_REPORTS, WritingOptions
from checker.writers.shared.outcomes import omissions_of_run
from checker.writers.shared.reports import reports_named, reports_word, run_groups, worst_first
from checker.writers.shared.tally import RunTally, tally
from checker.writers.shared.words import TOOL_NAME

_VERDICTS: Final = (
    Verdict.PASS,
    Verdict.FAIL,
    Verdict.NOT_CHECKED,
    Verdict.NOT_APPLICABLE,
    Verdict.BROKEN,
)
"""In the order in which they are listed."""
_OTHER_COUNTS: Final = ("not_checked", "suppressed", "broken", "unreadable", "skipped")
"""Counts that are shown only where there are any."""


def write(run: CheckRun, _options: WritingOptions) -> Iterator[str]:
    """Yield the page: summary, one report after the other, then every rule with its basis."""
    counts = tally(run)
    many = counts.reports > 1
    whole = counts.reports <= FEW_REPORTS
    words = FindingWords(run.rulebook.vocabulary, _links(run))
    title = f"{reports_word(run)}检查结果"
    script = _own_file("result.js")
    yield page_head(title, _own_file("result.css") + _own_file("fragments.css"), script)
    yield lines(Markup('<body class="wide">' if whole else "<body>"), _summary(run, counts, title))
    yield lines(Markup("<main>"))
    if counts.error or counts.warning or counts.info:
        yield lines(controls(counts, words.vocabulary))
    order = worst_first(run) if many else list(range(counts.reports))
    if many:
        yield from overview(run, order)
    reports = reports_named(run)
    for heading, findings in run_groups(run).items():
        blocks = (finding_html(one, reports.get(one.place.location.path or ""), words) for one in findings)
        yield lines(tag("section", tag("h2", heading), *blocks, class_="report"))
    unjudged = not_judged_html(omissions_of_run(run), "set-unjudged", words)
    if unjudged:
        heading = tag("h2", run.rulebook.vocabulary.results.name("run"))
        yield lines(tag("section", heading, unjudged, class_="report"))
    verdicts: Counter[tuple[str, Verdict]] = Counter(
        (outcome.rule, outcome.verdict) for outcome in run.outcomes
    )
    for index in order:
        result = run.results[index]
        verdicts.update((outcome.rule, outcome.verdict) for outcome in result.outcomes)
        anchor = f"r{index + 1}"
        prefix, folded = (f"{anchor}-", not whole) if many else ("", None)
        yield lines(*report_html(result, ReportFrame(anchor, prefix, whole, folded), words))
    yield from _rules(run, verdicts)
    yield lines(Markup("</main>"), _footer(run))
    yield page_end(script)


def _own_file(name: str) -> str:
    from importlib.resources import files  # noqa: PLC0415  # only this format reads a file

    return files("checker.writers.html").joinpath(name).read_text(encoding="utf-8")


def _summary(run: CheckRun, counts: RunTally, title: str) -> Markup:
    vocabulary = run.rulebook.vocabulary
    only = run.results[0] if counts.reports == 1 else None
    if only is not None:
        verdict = verdict_html(only, vocabulary)
    else:
        word = vocabulary.results.name(counts.verdict)
        verdict = tag("span", word, class_=f"verdict {counts.verdict}")
    labelled = counts.labelled(vocabulary)
    chips = [_chip(*labelled[severity.value], severity.value) for severity in Severity]
    for name in _OTHER_COUNTS:
        word, count = labelled[name]
        if count:
            chip = _chip(word, count, "other")
            leads = only is not None and only.report is not None and name == "not_checked"
            chips.append(tag("a", chip, href="#not-judged") if leads else chip)
    fates = "，".join(f"{word} {count}" for word, count in (labelled["passed"], labelled["failed"]))
    files = f"共 {counts.reports} 个文件，{fates}。"
    return tag(
        "header",
        tag("h1", title),
        tag("p", verdict, " ", files),
        tag("p", *chips, class_="chips"),
        *(tag("p", line, class_="configuration") for line in configuration_lines(run)),
    )


def _chip(word: str, count: int, kind: str) -> Markup:
    return tag("span", word, " ", tag("b", count), class_=f"chip {kind if count else 'none'}")


def _links(run: CheckRun) -> RuleLink:
    numbers = {rule: number for number, rule in enumerate(run.rulebook.rules, 1)}
    return lambda rule: tag("a", rule, href=f"#rule{numbers[rule]}") if rule in numbers else tag("span", rule)


def _rules(run: CheckRun, verdicts: Counter[tuple[str, Verdict]]) -> Iterator[str]:
    """Every rule with its basis and how often it came out how."""
    yield lines(Markup('<section class="rules" id="rules">'), tag("h2", "规则和依据"))
    yield lines(tag("p", f"规则集 {run.rulebook.profile}，共 {len(run.rulebook.rules)} 条。", class_="file"))
    group = None
    for number, rule in enumerate(run.rulebook.rules.values(), 1):
        if rule.group != group:
            group = rule.group
            yield lines(tag("h3", group))
        counts = [
            f"{run.rulebook.vocabulary.verdicts.name(verdict.value)} {verdicts[rule.id, verdict]}"
            for verdict in _VERDICTS
            if verdicts[rule.id, verdict]
        ]
        failed = "rule-entry failed" if verdicts[rule.id, Verdict.FAIL] else "rule-entry"
        yield lines(
            tag(
                "div",
                tag(
                    "p", tag("b", rule.id), " ", rule.title, tag("span", "，".join(counts), class_="outcomes")
                ),
                tag("p", rule.why, class_="why") if rule.why else EMPTY,
                tag("p", f"依据：{rule.basis}", class_="basis") if rule.basis else EMPTY,
                class_=failed,
                id=f"rule{number}",
            )
        )
    yield lines(Markup("</section>"))


def _footer(run: CheckRun) -> Markup:
    return tag("footer", joined(TOOL_NAME, run.tool_version, run.rulebook.digest, by=" "))
