"""Whether a number is of something else than what was done: of what was published, or of another noun.

“公开行政处罚信息39条” is no number of decisions, “36个依申请公开领域” none of applications.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from checker.understand.claims.bound import Bound
from checker.understand.claims.figures import Figure
from checker.understand.claims.scan import SEGMENT_STOPS, Mark, Passage
from checker.understand.claims.vocabulary import ClaimVocabulary, Topic, Word

_FAR: Final = 20
"""Characters behind a number in which the name of a matter may end."""
_SHORTEST_NOUN: Final = 2
"""Characters, such as 领域."""
_TITLE_END: Final = "》"


def is_published(passage: Passage, vocabulary: ClaimVocabulary, bound: Bound, at: int) -> bool:
    """Whether a figure stands in a list of what was published, with no word since that tells of deeds.

    A sentence that begins with 其中 goes on with the list of the one before.

    Args:
        passage: the paragraph.
        vocabulary: the words of the claim files.
        bound: what tells the figure's quantity.
        at: where the figure begins.
    """
    start = passage.sentence_at(at)[0]
    if any(mark.start == start for mark in passage.between(start, at, "part")):
        start = passage.sentence_at(max(0, start - 2))[0]
    words = passage.between(start, at, "word", "topic")
    figure = next(iter(passage.figures_in((at, len(passage.words)))), None)
    listed = passage.words.startswith(vocabulary.listed_units, figure.end if figure else at)
    items = listed and figure is not None and figure.number != 0
    published = [
        mark
        for mark in passage.between(start, at, "publishing")
        if not any(
            word.start <= mark.start
            and mark.end <= word.end
            and _tells_deeds(word, vocabulary)
            and not (
                items and (word.start, word.end) == (mark.start, mark.end) and _is_verb(passage, mark, at)
            )
            for word in words
        )
    ]
    since = passage.words[bound.mark.start : bound.mark.end]
    since += passage.words[published[-1].end : max(at, bound.mark.end)] if published else ""
    if listed:
        return bool(published) or not _is_deed(passage, bound, at)
    return (
        bool(published)
        and not _is_over(passage, published[-1], at)
        and not any(verb in since for verb in bound.topic.verbs)
    )


def counts_another_noun(
    passage: Passage, leftover: Callable[[int, int], int], figure: Figure, *, bare: bool
) -> bool:
    """Whether the matter behind a number only qualifies the noun that is counted: “36个依申请公开领域”.

    Where no verb stands in front, what goes on with unknown words may be such a noun too. Behind titles they
    are what the titles are: “《…》4篇政策图解”.

    Args:
        passage: the paragraph.
        leftover: tells how many characters of a span no known word covers.
        figure: the number.
        bare: whether no verb tells what is counted.
    """
    end = passage.clause_at(figure.first)[1]
    named = next(iter(passage.between(figure.last, figure.last + _FAR, "topic")), None)
    if named is None or named.start != figure.last:
        before = passage.words[: figure.first].removesuffix("等")
        return before.endswith(_TITLE_END) and leftover(figure.last, end) >= _SHORTEST_NOUN
    nouns = passage.between(named.end, end, "not_counted")
    if nouns and nouns[0].start == named.end:
        return True
    return bare and leftover(named.end, min(named.end + _SHORTEST_NOUN, end)) >= _SHORTEST_NOUN


def _is_over(passage: Passage, publishing: Mark, at: int) -> bool:
    """Whether a list of what was published has ended before an offset.

    It ends where a clause begins with 全年 or a year, and at a semicolon before which it told no number.
    """
    begun = (one.start for one in passage.between(publishing.end, at, "period", "year"))
    if any(passage.clause_at(start)[0] == start for start in begun):
        return True
    segment = passage.segment_start(at)
    if publishing.end >= segment or passage.words[segment - 1] not in SEGMENT_STOPS:
        return False
    topics = passage.between(publishing.start, segment, "topic")
    counted = passage.figures_in((publishing.end, segment))
    return not counted and not any(isinstance(mark.entry, Topic) and mark.entry.verbs for mark in topics)


def _is_verb(passage: Passage, mark: Mark, at: int) -> bool:
    """Whether a word publishes what is named behind it, as in 发布规范性文件2条; not in 规范性文件发布2件."""
    return bool(passage.between(mark.end, at, "topic"))


def _tells_deeds(mark: Mark, vocabulary: ClaimVocabulary) -> bool:
    """Whether words such as 制定并公开 say what was done."""
    if isinstance(mark.entry, Topic):
        return bool(mark.entry.verbs and mark.entry.counts)
    topics = vocabulary.topics
    return isinstance(mark.entry, Word) and any(topics[key].verbs for key in mark.entry.means)


def _is_deed(passage: Passage, bound: Bound, at: int) -> bool:
    """Whether the words say that something was done, and to what; a list says it once."""
    sentence = passage.sentence_at(at)
    if isinstance(bound.mark.entry, Word):
        topics = passage.between(*sentence, "topic")
        return any(mark.entry is bound.topic for mark in topics)
    before = passage.words[sentence[0] : max(at, bound.mark.end)]
    return any(verb in before for verb in bound.topic.verbs)
