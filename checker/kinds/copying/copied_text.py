"""`copied_text`: 各单位的文字不雷同."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log10
from typing import Final, TypeVar

from checker.judging.figures import Figures
from checker.judging.judgement import Breach, Judgement, Unjudged
from checker.judging.language.language import Language
from checker.judging.rules import LooksAt
from checker.judging.run_subject import RunSubject
from checker.judging.subject import Subject
from checker.kinds.copying.clauses import AlikeInClauses, alike_in_clauses, clauses_of, packed_clauses
from checker.kinds.copying.clusters import clusters_of
from checker.kinds.copying.prints import (
    BEFORE_CLAUSES,
    PackedReports,
    Sentences,
    digest_of,
    masked_words,
    packed_sentences,
    sentences_of,
    without_own_names,
)
from checker.kinds.copying.shared_sentences import (
    SharedSentences,
    candidates,
    equal_in_figures,
    shared_sentences,
)
from checker.kinds.kind import Gather, Judge, Kind, Options, gathering_key
from checker.kinds.options import PATTERNS, PERCENT, UNLESS_IN_SENTENCE, WHOLE, options_schema
from checker.kinds.text.sentences import shortened
from checker.model.bodies import Bodies, Unit
from checker.model.document import Location
from checker.model.place import OneOrMany, Place, Related
from checker.patterns.pattern import compile_pattern
from checker.startup.records import dataclass

_NAME: Final = "copied_text"
_FEWEST_HOLDERS: Final = 5
"""A sentence that fewer units have is never common, however few units there are."""
_SHOWN: Final = 3
_MOST_REWORDED: Final = 20_000
"""Of more reports the clauses are not compared: it would take more memory than the sentences of all of them."""
_CHANCE: Final = 10
"""Figures in a sentence that several units have agree by chance once in their product; so much rarer must it be
than there are pairs of such units."""


_P = TypeVar("_P", "_Pair", AlikeInClauses)


@dataclass(frozen=True)
class _Pair:
    """Two reports with what they share.

    Attributes:
        one, other: their numbers in the set.
        places: positions of the shared sentences in both.
        characters: of these sentences.
        percent: what these are of the own text of the one that has less of it.
        with_figures: how many of the sentences have two and more equal figures.
    """

    one: int
    other: int
    places: Sequence[tuple[int, int]]
    characters: int
    percent: int
    with_figures: int


def compile_copied_text(options: Options, _language: Language) -> Judge:
    """No units share sentences that hardly any other unit has; who has them from whom is never said.

    Sentences that many units have, or the text given to all, do not count, nor do names and figures in them.
    A sentence that is equal with at least two figures above 1 is enough.
    """
    key = gathering_key(_NAME, options)

    def judge(subject: RunSubject) -> Iterator[Judgement]:
        for year in subject.reported.years if subject.bodies else ():
            asked = list(subject.reported.of_year(year))
            there = [(unit, report) for unit, report in asked if key in report.gathered]
            if len(there) > 1:
                packed = [report.gathered[key] for _, report in there]
                yield from _judged(subject, _Set(year, there, packed), options)
            if len(there) < len(asked):
                yield Unjudged(f"{year} 年度有 {len(asked) - len(there)} 家的文字没有比")

    return judge


def gather_sentences(options: Options, _language: Language) -> Gather:
    """The digests of the report's sentences."""
    own_words = [compile_pattern(source) for source in options["own_words"]]
    unless = [compile_pattern(source) for source in options.get("unless", ())]

    def gather(subject: Subject) -> str:
        prose, own = _prose(subject), subject.own_names
        sentences = packed_sentences(prose, own, own_words, unless, options["shortest"])
        return sentences + BEFORE_CLAUSES + packed_clauses(prose, own, own_words, unless)

    return gather


def _prose(subject: Subject) -> dict[int, str]:
    """The text of the sections, as `Figures.prose` has it."""
    return {
        section.number: "\n".join(text.squeezed.text for text in section.texts)
        for section in subject.report.sections
        if section.number
    }


