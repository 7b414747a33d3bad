"""`announced_count`: 声明的部分数."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from checker.judging.judgement import Breach, CannotJudge, Judgement
from checker.judging.language.language import Language
from checker.judging.subject import Subject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import PATTERNS, SCOPE, UNLESS_OVERLAPPING, options_schema
from checker.model.findings import NO_NUMBER_OF_PARTS
from checker.model.forms import Form, FormSection
from checker.model.numerals import parse_whole
from checker.model.place import Scalar
from checker.model.text import label_key
from checker.patterns.pattern import compile_pattern
from checker.startup.lazy_re import compile_later, one_of
from checker.startup.records import dataclass

_ITEMS: Final = compile_later(one_of('、，；;,：:。“”"《》\n') + "+")
_SHORTEST_ITEM: Final = 4


def compile_announced_count(options: Options, _language: Language) -> Judge:
    """The number of sections announced in the scope is the number of sections found.

    A pattern's group `number` holds the announced number, its group `list`, if it has one, the
    enumeration: as many sections as it names must be there too. Text that an `unless` pattern finds in the
    match speaks of something else.
    """

    def judge(subject: Subject) -> Iterator[Judgement]:
        view = subject.view(options["where"])
        found = sum(section.number is not None for section in subject.report.sections)
        for match in view.matches(options["patterns"], options.get("unless", ())):
            announced = parse_whole(match.group("number") or "")
            if announced is None:
                continue
            listed = _listed(subject.report.form, match.group("list") or "" if match.has("list") else "")
            evidence: dict[str, Scalar] = {"announced": announced, "found": found, "listed": listed.count}
            place = view.place(match.start("number"), match.end("number"))
            if announced != found:
                yield Breach(place, evidence, "sections")
            elif listed.differs_from(announced):
                yield Breach(place, evidence, "listed")
            else:
                yield None
            return
        raise CannotJudge(f"{options['where']}{NO_NUMBER_OF_PARTS}")

    return judge


@dataclass(frozen=True, slots=True)
class _Listed:
    """An enumeration of sections.

    Attributes:
        sections: numbers of the form's sections that it names.
        others: how many other things it names.
        ends: whether it names the form's last section: then nothing was left out at its end.
    """

    sections: frozenset[int]
    others: int
    ends: bool

    @property
    def count(self) -> int:
        return len(self.sections) + self.others

    def differs_from(self, announced: int) -> bool:
        """Whether it is an enumeration of another number of sections."""
        whole = self.ends or 2 * self.count > announced
        return whole and len(self.sections) > 1 and announced not in (len(self.sections), self.count)


def _listed(form: Form, enumeration: str) -> _Listed:
    """What an enumeration names; what a section's own title divides by commas is named once."""
    sections: set[int] = set()
    others = 0
    for item in _ITEMS.split(enumeration):
        named = {section.number for section in form.sections if _names(item, section)}
        sections |= named
        others += not named and len(item) >= _SHORTEST_ITEM
    return _Listed(frozenset(sections), others, len(form.sections) in sections)


def _names(item: str, section: FormSection) -> bool:
    if section.mention:
        return compile_pattern(section.mention).search(item) is not None
    words = label_key(item)
    return any(label_key(title) in words for title in (section.title, *section.accepted, *section.odd))


def _check_announced_count(options: Options, _forms: Mapping[str, Form]) -> Iterator[str]:
    for source in options["patterns"]:
        if "number" not in compile_pattern(source).groups:
            yield f"正则表达式“{source}”里要用 (?P<number>…) 标出部分数"


KIND: Final = Kind(
    title="声明的部分数",
    about="文中说的部分数与实际相符；列举了各部分的，列举的也要齐全。",
    compile=compile_announced_count,
    options=options_schema(("where", "patterns"), where=SCOPE, patterns=PATTERNS, unless=UNLESS_OVERLAPPING),
    evidence=("announced", "found", "listed"),
    variants=("sections", "listed"),
    check=_check_announced_count,
    skeleton=r"""
title: 开头说的部分数与实际相符
check: {where: 开头, patterns: ['共(?P<number>[一二三四五六七八九])个部分']}
message: {sections: "开头说有 {announced} 个部分，实际有 {found} 个", listed: "开头说有 {announced} 个部分，列出了 {listed} 个"}
examples:
  - {name: 说六个有六个, expect: pass, given: {text: {0: 本报告共六个部分。}}}
  - {name: 说五个有六个, expect: fail, given: {text: {0: 本报告共五个部分。}}, findings: [{place: 开头, evidence: {announced: 5, found: 6}}]}
""",
)
