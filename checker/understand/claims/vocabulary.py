"""The words in which figures are told: quantities, topics, verbs and the marks that change a meaning.

Everything comes from `rules/claims/*.yaml`; nothing here knows a word of any form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from checker.model.forms import Form
from checker.patterns.pattern import Pattern
from checker.patterns.word_search import WordSearch
from checker.startup.records import dataclass, field

CERTAIN, LIKELY, UNSURE = "certain", "likely", "unsure"
"""How sure a claim is; only certain ones may become errors."""

CONFIDENCES: Final = (CERTAIN, LIKELY, UNSURE)

_LONGEST_PATTERN: Final = 1900

Searches = Mapping[str, Sequence[Any]]
"""By name the automaton of a search and the numbers of the lists that it leaves out."""

CellSum = tuple[tuple[str, str, str], ...]
"""Table, row and column keys of the cells that are added."""


def parse_cell_sum(source: str) -> CellSum | None:
    """The cells of `T3[R1, total] + T3[C1 C2, total]`; None if it is written otherwise."""
    cells: list[tuple[str, str, str]] = []
    for part in source.split("+"):
        table, _, inside = part.strip().partition("[")
        rows, _, columns = (keys.strip() for keys in inside.removesuffix("]").partition(","))
        words = (table, rows.replace(" ", ""), columns.replace(" ", ""))
        if not inside.endswith("]") or not all(word.replace("_", "x").isalnum() for word in words):
            return None
        cells.extend((table, row, column) for row in rows.split() for column in columns.split())
    return tuple(cells)


def cell_sum_fault(source: str, forms: Iterable[Form]) -> str | None:
    """Chinese sentence on what is wrong with a sum of cells, None if nothing is."""
    cells = parse_cell_sum(source)
    if cells is None:
        return f"看不懂“{source}”；应写成 T3[R1, total] 或 T3[R1, total] + T3[R2, total] 这样"
    known = {
        (key, *address) for form in forms for key, table in form.tables.items() for address in table.order
    }
    for table, row, column in cells:
        if (table, row, column) not in known:
            return f"没有格子“{table}[{row}, {column}]”"
    return None


@dataclass(frozen=True)
class Quantity:
    """Something that is counted.

    Attributes:
        key: stable key, such as `received`.
        title: what messages call it.
        sums: sums of cells as they are written, by what they are: `equals`, `tolerates`, `weakens` and
            `at_most`.
        unit: unit of the cells where it is money, else empty.
        addable: whether “A and B 5” tells the sum of both.
        within: told behind one of these and adding up to it with the numbers that follow, it is only a part.
        echoes: told behind one of these with another number it is only a part of it.
        between: three; the second told between the others tells this.
        beside: the first told in a sentence with one of the others tells this.
        sum_of: a total behind one of each group tells this.
        fragile: how sure it still is if such a mark `fragile_by` stands in the sentence; empty: as sure as before.
    """

    key: str
    title: str
    sums: Mapping[str, Sequence[str]] = field(default_factory=dict)
    unit: str = ""
    addable: bool = False
    fragile: str = ""
    within: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    sum_of: tuple[tuple[str, ...], ...] = ()
    between: tuple[str, ...] = ()
    echoes: tuple[str, ...] = ()
    fragile_by: tuple[str, ...] = ("withdrawn",)

    @cached_property
    def equals(self) -> tuple[CellSum, ...]:
        """Sums of cells, one of which the number should be; of those a form lacks none counts."""
        return self._sums("equals")

    @cached_property
    def tolerates(self) -> tuple[CellSum, ...]:
        """Sums it may also be, though that is not how the form means it."""
        return self._sums("tolerates")

    @cached_property
    def weakens(self) -> tuple[CellSum, ...]:
        """Sums that make a contradiction uncertain."""
        return self._sums("weakens")

    @cached_property
    def at_most(self) -> tuple[CellSum, ...]:
        """Sums that it must not exceed."""
        return self._sums("at_most")

    def _sums(self, name: str) -> tuple[CellSum, ...]:
        return tuple(cells for source in self.sums.get(name, ()) if (cells := parse_cell_sum(source)))


@dataclass(frozen=True, slots=True)
class Topic:
    """A matter that numbers can be about.

    Attributes:
        key: stable key, such as `requests`.
        home: numbers of the sections that speak of it.
        context: what must stand in the paragraph outside its home to be sure; empty if nothing must.
        counts: quantity of a number that stands at the topic itself, None if such a number says nothing.
        units: units its numbers may have.
        channels: whether a number next to a channel, such as a website, may be that channel's only.
        hints: words that are about this matter in a sentence that names none.
        verbs: words of it that tell what was done; what was only published is no such number.
    """

    key: str
    home: tuple[int, ...]
    patterns: tuple[str, ...]
    weak: tuple[str, ...]
    context: tuple[Pattern, ...]
    counts: str | None
    confidence: str
    units: frozenset[str]
    channels: bool = False
    hints: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Word:
    """A verb or name that tells a quantity.

    Attributes:
        means: quantity by topic.
        needs: quantities one of which the sentence must tell too; empty if none is needed.
        ahead: its topic may be named later in the sentence.
        year: `previous` or `next`: a year in the words must be that one.
        close: it counts only right in front of the number.
        whole: without a number of its own, such as 均为自然人, it tells that of these quantities before it.
    """

    patterns: tuple[str, ...]
    means: Mapping[str, str]
    needs: tuple[str, ...] = ()
    confidence: str = CERTAIN
    year: str | None = None
    whole: tuple[str, ...] = ()
    close: bool = False
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class Denial:
    """A way to say that there was none.

    Attributes:
        zero: the quantities that are zero.
        topic: must be the topic at that place, None if the words say it themselves.
        unless: words from its start to the end of the clause that make it mean something else.
        listed: what 、 or 和 joins to it is another thing, where `unless` is not looked for.
    """

    patterns: tuple[Pattern, ...]
    zero: tuple[str, ...]
    topic: str | None
    unless: tuple[Pattern, ...]
    confidence: str
    listed: bool = False


@dataclass(frozen=True)
class Finder:
    """One alternation to look for, and what a hit means."""

    kind: str
    source: str
    entry: Topic | Word | None = None


@dataclass(frozen=True)
class ClaimVocabulary:
    """All words of the claim files, in the order of the files.

    Attributes:
        hedges_before, hedges_after: longest first.
        listed_units: what things in a list are counted in, not deeds.
        named_titles: titles in 《》 that name what is counted; None for no such title.
        denying: words one of which stands in each sentence that denies; empty: look through all sentences.
        prepared: `searches` as they were kept, None if they have to be built.
    """

    quantities: Mapping[str, Quantity] = field(default_factory=dict)
    topics: Mapping[str, Topic] = field(default_factory=dict)
    words: tuple[Word, ...] = ()
    denials: tuple[Denial, ...] = ()
    marks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hedges_before: tuple[str, ...] = ()
    hedges_after: tuple[str, ...] = ()
    money: Mapping[str, int] = field(default_factory=dict)
    denying: tuple[str, ...] = ()
    listed_units: tuple[str, ...] = ()
    named_titles: Pattern | None = None
    prepared: Searches | None = None

    @cached_property
    def behind_numerals(self) -> frozenset[str]:
        """With what units and hedges begin."""
        return frozenset(word[0] for word in (*self.units, *self.hedges_after))

    @cached_property
    def betweens(self) -> Mapping[str, Quantity]:
        """The quantities that are told between two others."""
        return {key: one for key, one in self.quantities.items() if one.between}

    @cached_property
    def besides(self) -> Mapping[str, Quantity]:
        """The quantities that are told beside another one."""
        return {key: one for key, one in self.quantities.items() if one.beside}

    @cached_property
    def matters(self) -> Mapping[str, frozenset[str]]:
        """By quantity the topics that tell it."""
        told = [(topic.counts, topic.key) for topic in self.topics.values()]
        told += [(key, topic) for word in self.words for topic, key in word.means.items()]
        return {one: frozenset(topic for key, topic in told if key == one) for one in self.quantities}

    @cached_property
    def of_last_year(self) -> frozenset[str]:
        """Quantities whose words name the year before."""
        return frozenset(key for word in self.words if word.year == "previous" for key in word.means.values())

    @cached_property
    def of_this_year(self) -> Mapping[str, str]:
        """By what came from the year before the quantity of this year that is told beside it."""
        pairs = [one.sum_of for one in self.quantities.values() if len(one.sum_of) > 1]
        return {old: new[0] for new, *olds in pairs for old in olds[0] if old in self.of_last_year}

    @cached_property
    def of_next_year(self) -> frozenset[str]:
        """Quantities whose words name the year behind."""
        return frozenset(key for word in self.words if word.year == "next" for key in word.means.values())

    def narrowed(self, quantity: str, topic: str, year: str) -> tuple[str, Word] | None:
        """The quantity of only one year, `previous` or `next`, that another one may mean, and a word for it.

        结转 alone may be what came from the year before or what is left for the next.
        """
        cells = self.quantities[quantity].equals
        for word in self.words:
            key = word.means.get(topic)
            if (
                word.year == year
                and key
                and key != quantity
                and set(self.quantities[key].equals) < set(cells)
            ):
                return key, word
        return None

    @cached_property
    def topic_finders(self) -> tuple[Finder, ...]:
        """What sets the topic."""
        return tuple(
            Finder(kind, source, topic)
            for topic in self.topics.values()
            for kind, patterns in (("topic", topic.patterns), ("hint", topic.hints))
            for source in _alternations(patterns)
        )

    @cached_property
    def finders(self) -> tuple[Finder, ...]:
        """Everything else that is looked for in paragraphs that have a topic."""
        found = [
            Finder("weak", source, topic)
            for topic in self.topics.values()
            for source in _alternations(topic.weak)
        ]
        found += [
            Finder("word", source, word) for word in self.words for source in _alternations(word.patterns)
        ]
        found += [
            Finder(name, source)
            for name, patterns in self.marks.items()
            for source in _alternations(patterns)
        ]
        return tuple(found)

    @cached_property
    def topic_search(self) -> WordSearch:
        """Looks for `topic_finders`."""
        return WordSearch([finder.source for finder in self.topic_finders], *self.searches["topics"])

    @cached_property
    def search(self) -> WordSearch:
        """Looks for `finders`."""
        return WordSearch([finder.source for finder in self.finders], *self.searches["others"])

    @cached_property
    def searches(self) -> Searches:
        """What is looked for, prepared; plain lists and dicts that can be kept as JSON."""
        if self.prepared is not None:
            return self.prepared
        from checker.patterns.automaton import build_automaton  # noqa: PLC0415  # only when rule files changed

        return {
            name: list(build_automaton([finder.source for finder in finders]))
            for name, finders in (("topics", self.topic_finders), ("others", self.finders))
        }

    def patterns(self) -> Iterator[str]:
        """Everything that the engine looks for."""
        for search in (self.topic_search, self.search):
            yield from search.by_engine.values()
        for topic in self.topics.values():
            yield from (pattern.source for pattern in topic.context)
        for denial in self.denials:
            yield from (pattern.source for pattern in (*denial.patterns, *denial.unless))
        if self.named_titles:
            yield self.named_titles.source

    @cached_property
    def units(self) -> tuple[str, ...]:
        """What figures count in, longest first; figures without a unit have none of these."""
        units = {unit for topic in self.topics.values() for unit in topic.units} | set(self.money)
        return longest_first(units - {""})


def longest_first(words: Iterable[str]) -> tuple[str, ...]:
    """The words, the longest first."""
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def _alternations(sources: Sequence[str]) -> Iterator[str]:
    """The patterns as few alternations, each short enough to compile."""
    group: list[str] = []
    for source in sources:
        if group and sum(map(len, group)) + 5 * len(group) + len(source) > _LONGEST_PATTERN:
            yield "|".join(f"(?:{one})" for one in group)
            group = []
        group.append(source)
    if group:
        yield "|".join(f"(?:{one})" for one in group)
