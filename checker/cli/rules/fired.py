"""What `checker rules audit --over` does and prints: how often each rule spoke over some reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from checker import api
from checker.cli.running import check_with_progress
from checker.judging.rules import Rulebook
from checker.model.findings import Verdict
from checker.rulebook.store import BUILTIN
from checker.run.pipeline import CheckOptions
from checker.workbench.audit.fired import FiredRule, FiredRules, tally_rules
from checker.writers.shared.text_cells import harmless, pad

_ID_CELLS: Final = 9
_COUNT_CELLS: Final = 10


def tally_over(paths: Sequence[str], rulebook: Rulebook, today: date | None) -> FiredRules:
    """Check all reports in some folders and count what each rule said.

    Args:
        paths: files and folders, as `checker check` takes them.
        rulebook: the rules.
        today: the day by which deadlines are judged, None for the present one.

    Raises:
        UsageError: a path names nothing, or there is nothing to check.
    """
    files = api.find_inputs(paths)
    options = CheckOptions(today=today or date.today())  # noqa: DTZ011  # deadlines are days on the local calendar
    run = check_with_progress(files, rulebook, options)
    return tally_rules(run, rulebook, files=len(files))


def tally_lines(tally: FiredRules, rulebook: Rulebook) -> Iterator[str]:
    """A line for each rule that fired, the oftenest first; then those that never did, and why."""
    name = rulebook.vocabulary.verdicts.name
    yield pad("编号", _ID_CELLS) + "".join(pad(name(verdict.value), _COUNT_CELLS) for verdict in Verdict)
    fired = [rule for rule in tally.rules if rule.fired]
    for rule in sorted(fired, key=lambda one: -one.reports[Verdict.FAIL]):
        numbers = "".join(pad(str(rule.reports[verdict]), _COUNT_CELLS) for verdict in Verdict)
        yield f"{pad(rule.id, _ID_CELLS)}{numbers}{harmless(rulebook.rules[rule.id].title)}"
    # Whoever adds rules asks about those first.
    silent = sorted(tally.silent(), key=lambda one: rulebook.rules[one.id].file.startswith(BUILTIN))
    yield ""
    yield f"从没有报过问题的规则（{len(silent)} 条）："
    for rule in silent:
        yield f"  {pad(rule.id, _ID_CELLS)}{harmless(rulebook.rules[rule.id].title)}（{_silence(rule, rulebook)}）"
    idle = sum(rule.idle is not None for rule in tally.rules)
    yield ""
    yield (
        f"{tally.files} 个文件，{tally.checked} 份报告；{len(tally.rules)} 条规则，"
        f"报过问题 {len(fired)} 条，没有报过 {len(silent)} 条" + (f"，不执行 {idle} 条" if idle else "")
    )


def _silence(rule: FiredRule, rulebook: Rulebook) -> str:
    """What a rule said instead of firing."""
    name = rulebook.vocabulary.verdicts.name
    said = [f"{name(verdict.value)} {rule.reports[verdict]}" for verdict in Verdict if rule.reports[verdict]]
    return "，".join(said) or "没有可查的"


def tally_data(tally: FiredRules) -> dict[str, Any]:
    """The tally, for `--format json`."""
    return {
        "files": tally.files,
        "reports": tally.checked,
        "rules": [
            {
                "id": rule.id,
                **{verdict.value: rule.reports[verdict] for verdict in Verdict},
                "idle": rule.idle,
            }
            for rule in tally.rules
        ],
        "never_fired": [rule.id for rule in tally.silent()],
    }
