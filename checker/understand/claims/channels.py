"""Whether a figure counts what came in one way only, such as by letter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from checker.startup.records import dataclass
from checker.understand.claims.figures import Figure
from checker.understand.claims.scan import Mark, Passage

ONE_CHANNEL: Final = "可能只是一种渠道的数"
_FAR: Final = 20
"""Characters around a channel in which the words may begin and end that name the matter."""


@dataclass
class Channels:
    """The channels named in one paragraph.

    Attributes:
        passage: the paragraph.
        leftover: tells how many characters of a span no known word covers.
    """

    passage: Passage
    leftover: Callable[[int, int], int]

    def of_some(self, start: int, end: int) -> bool:
        """Whether a span speaks of single channels, not of all: “未收到网上申请”."""
        channels = self.passage.between(start, end, "channel")
        return bool(channels) and not self.passage.between(channels[0].start, end, "all_channels")

    def is_one(self, figure: Figure, begin: int, clause: tuple[int, int]) -> bool:
        """Whether a figure may be that of a channel named in its clause; 等方式 and 共 tell that it is not."""
        passage = self.passage
        channels = passage.between(begin, clause[1], "channel")
        if not channels:
            return False
        before = [mark for mark in channels if mark.start < figure.first]
        if before and self._more_channels(figure):
            return True
        closed = passage.between(clause[0], figure.first, "all_channels")
        if any(mark.end > channels[0].start for mark in closed):
            return False
        named = [
            one for one in before if passage.between(clause[0], figure.first, "topic") and self._in_topic(one)
        ]
        totals = passage.between(before[-1].end if before and not named else clause[0], figure.first, "total")
        return not (totals and before and not [m for m in channels if m.start > figure.last])

    def _more_channels(self, figure: Figure) -> bool:
        """Whether the sentence goes on with another channel: “收到网络申请7件，线下申请3件”."""
        passage, end = self.passage, self.passage.sentence_at(figure.first)[1]
        segment = passage.segment_start(figure.first)
        for mark in passage.between(figure.last, end, "channel"):
            clause = passage.clause_at(mark.start)
            counted = [one for one in passage.figures_in((mark.end, clause[1])) if one.unit == figure.unit]
            begins = not self.leftover(clause[0], mark.start)
            if counted and begins and passage.segment_start(mark.start) == segment:
                return not passage.is_part(mark.start)
        return False

    def _in_topic(self, channel: Mark) -> bool:
        """Whether a channel stands inside the words that name the matter, as in 信息公开网络申请."""
        topic = self.passage.between(max(0, channel.start - _FAR), channel.end + _FAR, "topic")
        return any(one.start < channel.start and channel.end <= one.end for one in topic)
