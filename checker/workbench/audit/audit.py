"""`checker rules audit`: rules that contradict, repeat or hide each other, or that can never speak.

Every auditor is a generator over the rulebook that yields remarks. What it says is provable from the rule
files; it does not guess.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from checker.judging.engine import run
from checker.judging.rules import OFF, Check, Rule, Rulebook
from checker.kinds import KINDS
from checker.model.errors import NotAReportError
from checker.model.findings import Severity
from checker.rulebook.load.given import SampleError
from checker.startup.records import dataclass
from checker.workbench.audit.bounds import conflict, includes
from checker.workbench.audit.conditions import impossible, overlap
from checker.workbench.catalogue import WrittenRule
from checker.workbench.proof import unproved
from checker.workbench.sample_subject import sample_subject


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about the rules.

    Attributes:
        severity: error for what cannot be meant, warning for what should be looked at, info else.
        topic: Chinese word for the sort of remark.
        file, line: where the rule is written.
        text: Chinese sentence.
    """

    severity: Severity
    topic: str
    file: str
    line: int
    text: str


@dataclass(frozen=True)
class Material:
    """What is audited: the compiled rules, the rules as written, and the keys of their sources with lines."""

    rulebook: Rulebook
    written: Mapping[str, WrittenRule]
    sources: Mapping[str, tuple[str, int]]

    def rules(self) -> Sequence[Rule]:
        """The rules that run, in table order."""
        return [rule for rule in self.rulebook.rules.values() if self.rulebook.idle_reason(rule) is None]


def audit(material: Material) -> list[Remark]:
    """All remarks, worst first, then in the order of the files."""
    remarks = [remark for auditor in _AUDITORS for remark in auditor(material)]
    return sorted(remarks, key=lambda remark: (remark.severity.rank, remark.file, remark.line, remark.text))


def _about(rule: Rule, severity: Severity, topic: str, text: str) -> Remark:
    return Remark(severity, topic, rule.file, rule.line, f"{rule.id} {text}")


def _pairs(rules: Sequence[Rule]) -> Iterator[tuple[Rule, Check, Rule, Check]]:
    """Every two checks of one kind in different rules that can both apply to one report."""
    by_kind: dict[str, list[tuple[Rule, Check]]] = {}
    for rule in rules:
        for check in rule.checks:
            by_kind.setdefault(check.kind, []).append((rule, check))
    for entries in by_kind.values():
        for index, (rule, check) in enumerate(entries):
            for other, second in entries[index + 1 :]:
                if other is not rule and overlap(rule.condition, other.condition):
                    yield rule, check, other, second


def contradictory(material: Material) -> Iterator[Remark]:
    """Bounds that nothing meets, in one rule or in two; words that one rule demands and another forbids."""
    rules = material.rules()
    for rule in rules:
        for check in rule.checks:
            text = conflict(check, check)
            if text:
                yield _about(rule, Severity.ERROR, "矛盾", f"自相矛盾：{text}")
    for rule, check, other, second in _pairs(rules):
        text = conflict(check, second)
        if text:
            yield _about(other, Severity.ERROR, "矛盾", f"与 {rule.id} 矛盾：{text}")
    for rule, pattern in _demanded(rules):
        for other in rules:
            forbidden = {
                p for c in other.checks if c.kind == "forbidden_pattern" for p in c.options["patterns"]
            }
            if pattern in forbidden and overlap(rule.condition, other.condition):
                yield _about(other, Severity.ERROR, "矛盾", f"禁止的写法“{pattern}”正是 {rule.id} 要求的")


def _demanded(rules: Sequence[Rule]) -> Iterator[tuple[Rule, str]]:
    for rule in rules:
        for check in rule.checks:
            if check.kind == "pattern" and len(check.options["patterns"]) == 1:
                yield rule, check.options["patterns"][0]


def redundant(material: Material) -> Iterator[Remark]:
    """Rules with the same check as another one, or with one that another one includes."""
    for rule, check, other, second in _pairs(material.rules()):
        if check.options == second.options:
            yield _about(other, Severity.WARNING, "重复", f"与 {rule.id} 查的是同一件事")
        elif includes(check, second):
            yield _about(rule, Severity.WARNING, "重复", f"比 {other.id} 宽：{other.id} 不报的，它也不会报")
        elif includes(second, check):
            yield _about(other, Severity.WARNING, "重复", f"比 {rule.id} 宽：{rule.id} 不报的，它也不会报")


def shadowed(material: Material) -> Iterator[Remark]:
    """Rules that another file replaces, foldings that cannot happen, rules that are always folded away."""
    rules = material.rulebook.rules
    for written in material.written.values():
        if written.replaces and written.id in rules and rules[written.id].file == written.file:
            place = f"{written.replaces[0]}:{written.replaces[1]}"
            yield _about(rules[written.id], Severity.INFO, "遮盖", f"替换了 {place} 的同号规则")
    for rule in material.rules():
        for name in _folds(rule):
            other = rules[name]
            if rule.id in _folds(other) and rule.id < name:
                yield _about(
                    rule, Severity.INFO, "遮盖", f"与 {name} 互相用 explains 并入，同级时 {rule.id} 在前"
                )
            if not overlap(rule.condition, other.condition):
                yield _about(rule, Severity.WARNING, "遮盖", f"的 explains 里的 {name} 与它不会同时适用")
            elif rule.worst.rank > _mildest(other).rank:
                grades = material.rulebook.vocabulary.severities
                grade = grades.name(_mildest(other).value)
                yield _about(
                    rule,
                    Severity.WARNING,
                    "遮盖",
                    f"最重是{grades.name(rule.worst.value)}，并不掉至少是{grade}的 {name}",
                )
    yield from _always_folded(material)


