"""The rule reference: Markdown pages generated from the rules and kinds themselves.

One page for each rule file, each rule under an anchor that is its id; an index; a page about the kinds.
The same rules give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Final

from checker.judging.rules import OFF, Rule, Rulebook
from checker.kinds import KINDS
from checker.model.findings import Severity
from checker.model.vocabulary import Vocabulary
from checker.startup.records import dataclass
from checker.workbench.catalogue import WrittenRule
from checker.workbench.describe import describe_check, describe_condition, describe_given
from checker.workbench.documentation.check_kinds import check_kinds_page

MARK: Final = "<!-- 由 checker rules docs 生成，请改规则文件，不要改这里。 -->"


@dataclass(frozen=True)
class Reference:
    """What the reference is made of: the compiled rules, and the rules as written."""

    rulebook: Rulebook
    written: Mapping[str, WrittenRule]

    def groups(self) -> dict[str, list[Rule]]:
        """Rules by the name of their page, in table order."""
        groups: dict[str, list[Rule]] = {}
        for rule in self.rulebook.rules.values():
            groups.setdefault(page_name(rule.file), []).append(rule)
        return groups

    def title(self, rules: list[Rule]) -> str:
        """Title of the page of some rules: what their file calls itself."""
        return self.written[rules[0].id].group


def page_name(file: str) -> str:
    """Page of the rules of a file: `rules/tables.yaml` gives `tables.md`."""
    return f"{PurePosixPath(file).stem}.md"


def pages(reference: Reference) -> dict[str, str]:
    """All pages by file name."""
    result = {"README.md": "\n".join(_index(reference)) + "\n"}
    for name, rules in reference.groups().items():
        result[name] = "\n".join(_group_page(reference, rules)) + "\n"
    result["check-kinds.md"] = check_kinds_page(reference.rulebook, MARK)
    return result


def _index(reference: Reference) -> Iterator[str]:
    rules = reference.rulebook.rules
    grades = reference.rulebook.vocabulary.severities
    yield "# 规则说明"
    yield MARK
    yield ""
    yield f"规则集 `{reference.rulebook.profile}`，共 {len(rules)} 条规则。编号不变，可以引用。"
    yield ""
    yield "- [检查的种类](check-kinds.md)：写规则时可用的检查、选项和说明里可用的值"
    yield "- [变异测试](coverage.md)：把没有问题的报告改坏，看规则查不查得出"
    for name, own in reference.groups().items():
        yield ""
        yield f"## [{reference.title(own)}]({name})"
        yield ""
        yield "| 编号 | 要求 | 级别 |"
        yield "|---|---|---|"
        for rule in own:
            idle = reference.rulebook.idle_reason(rule)
            state = f"（{idle}）" if idle else ""
            grade = grades.name(rule.worst.value)
            yield f"| [{rule.id}]({name}#{rule.id}) | {_cell(rule.title)}{_cell(state)} | {grade} |"


def _group_page(reference: Reference, rules: list[Rule]) -> Iterator[str]:
    yield f"# {reference.title(rules)}"
    yield MARK
    for rule in rules:
        yield ""
        yield from _rule_section(reference, rule)


def _rule_section(reference: Reference, rule: Rule) -> Iterator[str]:
    data = reference.written[rule.id].data
    vocabulary = reference.rulebook.vocabulary
    language = reference.rulebook.languages[rule.kinds[0]]
    yield f'<a id="{rule.id}"></a>'
    yield ""
    yield f"## {rule.id} {rule.title}"
    yield ""
    if rule.why:
        yield rule.why
        yield ""
    for label, text in _facts(reference, rule, data):
        yield f"- **{label}**：{text}"
    yield ""
    yield from _variants(rule, reference.rulebook.vocabulary)
    yield ""
    yield "<details><summary>检查项</summary>"
    yield ""
    for check in rule.checks:
        yield "```text"
        yield describe_check(check, language)
        yield "```"
    yield "</details>"
    yield ""
    yield "| 例子 | 报告里写的 | 结果 |"
    yield "|---|---|---|"
    for example in data["examples"]:
        given = describe_given(example["given"], language, vocabulary)
        yield f"| {_cell(example['name'])} | {_cell(given)} | {_cell(_outcome(example, vocabulary))} |"


def _facts(reference: Reference, rule: Rule, data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    vocabulary = reference.rulebook.vocabulary
    certainty = vocabulary.certainties.names.get(rule.certainty, "")
    yield "依据", rule.basis + (f"（{certainty}）" if certainty else "")
    yield "适用", describe_condition(rule.condition, vocabulary)
    for case in rule.severity_cases:
        yield (
            f"{describe_condition(case.condition, vocabulary)}的级别",
            vocabulary.severities.name(case.severity),
        )
    if "how" in data:
        yield "怎么判", data["how"]
    else:
        yield (
            "怎么判",
            "、".join(
                dict.fromkeys(f"[{KINDS[c.kind].title}](check-kinds.md#{c.kind})" for c in rule.checks)
            ),
        )
    for when, others in (
        ("同时出现时", rule.explains),
        ("同一部分里同时出现时", rule.explains_in_section),
        ("用到同一格时", rule.explains_in_cell),
    ):
        if others:
            yield f"{when}并入本条", "、".join(_link(reference, name) for name in others)
    if not rule.exceptable:
        yield "例外", "不可以列为例外"
    idle = reference.rulebook.idle_reason(rule)
    if idle:
        yield "现状", idle


def _link(reference: Reference, rule_id: str) -> str:
    return f"[{rule_id}]({page_name(reference.rulebook.rules[rule_id].file)}#{rule_id})"


def _variants(rule: Rule, vocabulary: Vocabulary) -> Iterator[str]:
    """One table line for each way to fail: what is said, how bad it is, what to do."""
    yield "| 问题写作 | 级别 | 怎么改 | 情形 |"
    yield "|---|---|---|---|"
    named = dict.fromkeys((*rule.severities, *rule.messages, *rule.suggestions))
    for variant in sorted(named, key=lambda name: name == "default"):
        grade = rule.severities.get(variant) or rule.severities.get("default") or Severity.WARNING.value
        if grade == OFF:
            continue
        message = rule.messages.get(variant) or rule.messages.get("default", rule.title)
        suggestion = rule.suggestions.get(variant) or rule.suggestions.get("default", "")
        code = "" if variant == "default" else f"`{variant}`"
        yield f"| {_cell(message)} | {vocabulary.severities.name(grade)} | {_cell(suggestion)} | {code} |"


def _outcome(example: Mapping[str, Any], vocabulary: Vocabulary) -> str:
    places = [str(finding["place"]) for finding in example.get("findings", ()) if "place" in finding]
    words = vocabulary.verdicts.name(example["expect"])
    words += f"：{'、'.join(dict.fromkeys(places))}" if places else ""
    for mark, known in (("known_miss", "已知查不出"), ("known_false_alarm", "已知误报")):
        if mark in example:
            words += f"（{known}：{example[mark]}）"
    return words


def _text(text: str) -> str:
    """Text that Markdown leaves as it is."""
    for character in "\\`*_<>[]":
        text = text.replace(character, f"\\{character}")
    return text


def _cell(text: str) -> str:
    return _text(text).replace("|", "\\|").replace("\n", " ")


def stale_pages(wanted: Mapping[str, str], folder: Path) -> list[str]:
    """Names of pages that are missing, differ, or are left over from rules that are gone.

    Args:
        wanted: the pages as they should be, by file name.
        folder: where they are kept; files without the mark of generated pages are left alone.
    """
    stale = [name for name, text in wanted.items() if _content(folder / name) != text]
    others = (path for path in sorted(folder.glob("*.md")) if path.name not in wanted)
    return stale + [path.name for path in others if MARK in (_content(path) or "")]


def _content(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
