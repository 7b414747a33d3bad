"""`checker rules new`: a rule of a kind, ready to be edited, with examples that hold.

The smallest useful options and examples of each kind stand with the kind, and so does what an option means.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from checker.judging.rules import OFF
from checker.kinds import KINDS
from checker.model.errors import UsageError
from checker.model.vocabulary import Vocabulary
from checker.rulebook.load.sentences import did_you_mean
from checker.rulebook.load.strict_yaml import load_yaml
from checker.rulebook.schema.files import RULE_ID

USUAL_SOURCE: Final = "PRACTICE"
"""Key in `rules/sources.yaml` of what a rule rests on until its author says what else."""
_COMMENT_COLUMN: Final = 46
_EXAMPLES_COMMENT: Final = (
    "例子证明规则管用：至少一个合格、一个不合格；写了 applies 的还要一个不适用（not_applicable）。",
    "given 写报告里与众不同的地方，其余都是规范的；findings 写应当查出的全部问题。",
)


def skeleton_of(name: str) -> Mapping[str, Any]:
    """Title, options, message and examples of a small rule of a kind."""
    file, _ = load_yaml(KINDS[name].skeleton, f"{name}.yaml")
    data: Mapping[str, Any] = file.data
    return data


def new_rule_file(
    rule_id: str, kind: str, title: str | None = None, *, schema: str, vocabulary: Vocabulary
) -> str:
    """A rule file with one rule.

    Args:
        rule_id: id of the rule.
        kind: its kind.
        title: what it demands; a fitting one is proposed if it is not given.
        schema: where the editor finds the schema.
        vocabulary: what severities are called.

    Raises:
        UsageError: there is no such kind.
    """
    if kind not in KINDS:
        raise UsageError(f"没有“{kind}”这种检查的样板{did_you_mean(kind, KINDS)}")
    if re.fullmatch(RULE_ID, rule_id) is None:
        raise UsageError(f"编号“{rule_id}”应写成 LOC-01 这样：大写字母、短横线、两三位数字。")
    skeleton = {**skeleton_of(kind), **({"title": title} if title else {})}
    lines = [
        f"# yaml-language-server: $schema={schema}",
        f"# {KINDS[kind].title}（{kind}）的样板：改好以后用 checker rules check 检查，用 checker rules test 试例子。",
        _noted("group: 本地要求", "这一组规则的名称，会印在说明里"),
        *([_noted(f"kind: {skeleton['kind']}", "对哪一种报告适用")] if "kind" in skeleton else []),
        "rules:",
        *_head_lines(rule_id, skeleton, vocabulary),
        *_check_lines(kind, skeleton),
        *_example_lines(skeleton["examples"]),
    ]
    return "\n".join(lines) + "\n"


def _head_lines(rule_id: str, skeleton: Mapping[str, Any], vocabulary: Vocabulary) -> Iterator[str]:
    severities = vocabulary.severities.without((OFF,))
    yield _noted(f"  - id: {rule_id}", "编号，写定以后不改、不重用")
    yield _noted(f"    title: {one_line_yaml(skeleton['title'])}", "一句话说要求什么")
    yield _noted("    why: 请写明为什么要查", "checker explain 会显示；可以不写")
    yield _noted(
        "    severity: warning", "、".join(f"{key} {name}" for key, name in severities.names.items())
    )
    yield _noted(
        f"    basis: [{{source: {USUAL_SOURCE}}}]", "依据：rules/sources.yaml 里的键，可加 clause: 第几条"
    )
    yield _noted("    # applies: {levels: [department]}", "只对部分单位、年份适用时去掉开头的 #")


def _check_lines(kind: str, skeleton: Mapping[str, Any]) -> Iterator[str]:
    yield "    check:"
    yield _noted(f"      kind: {kind}", f"检查的种类：{KINDS[kind].title}")
    properties = KINDS[kind].options["properties"]
    for name, value in skeleton["check"].items():
        description = properties[name]["description"]
        yield _noted(f"      {name}: {one_line_yaml(value)}", description)
    if KINDS[kind].evidence:
        names = "、".join(f"{{{name}}}" for name in KINDS[kind].evidence)
        yield f"    # 说明里可以用的值：{names}"
    yield _noted(f"    message: {one_line_yaml(skeleton['message'])}", "查出问题时怎么说")
    yield _noted("    suggestion: 请写明怎么改", "可以不写")


def _example_lines(examples: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for comment in _EXAMPLES_COMMENT:
        yield f"    # {comment}"
    yield "    examples:"
    for example in examples:
        mark = "-"
        for name, value in example.items():
            yield f"      {mark} {name}: {one_line_yaml(value)}"
            mark = " "


def _noted(line: str, comment: str) -> str:
    """A line with a comment; comments line up in an editor, where Chinese is two columns wide."""
    columns = sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)
    return f"{line}{' ' * max(2, _COMMENT_COLUMN - columns)}# {comment}" if comment else line


def one_line_yaml(value: Any) -> str:
    """A value in one line of YAML; line ends in texts are escaped."""
    import yaml  # noqa: PLC0415  # only for this command

    class Dumper(yaml.SafeDumper):
        """Texts of several lines in double quotes."""

    Dumper.add_representer(
        str,
        lambda dumper, text: dumper.represent_scalar(
            "tag:yaml.org,2002:str", text, style='"' if "\n" in text else None
        ),
    )
    text = yaml.dump(
        value, Dumper=Dumper, allow_unicode=True, default_flow_style=True, width=10**6, sort_keys=False
    )
    return text.removesuffix("\n...\n").rstrip("\n")