def _folds(rule: Rule) -> tuple[str, ...]:
    """Rules whose findings its findings stand for, somewhere or everywhere."""
    return (*rule.explains, *rule.explains_in_section, *rule.explains_in_cell)


def _mildest(rule: Rule) -> Severity:
    grades = [grade for grade in rule.severities.values() if grade != OFF]
    grades += [case.severity for case in rule.severity_cases if case.severity != OFF]
    return max(
        (Severity(grade) for grade in grades), key=lambda severity: severity.rank, default=Severity.ERROR
    )


def _always_folded(material: Material) -> Iterator[Remark]:
    """Rules whose failing examples all end up in another rule's finding."""
    explained = {name for rule in material.rules() for name in _folds(rule)}
    for rule in material.rules():
        if rule.id not in explained:
            continue
        givens = [e["given"] for e in material.written[rule.id].data["examples"] if e["expect"] == "fail"]
        seen = [_findings(material.rulebook, given) for given in givens]
        shown = [findings for findings in seen if findings is not None]
        if shown and not any(rule.id in findings for findings in shown):
            text = "的不合格例子放到全部规则里看，问题每次都并入了别的规则；请加一个单独出现的例子"
            yield _about(rule, Severity.INFO, "遮盖", text)


def _findings(rulebook: Rulebook, given: Mapping[str, Any]) -> set[str] | None:
    """Rules with findings of their own on a sample, None if it cannot be built."""
    if given.get("damaged"):
        return None
    try:
        subject = sample_subject(rulebook, given)
    except (SampleError, NotAReportError):
        return None
    return {finding.rule for finding in run(rulebook, subject.report, subject.today, subject.years)[1]}


def never_applicable(material: Material) -> Iterator[Remark]:
    """Conditions that no report meets, and severity cases that are never reached."""
    for rule in material.rules():
        kind = material.rulebook.library.of(rule.kinds[0])
        if kind is None:
            continue
        reason = impossible(rule.condition, kind, material.rulebook.vocabulary)
        if reason:
            yield _about(rule, Severity.ERROR, "不会适用", f"永远不适用：{reason}")
        for number, case in enumerate(rule.severity_cases, 1):
            reason = impossible(case.condition, kind, material.rulebook.vocabulary)
            if reason is None and not overlap(rule.condition, case.condition):
                reason = "与规则的适用范围没有交集"
            if reason:
                yield _about(
                    rule, Severity.WARNING, "不会适用", f"severity_when 第 {number} 条用不上：{reason}"
                )


def never_failing(material: Material) -> Iterator[Remark]:
    """Rules that report nothing whatever they find, and rules no example of which fails."""
    for rule in material.rules():
        reported = {grade for grade in rule.severities.values() if grade != OFF} or rule.severity_cases
        if not reported:
            yield _about(rule, Severity.ERROR, "不会报", "各种情形都不报（off），等于没有这条规则")
    running = [material.written[rule.id] for rule in material.rules() if rule.id in material.written]
    for written, fault in unproved(material.rulebook, running):
        yield _about(material.rulebook.rules[written.id], Severity.ERROR, "不会报", fault)


def unused(material: Material) -> Iterator[Remark]:
    """Sources that no rule cites, and fields that no rule looks at."""
    cited = {item["source"] for written in material.written.values() for item in written.data["basis"]}
    for key, (file, line) in material.sources.items():
        if key not in cited:
            yield Remark(Severity.INFO, "未用", file, line, f"依据“{key}”没有规则引用")
    words = "\n".join(_option_words(rule) for rule in material.rulebook.rules.values())
    fields = {
        key: one for language in material.rulebook.languages.values() for key, one in language.fields.items()
    }
    for key, (title, _) in fields.items():
        if key not in words and title not in words:
            yield Remark(
                Severity.INFO, "未用", "rules/fields.yaml", 1, f"要素“{title}”（{key}）没有规则查，只用于输出"
            )


def _option_words(rule: Rule) -> str:
    return "\n".join(str(value) for check in rule.checks for value in check.options.values())


def unused_check_kinds(material: Material) -> Iterator[Remark]:
    """Kinds that no rule uses: nothing wrong, but nobody sees them break."""
    used = {check.kind for rule in material.rulebook.rules.values() for check in rule.checks}
    names = [f"{kind.title}（{name}）" for name, kind in KINDS.items() if name not in used]
    if names:
        yield Remark(Severity.INFO, "未用", "rules", 1, f"这些检查没有规则用到：{'、'.join(names)}")


_AUDITORS: Final[Sequence[Callable[[Material], Iterator[Remark]]]] = (
    contradictory,
    redundant,
    shadowed,
    never_applicable,
    never_failing,
    unused,
    unused_check_kinds,
)