@dataclass(frozen=True)
class _Set:
    """The reports of a year that are compared: whose, and what was gathered of them."""

    year: int
    there: Sequence[tuple[Unit, Figures]]
    packed: Sequence[str]

    @property
    def sentences(self) -> Sequence[Sentences]:
        return PackedReports(self.packed)

    @property
    def clauses(self) -> list[str]:
        return [one.partition(BEFORE_CLAUSES)[2] for one in self.packed]

    def members(self, indexes: Sequence[int]) -> list[tuple[Unit, Figures]]:
        return [self.there[index] for index in indexes]


def _judged(subject: RunSubject, compared: _Set, options: Options) -> Iterator[Judgement]:
    units = [unit for unit, _ in compared.there]
    bodies = subject.bodies or Bodies()
    limit = max(_FEWEST_HOLDERS, -(-len(units) * options["common"] // 100))
    own_words = [compile_pattern(source) for source in options["own_words"]]
    model = [without_own_names(text, None, own_words) for text in subject.model_texts]
    known = {digest_of(masked_words(one)) for text in model for _, _, one in sentences_of({1: text})}
    found = shared_sentences(compared.sentences, known, limit)
    pairs = list(_copied(found, units, bodies, options))
    group_of: dict[int, int] = {}
    for number, (members, own) in enumerate(_clusters(pairs)):
        group_of.update(dict.fromkeys(members, number))
        yield _breach(compared, compared.members(members), own)
    if len(units) <= _MOST_REWORDED:
        known_clauses = {digest for text in model for digest, _ in clauses_of(text)}
        alike = [
            pair
            for pair in alike_in_clauses(compared.clauses, known_clauses, limit, options["least_clauses"])
            if pair.percent >= options["of_clauses"]
            and pair.characters >= options["least_shared"]
            and group_of.get(pair.one, -1) != group_of.get(pair.other, -2)
            and not bodies.are_related(units[pair.one], units[pair.other])
        ]
        yield from (_reworded(compared, members, own) for members, own in _clusters(alike))
    if not pairs:
        yield None
    terse = sum(found.own_characters(index) < options["least_own"] for index in range(len(units)))
    if terse == len(units):
        yield Unjudged(f"{compared.year} 年度各家自己的文字都太少，不比")


def _clusters(pairs: Sequence[_P]) -> Iterator[tuple[list[int], list[_P]]]:
    """Members of every cluster of reports, with the pairs among them."""
    own: dict[int, list[_P]] = {}
    for pair in pairs:
        own.setdefault(pair.one, []).append(pair)
    for members in clusters_of((pair.one, pair.other) for pair in pairs):
        yield members, [pair for member in members for pair in own.get(member, ())]


def _reworded(compared: _Set, indexes: Sequence[int], pairs: Sequence[AlikeInClauses]) -> Breach:
    members = compared.members(indexes)
    names = tuple(unit.name for unit, _ in members)
    evidence: dict[str, OneOrMany] = {
        "year": compared.year,
        "count": len(members),
        "alike": names,
        "clauses": max(pair.clauses for pair in pairs),
        "percent": max(pair.percent for pair in pairs),
    }
    places = [Place(Location(path=report.path)) for _, report in members]
    related = tuple(Related(place, name) for place, name in zip(places[1:], names[1:], strict=True))
    return Breach(places[0], evidence, "reworded", related, units=names)


def _copied(
    found: SharedSentences, units: Sequence[Unit], bodies: Bodies, options: Options
) -> Iterator[_Pair]:
    """The pairs of reports that share more than comes about by itself."""
    for one, other in sorted({*candidates(found), *equal_in_figures(found, 2)}):
        if bodies.are_related(units[one], units[other]):
            continue
        places = found.shared(one, other)
        reports = found.reports
        characters = sum(reports[one].length[place] for place, _ in places)
        own = min(found.own_characters(one), found.own_characters(other))
        figures = _equal_with_figures(found, one, other)
        percent = min(100, 100 * characters // own) if own else 0
        pair = _Pair(one, other, places, characters, percent, len(figures))
        enough = len(places) > 1 and characters >= options["least_shared"] and own >= options["least_own"]
        much = (
            pair.percent >= options["of_text"]
            or _has_same_section(found, pair, options)
            or _longest_run(places) >= options["in_a_row"]
        )
        if (enough and much) or figures:
            yield _Pair(one, other, places or figures, characters, pair.percent, len(figures))


def _has_same_section(found: SharedSentences, pair: _Pair, options: Options) -> bool:
    """Whether most of what one of the two says itself in a section stands in the other report."""
    report = found.reports[pair.one]
    for section in dict.fromkeys(report.section[place] for place, _ in pair.places):
        lengths = [report.length[place] for place, _ in pair.places if report.section[place] == section]
        own = min(found.own_characters(index, section) for index in (pair.one, pair.other))
        much = 0 < options["of_section"] * own <= 100 * sum(lengths)
        if much and len(lengths) > 1 and sum(lengths) >= options["least_shared"]:
            return True
    return False


def _longest_run(places: Sequence[tuple[int, int]]) -> int:
    """Most sentences that follow on each other in both reports."""
    longest = run = 0
    last = (-1, -1)
    for place in places:
        run = run + 1 if place == (last[0] + 1, last[1] + 1) else 1
        longest, last = max(longest, run), place
    return longest


def _equal_with_figures(found: SharedSentences, one: int, other: int) -> list[tuple[int, int]]:
    """Positions of sentences that are equal with at least two figures, other than by chance."""
    left, right = found.reports[one], found.reports[other]
    places = {digest: place for place, digest in enumerate(right.exact)}
    found_places: list[tuple[int, int]] = []
    for place, digest in enumerate(left.exact):
        if digest not in places or left.figures[place] < 2:  # noqa: PLR2004  # as the rule has it
            continue
        masked = left.masked[place]
        holders = len(found.reports) if masked in found.common else found.counts.get(masked, 2)
        rivals = holders * (holders - 1) // 2
        if rivals <= 1 or left.weight[place] >= 10 * log10(_CHANCE * rivals):
            found_places.append((place, places[digest]))
    return found_places


def _breach(compared: _Set, members: Sequence[tuple[Unit, Figures]], pairs: Sequence[_Pair]) -> Breach:
    there, sentences = compared.there, compared.sentences
    closest = max(pairs, key=lambda pair: (pair.characters, -pair.one, -pair.other))
    reports = (there[closest.one][1], there[closest.other][1])
    lengths = sentences[closest.one].length
    longest = sorted(closest.places, key=lambda place: (-lengths[place[0]], place))[:_SHOWN]
    related = tuple(
        Related(_place(report, columns, place[side]), there[index][0].name)
        for place in longest
        for side, (report, columns, index) in enumerate(
            zip(
                reports,
                (sentences[closest.one], sentences[closest.other]),
                (closest.one, closest.other),
                strict=True,
            )
        )
    )
    dated = [(report.signed_on, unit.name) for unit, report in members if report.signed_on]
    first = min(dated)[0] if dated else None
    evidence: dict[str, OneOrMany] = {
        "year": compared.year,
        "count": len(members),
        "alike": tuple(unit.name for unit, _ in members),
        "sentences": max(len(pair.places) for pair in pairs),
        "characters": closest.characters,
        "percent": max(pair.percent for pair in pairs),
        "with_figures": max(pair.with_figures for pair in pairs),
        "longest": tuple(one.place.excerpt for one in related[::2]),
        "earliest": first.isoformat() if first else None,
        "earliest_units": tuple(name for day, name in dated if day == first),
    }
    figures = f"，其中 {evidence['with_figures']} 句连数字都相同" if evidence["with_figures"] else ""
    return Breach(
        related[0].place,
        evidence,
        "copied",
        related,
        units=tuple(unit.name for unit, _ in members),
        words={"figures": figures, "example": shortened(str(related[0].place.excerpt))},
    )


def _place(report: Figures, sentences: Sentences, position: int) -> Place:
    """Where a sentence stands; its words are looked up in the report's text."""
    section, ordinal = sentences.section[position], sentences.ordinal[position]
    words = next(
        (words for number, at, words in sentences_of(report.prose) if (number, at) == (section, ordinal)),
        None,
    )
    return Place(Location(path=report.path), section, excerpt=words)


KIND: Final = Kind(
    title="各单位的文字不雷同",
    about="各单位的报告没有大段相同的文字；多数单位都有的话和范文不算。",
    compile=compile_copied_text,
    options=options_schema(
        (
            "common", "shortest", "least_own", "least_shared", "of_text", "of_section", "in_a_row", "least_clauses",
            "of_clauses", "own_words",
        ),
        common={**PERCENT, "description": "百分之几的单位都有的句子（至少 5 家）是通用的话，不算"},
        shortest={**WHOLE, "description": "少于几个字的句子不比"},
        least_own={**WHOLE, "description": "自己的文字少于几个字的报告不比"},
        least_shared={**WHOLE, "description": "相同的句子合起来至少几个字"},
        of_text={**PERCENT, "description": "相同的占自己的文字百分之几"},
        of_section={**PERCENT, "description": "或者占一个部分里自己的文字百分之几"},
        in_a_row={**WHOLE, "description": "或者连着几句相同"},
        least_clauses={**WHOLE, "description": "改了字词的：至少几个分句相同"},
        of_clauses={**PERCENT, "description": "改了字词的：相同的占自己的分句百分之几"},
        own_words={**PATTERNS, "description": "自称（我局、本机关），比的时候不计"},
        unless=UNLESS_IN_SENTENCE,
    ),
    evidence=(
        "year", "count", "alike", "clauses", "sentences", "characters", "percent", "with_figures", "longest", "earliest",
        "earliest_units", "figures", "example",
    ),
    variants=("copied", "reworded"),
    looks_at=LooksAt.RUN,
    gather=gather_sentences,
    words={"common": "通用的话（占单位的百分之几）", "shortest": "一句至少几个字", "least_own": "自己的文字至少几个字", "least_shared": "相同的文字至少几个字", "of_text": "占自己的文字百分之几", "of_section": "占一个部分百分之几", "in_a_row": "连着几句", "least_clauses": "至少几个分句相同", "of_clauses": "占分句百分之几", "own_words": "自称"},
    skeleton=r"""
title: 各单位的文字不雷同
check: {common: 10, shortest: 8, least_own: 20, least_shared: 20, of_text: 50, of_section: 80, in_a_row: 4, least_clauses: 5, of_clauses: 50, own_words: ['我局|本局']}
message: "{year} 年度 {count} 家的文字相同：{alike}"
examples:
  - {name: 各写各的, expect: pass, given: {agency: 某县财政局, text: {1: 围绕预算公开编了目录。每季度通报一次栏目更新。}, units: [{unit: 某县财政局}, {unit: 某县民政局}], others: [{agency: 某县民政局, text: {1: 把养老机构的名录和收费都公开了。请居民代表来评议过两回。}}]}}
  - {name: 照抄, expect: fail, given: {agency: 某县财政局, text: {1: 我局围绕重点工作编了公开目录。每季度通报一次栏目的更新情况。}, units: [{unit: 某县财政局}, {unit: 某县民政局}], others: [{agency: 某县民政局, text: {1: 我局围绕重点工作编了公开目录。每季度通报一次栏目的更新情况。}}]}, findings: [{evidence: {sentences: 3}}]}
""",
)  # fmt: skip
