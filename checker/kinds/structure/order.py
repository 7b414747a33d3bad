"""`order`: 顺序."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from checker.judging.judgement import Breach, CannotJudge, Judgement
from checker.judging.language.language import Language
from checker.judging.subject import Subject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import choice, options_schema
from checker.kinds.structure.headings import heading_place, in_order, renumbered
from checker.model.numerals import numeral
from checker.model.place import Scalar
from checker.model.report import Section

_FEWEST_NUMBERED: Final = 3
"""Headings with numerals among which one without is an oversight."""


def compile_order(options: Options, _language: Language) -> Judge:
    """Sections stand in the form's order; with `of: numerals`, their numerals run 一、二、三… without a gap."""

    def judge(subject: Subject) -> Iterator[Judgement]:
        sections = subject.report.sections
        if not sections:
            raise CannotJudge("未找到任何部分标题")
        if options["of"] == "sections":
            yield from _judge_section_order([section for section in sections if section.number])
            return
        numbered = [section for section in sections if section.ordinal is not None]
        if not numbered:
            raise CannotJudge("各部分标题前没有编号")
        wrong = dict(_miscounted(sections))
        following = dict(zip(wrong, (*list(wrong)[1:], len(sections)), strict=False))
        whole = in_order(subject)
        unnumbered = _forgotten(sections)
        for index, section in enumerate(sections):
            if section.ordinal is None and not wrong and index in unnumbered:
                yield _unnumbered(section, index + 1)
                continue
            if index not in wrong:
                yield None
                continue
            evidence: dict[str, Scalar] = {
                "found": numeral(section.ordinal or 0),
                "expected": numeral(wrong[index]),
                "name": section.title,
            }
            counted = [(sections[place], place + 1) for place in range(index, following[index])]
            texts = renumbered(subject, counted) if whole else ()
            yield Breach(heading_place(section), evidence, texts=texts)

    return judge


def _forgotten(sections: Sequence[Section]) -> Sequence[int]:
    """Indexes of headings whose numerals were forgotten; where only the first has one, the second stands for all."""
    bare = [index for index, section in enumerate(sections) if section.ordinal is None]
    if len(sections) - len(bare) >= _FEWEST_NUMBERED:
        return bare
    return bare[:1] if sections[0].ordinal == 1 else ()


def _unnumbered(section: Section, expected: int) -> Breach:
    """The heading without a numeral among numbered ones."""
    evidence: dict[str, Scalar] = {"found": "", "expected": numeral(expected), "name": section.title}
    return Breach(heading_place(section), evidence, "unnumbered")


def _miscounted(sections: Sequence[Section]) -> Iterator[tuple[int, int]]:
    """Indexes of sections whose numeral does not continue the count, and what it should be.

    The count goes on from a number that was skipped or doubled, but not from a mere slip.
    """
    expected = 0
    for index, (section, following) in enumerate(zip(sections, (*sections[1:], None), strict=True)):
        expected += 1
        if section.ordinal is not None and section.ordinal != expected:
            yield index, expected
            if following is None or following.ordinal != expected + 1:
                expected = section.ordinal


def _judge_section_order(sections: list[Section]) -> Iterator[Judgement]:
    highest = 0
    for section in sections:
        number = section.number or 0
        if number < highest:
            evidence: dict[str, Scalar] = {
                "name": section.title,
                "number": numeral(number),
                "after": numeral(highest),
            }
            yield Breach(heading_place(section), evidence)
        else:
            yield None
        highest = max(highest, number)


KIND: Final = Kind(
    title="顺序",
    about="各部分的先后与格式一致；或者部分的编号一、二、三是连着的。",
    compile=compile_order,
    options=options_schema(
        ("of",),
        of=choice(
            "看什么的先后", {"sections": "各部分的先后", "numerals": "各部分的编号一、二、三是不是连着的"}
        ),
    ),
    evidence=("name", "number", "after", "found", "expected"),
    variants=("unnumbered",),
    skeleton=r"""
title: 各部分的先后与格式一致
check: {of: sections}
message: “{name}”排在了第{after}部分之后
examples:
  - {name: 顺序正确, expect: pass, given: {}}
  - {name: 五六颠倒, expect: fail, given: {order: [1, 2, 3, 4, 6, 5]}, findings: [{place: 第五部分}]}
""",
)
