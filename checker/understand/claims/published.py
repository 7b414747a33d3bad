"""Whether a number is of what was published, or of what was done: “公开行政处罚信息39条” is no number of decisions."""

from __future__ import annotations

from checker.understand.claims.bound import Bound
from checker.understand.claims.scan import SEGMENT_STOPS, Mark, Passage
from checker.understand.claims.vocabulary import ClaimVocabulary, Topic, Word


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
