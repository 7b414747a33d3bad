"""What fixed things are called: one printed name for each, and every word that is accepted for it.

The words stand in `rules/vocabulary.yaml`. Whatever a writer or a command prints comes from here, and options,
configuration files, lists of units and rule files accept it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from checker.model.text import label_key
from checker.startup.records import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one sort, such as the levels of bodies.

    Attributes:
        title: what the sort is called, such as 机关类别.
        names: the printed name by key, in the order in which they are listed.
        words: the key by printed name, and by every other word that is accepted.
        notes: what a name stands for, for legends; only where it needs saying.
    """

    title: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)

    def name(self, key: str) -> str:
        """What is printed for a key; the key itself if the vocabulary does not have it."""
        return self.names.get(key, key)

    def key(self, word: str) -> str | None:
        """The key that a word stands for, whatever its spaces and the width of its brackets; None if none does."""
        if word in self.names:
            return word
        if word in self.words:
            return self.words[word]
        wanted = label_key(word)
        return next((key for known, key in self.words.items() if label_key(known) == wanted), None)

    def accepted(self) -> Iterator[str]:
        """Every word that stands for something: keys first, then names and other words."""
        yield from self.names
        yield from self.words

    def without(self, keys: Collection[str]) -> Terms:
        """The same terms without some keys."""
        if not keys:
            return self
        names = {key: name for key, name in self.names.items() if key not in keys}
        return replace(self, names=names, words={w: key for w, key in self.words.items() if key in names})

    def listing(self) -> str:
        """`部门（department）、…` for help texts and messages."""
        return "、".join(f"{name}（{key}）" for key, name in self.names.items())


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The terms of every sort; see `rules/vocabulary.yaml` for what each of them is about.

    Kinds of reports are called by their full names and by short ones; see `rules/report-kinds.yaml`.
    """

    levels: Terms = Terms()
    tiers: Terms = Terms()
    severities: Terms = Terms()
    verdicts: Terms = Terms()
    results: Terms = Terms()
    changes: Terms = Terms()
    cells: Terms = Terms()
    certainties: Terms = Terms()
    groups: Terms = Terms()
    kinds: Terms = Terms()
    short_kinds: Terms = Terms()

    def of(self, sort: str) -> Terms:
        """The terms of a sort by its name."""
        terms: Terms = getattr(self, sort)
        return terms


NO_VOCABULARY: Final = Vocabulary()
"""Where nothing is known yet of what things are called."""


def vocabulary_from_data(data: Mapping[str, Mapping[str, Any]]) -> Vocabulary:
    """Build a Vocabulary from compiled data: the fields of `Terms` by sort."""
    return Vocabulary(**{sort: Terms(**terms) for sort, terms in data.items()})
