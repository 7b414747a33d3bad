"""A small rulebook to write faults into: the forms, fields, bodies and sources of `tests/second_form`."""

from __future__ import annotations

from pathlib import Path

from checker.model.errors import Fault, RulebookError
from checker.rulebook.compile import compile_rulebook
from checker.rulebook.store import builtin_rules

SECOND_FORM = Path(__file__).resolve().parent.parent / "second_form" / "rules"
VOCABULARY = builtin_rules() / "vocabulary.yaml"
BASE = {
    path.name: path.read_text(encoding="utf-8") for path in (VOCABULARY, *sorted(SECOND_FORM.glob("*.yaml")))
}
MARK = "▶"

RULES = """\
group: 本单位
rules:
  - id: LOC-01
    title: 写明用能人数
    severity: warning
    basis: [{source: JN}]
    applies: {levels: [department]}
    check: {kind: pattern, where: 开头, patterns: ['用能人数']}
    message: 没有写用能人数
    examples:
      - {name: 写了, expect: pass, given: {text: {0: 用能人数12人。}}}
      - {name: 没写, expect: fail, given: {text: {0: 编制本报告。}}}
      - {name: 学校, expect: not_applicable, given: {agency: 某县中学校}}
"""

PROFILE = """\
profile: local
title: 本县
extends: base
severity: {JN-01: warning}
off: {JN-06: 本县不作要求}
parameters: {JN-07: {latest: 次年1月31日}}
"""

BASE_PROFILE = """\
profile: base
title: 通用
"""


def faults_of(texts: dict[str, str], profile: str = "national", *, strict: bool = False) -> list[Fault]:
    """The faults of the small rulebook with these files added or replaced."""
    try:
        compile_rulebook({**BASE, **texts}, profile, strict=strict)
    except RulebookError as error:
        return error.faults
    return []


def marked(text: str) -> tuple[str, int, int]:
    """The text without its mark, and line and column (from 1) of the mark."""
    before, mark, after = text.partition(MARK)
    assert mark, "the case does not say where the fault is"
    return before + after, before.count("\n") + 1, len(before) - before.rfind("\n")
