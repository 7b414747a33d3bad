"""What the commands on rules print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from checker.cli.console import terminal_width
from checker.judging.rules import Rule, Rulebook
from checker.model.findings import Severity
from checker.model.vocabulary import Vocabulary
from checker.workbench.describe import describe_condition
from checker.writers.shared.text_cells import harmless, pad, wrap

if TYPE_CHECKING:
    from checker.workbench.audit.audit import Remark
    from checker.workbench.catalogue import WrittenProfile, WrittenRule
    from checker.workbench.mutation.mutation import Coverage, MutantResult
    from checker.workbench.proof import RuleProof

_ID_CELLS: Final = 9
_GRADE_CELLS: Final = 5
_INDENT: Final = " " * (_ID_CELLS + _GRADE_CELLS + 2)


def list_lines(rulebook: Rulebook) -> Iterator[str]:
    """Rules by group: id, severity, title, and why a rule is idle."""
    group = None
    for rule in rulebook.rules.values():
        if rule.group != group:
            if group is not None:
                yield ""
            group = rule.group
            yield group
        state = rulebook.idle_reason(rule) or (f"不建议再用：{rule.deprecated}" if rule.deprecated else None)
        text = rule.title + (f"（{state}）" if state else "")
        head = f"  {pad(rule.id, _ID_CELLS)}{pad(rulebook.vocabulary.severities.name(rule.worst.value), _GRADE_CELLS)}"
        yield from _hanging(head, text)
    idle = sum(rulebook.idle_reason(rule) is not None for rule in rulebook.rules.values())
    yield ""
    yield (
        f"共 {len(rulebook.rules)} 条规则"
        + (f"，其中 {idle} 条不执行" if idle else "")
        + f"；规则集 {rulebook.profile}"
    )


def list_data(rulebook: Rulebook) -> list[dict[str, Any]]:
    """Every rule, for `--format json`."""
    return [_rule_data(rulebook, rule) for rule in rulebook.rules.values()]


def _rule_data(rulebook: Rulebook, rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "title": rule.title,
        "group": rule.group,
        "kinds": list(rule.kinds),
        "severity": rule.worst.value,
        "severities": dict(rule.severities),
        "basis": rule.basis,
        "certainty": rule.certainty or None,
        "applies": describe_condition(rule.condition, rulebook.vocabulary),
        "since": rule.since or None,
        "deprecated": rule.deprecated or None,
        "replaced_by": rule.replaced_by,
        "idle": rulebook.idle_reason(rule),
        "file": rule.file,
        "line": rule.line,
    }


def profile_lines(profiles: Sequence[WrittenProfile]) -> Iterator[str]:
    """Profiles, each with what it builds on and where it comes from."""
    width = max(len(profile.name) for profile in profiles) + 2
    for profile in profiles:
        base = f"（在 {profile.extends} 之上）" if profile.extends else ""
        yield f"{pad(profile.name, width)}{profile.title}{base}"
        for source in profile.sources or ("没有写依据",):
            yield from _hanging(" " * width, source, " " * width)
    yield ""
    yield "用 --profile 选用，如 checker check 文件 --profile " + profiles[-1].name


def profile_data(profiles: Sequence[WrittenProfile]) -> list[dict[str, Any]]:
    """Every profile, for `--format json`."""
    return [
        {
            "profile": profile.name,
            "title": profile.title,
            "extends": profile.extends,
            "sources": list(profile.sources),
            "file": profile.file,
        }
        for profile in profiles
    ]


def _hanging(head: str, text: str, indent: str = _INDENT) -> Iterator[str]:
    """A paragraph behind a head, further lines indented."""
    room = terminal_width() - len(indent)
    body = harmless(text)
    for number, (start, end) in enumerate(wrap(body, room, room)):
        yield (indent if number else pad(head, len(indent))) + body[start:end]


def proof_lines(proofs: Sequence[RuleProof], written: Mapping[str, WrittenRule]) -> Iterator[str]:
    """Examples that came out otherwise, known wrong ones, and a summary."""
    faults = [fault for proof in proofs for fault in proof.faults()]
    for fault in faults:
        yield str(fault)
    known = [(proof.rule, result) for proof in proofs for result in proof.results if result.known]
    for rule, result in known:
        words = "已知查不出" if result.known == "known_miss" else "已知误报"
        reason = written[rule.id].data["examples"][result.index][str(result.known)]
        yield f"{words}：{rule.id} {result.name}（{reason}）"
    count = sum(len(proof.results) for proof in proofs)
    idle = sum(proof.idle is not None for proof in proofs)
    yield (
        f"{len(proofs)} 条规则，{count} 个例子，"
        + (f"{len(faults)} 处不符" if faults else "全部相符")
        + (f"；已知不对 {len(known)} 个" if known else "")
        + (f"；{idle} 条规则不执行，没有试" if idle else "")
    )


def remark_lines(remarks: Sequence[Remark], rulebook: Rulebook) -> Iterator[str]:
    """Remarks, worst first, and a summary."""
    name = rulebook.vocabulary.severities.name
    for remark in remarks:
        yield f"{remark.file}:{remark.line} [{name(remark.severity.value)}·{remark.topic}] {remark.text}"
    tally = [
        f"{name(severity.value)} {number}"
        for severity in Severity
        if (number := sum(remark.severity is severity for remark in remarks))
    ]
    yield f"{len(rulebook.rules)} 条规则：{'，'.join(tally) or '没有发现问题'}"


def coverage_lines(coverage: Coverage, vocabulary: Vocabulary, *, survivors: bool) -> Iterator[str]:
    """The score by operator, rules that are never alone, and what nothing catches."""
    from checker.workbench.documentation.coverage import percent, reason  # noqa: PLC0415  # only for this command

    for sample, rules in coverage.unclean.items():
        yield f"样本 {sample} 本身就被 {'、'.join(rules)} 查出问题，这些规则在这份样本上不计"
    for _, score in coverage.scores():
        yield f"  {pad(score.title, 24)}{score.caught:>4} / {score.total:<4} {percent(score):>4}"
    total = coverage.score
    yield f"{pad('合计', 26)}{total.caught:>4} / {total.total:<4} {percent(total):>4}"
    dependent = [rule for rule in coverage.rules if not coverage.alone[rule]]
    yield ""
    yield f"{len(coverage.rules)} 条规则中，{len(coverage.rules) - len(dependent)} 条各有独自查出的改动" + (
        "；其余：" if dependent else "。"
    )
    for rule in dependent:
        yield from _hanging(f"  {pad(rule, _ID_CELLS)}", reason(coverage, rule), " " * (_ID_CELLS + 2))
    if survivors:
        yield ""
        yield f"查不出的 {len(coverage.survivors)} 处改动："
        yield from _survivor_lines(coverage.survivors, vocabulary.verdicts.name("not_checked"))


def _survivor_lines(results: Iterable[MutantResult], not_checked: str) -> Iterator[str]:
    for result in results:
        silenced = f"（{'、'.join(result.silenced)} {not_checked}）" if result.silenced else ""
        yield from _hanging(f"  {pad(result.mutant.sample, 12)}", result.mutant.change + silenced, " " * 14)


def coverage_data(coverage: Coverage) -> dict[str, Any]:
    """The score and what nothing catches, for `--format json`."""
    return {
        "score": {"mutants": coverage.score.total, "caught": coverage.score.caught},
        "operators": {
            key: {"title": score.title, "mutants": score.total, "caught": score.caught}
            for key, score in coverage.scores()
        },
        "unclean": {key: list(rules) for key, rules in coverage.unclean.items()},
        "rules": {
            rule: {
                "caught": coverage.caught[rule],
                "alone": [_mutant_data(m.operator, m.sample, m.change) for m in coverage.alone[rule]],
            }
            for rule in coverage.rules
        },
        "survivors": [
            {
                **_mutant_data(r.mutant.operator, r.mutant.sample, r.mutant.change),
                "not_checked": list(r.silenced),
            }
            for r in coverage.survivors
        ],
    }


def _mutant_data(operator: str, sample: str, change: str) -> dict[str, str]:
    return {"operator": operator, "sample": sample, "change": change}
