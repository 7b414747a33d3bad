"""The elements of a part, one after the other: what is to be done at which, and what is left out whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from checker.readers.limits import Limits, too_large
from checker.readers.raw.safe_xml import create_parser, feed

Attributes = Mapping[str, str]
Start = Callable[[Attributes], None]
End = Callable[[], None]


class ElementEvents:
    """Calls handlers at the starts and ends of elements.

    Args:
        limits: bound for the nesting of elements.

    Attributes:
        starts: what happens at the start of an element, by its full name.
        ends: what happens at its end.
        skip: called by a start handler, leaves out the element that just began and all inside it, its end too.
    """

    def __init__(self, limits: Limits) -> None:
        self.parser = create_parser()
        self.starts: dict[str, Start] = {}
        self.ends: dict[str, End] = {}
        self.skip = self._connect(limits.depth)

    def run(self, data: bytes) -> None:
        """Go through a part, once.

        Raises:
            UnreadableError: `damaged` or `too_large`, or what a handler raises.
        """
        try:
            feed(self.parser, data)
        finally:
            # Handlers know the reader that knows them: nobody need look for that garbage.
            self.parser.StartElementHandler = self.parser.EndElementHandler = None
            self.parser.CharacterDataHandler = None
            self.starts.clear()
            self.ends.clear()

    def _connect(self, most: int) -> End:
        parser, starts, ends = self.parser, self.starts, self.ends
        nothing: dict[str, Start] = {}
        active = starts
        depth = skipped_from = 0

        def start(name: str, attributes: Attributes) -> None:
            nonlocal depth
            depth += 1
            if depth > most:
                raise too_large(f"嵌套超过 {most} 层")
            if name in active:
                active[name](attributes)

        def end(name: str) -> None:
            nonlocal depth
            depth -= 1
            if name in ends:
                ends[name]()

        def skipped_end(_: str) -> None:
            nonlocal depth, active
            depth -= 1
            if depth < skipped_from:
                active = starts
                parser.EndElementHandler = end

        def skip() -> None:
            nonlocal active, skipped_from
            active, skipped_from = nothing, depth
            parser.EndElementHandler = skipped_end

        parser.StartElementHandler, parser.EndElementHandler = start, end
        return skip
