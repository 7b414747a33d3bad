"""The syntax of patterns in rule files: what the engines understand alike, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from checker.model.errors import CheckerError
from checker.patterns.tree import (
    ANY,
    Alternation,
    Bracket,
    Characters,
    Concatenation,
    LineBoundary,
    Node,
    Repetition,
    may_be_empty,
    size,
    walk,
)
from checker.startup.lazy_re import compile_later

_MAX_LENGTH: Final = 2000
_MAX_REPEAT: Final = 1000
_MAX_DEPTH: Final = 100
_MAX_SIZE: Final = 20_000
"""Ranges of characters once repetitions are written out; RE2 accepts more than twice as many."""
_ESCAPES: Final = {
    "d": Characters((("0", "9"),)),
    "s": Characters(((" ", " "), ("\t", "\t"))),
    "p{Han}": Characters((), han=True),
    "t": Characters((("\t", "\t"),)),
    "n": Characters((("\n", "\n"),)),
    **{sign: Characters(((sign, sign),)) for sign in r"\.^$*+?()[]{}|-/#&~ "},
}
_NO_ESCAPES: Final = {
    "": "末尾多了一个反斜杠",
    "b": r"不支持 \b：中文没有单词边界。请写出前后的字，或用 ^ 和 $ 限定段首段尾",
    **{digit: f"不支持反向引用 \\{digit}：请把要重复的内容写出来" for digit in "0123456789"},
}
_NO_PAIRS: Final = {
    "[:": "不支持 [: :] 字符类，请直接列出字符",
    **{sign * 2: f"方括号里不能有连续的“{sign}{sign}”" for sign in "&~|-"},
}
"""What means something else to other engines, or has a meaning there that it does not have here."""
_QUANTIFIERS: Final = frozenset("*+?{")
_QUANTIFIER: Final = compile_later(r"[*+?]|\{([0-9]+)(,([0-9]*))?\}")
_COUNTS: Final = {"*": (0, None), "+": (1, None), "?": (0, 1)}
_OPENING: Final = compile_later(r"\((?!\?)|\(\?(?::|(?P<folded>i):|P<(?P<name>[^\W\d]\w*)>)")
_NO_ASSERTIONS: Final = "不支持前后断言 (?=…)(?!…)(?<=…)(?<!…)：请把上下文写进表达式，或用 unless 排除"
_NO_OPENINGS: Final = "不支持这种括号写法；可用的有 (…)、(?:…)、(?P<名字>…) 和 (?i:…)"
_SIGNS: Final[Mapping[str, Node]] = {".": ANY, "^": LineBoundary("^"), "$": LineBoundary("$")}
_LETTERS: Final = ((ord("a"), ord("z"), -32), (ord("A"), ord("Z"), 32))


class PatternError(CheckerError):
    """A pattern that is refused.

    Attributes:
        text: one Chinese sentence.
        offset: where in the pattern the trouble begins, counted from 0.
    """

    def __init__(self, text: str, offset: int = 0) -> None:
        super().__init__(text)
        self.text = text
        self.offset = offset


@lru_cache(maxsize=1024)
def parse(source: str) -> Node:
    r"""What a pattern says.

    `\d` are the digits 0 to 9 and `\s` plain spaces; negated classes never match a line feed; `^` and `$` are
    ends of paragraphs; `(?i:…)` takes the letters a to z and A to Z for the same, and no others.

    Raises:
        PatternError: it goes beyond what all engines understand alike, or is too large.
    """
    if len(source) > _MAX_LENGTH:
        raise PatternError(
            f"正则表达式有 {len(source)} 个字符，最多 {_MAX_LENGTH} 个；请拆成几条", _MAX_LENGTH
        )
    tree = _Reader(source).whole()
    if size(tree) > _MAX_SIZE:
        raise PatternError("展开后太大，请减少重复次数")
    return tree


class _Reader:
    """Reads a pattern from left to right.

    Attributes:
        _deepest: how often the innermost piece of what was just read is repeated by nested `{…}`; RE2 has a
            limit for that, the other engines have none.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._position = 0
        self._depth = 0
        self._deepest = 1
        self._folded = False
        self._names: set[str] = set()

    def whole(self) -> Node:
        """All of the pattern."""
        tree = self._alternation()
        if self._next():
            raise PatternError("多了一个圆括号“)”", self._position)
        return tree

    def _next(self) -> str:
        return self._source[self._position : self._position + 1]

    def _takes(self, words: str) -> bool:
        taken = self._source.startswith(words, self._position)
        self._position += len(words) if taken else 0
        return taken

    def _alternation(self) -> Node:
        """Branches up to the closing bracket or the end."""
        branches: list[Node] = []
        deepest = 1
        while not branches or self._takes("|"):
            parts: list[Node] = []
            while self._next() not in ("|", ")", ""):
                parts.append(self._repeated())
                deepest = max(deepest, self._deepest)
            branches.append(parts[0] if len(parts) == 1 else Concatenation(tuple(parts)))
        self._deepest = deepest
        return branches[0] if len(branches) == 1 else Alternation(tuple(branches))

    def _repeated(self) -> Node:
        """A piece with its quantifier."""
        part = self._piece()
        start = self._position
        counts = self._counts()
        if counts is None:
            return part
        lazy = self._takes("?")
        if self._next() == "+":
            written = self._source[start : self._position]
            raise PatternError(f"不支持占有量词“{written}+”，请去掉后面的加号", self._position)
        if self._next() in _QUANTIFIERS:
            raise PatternError("连续写了两个量词", self._position)
        if isinstance(part, LineBoundary) or (counts != (0, 1) and _is_ambiguous(part)):
            raise PatternError("重复的内容可能是空的；请让它至少有一个字，例如把 ? 或 * 移到括号外", start)
        return Repetition(part, *counts, lazy)

    def _counts(self) -> tuple[int, int | None] | None:
        """How often what was just read may come, None if there is no quantifier."""
        if self._next() not in _QUANTIFIERS:
            return None
        start = self._position
        match = _QUANTIFIER.match(self._source, start)
        if match is None:
            raise PatternError("花括号只能写次数，如 {2} 或 {1,5}；要匹配花括号本身请写 \\{", start)
        self._position = match.end()
        if match[0] in _COUNTS:
            return _COUNTS[match[0]]
        least = int(match[1])
        most = least if match[2] is None else int(match[3]) if match[3] else None
        if max(least, most or 0) > _MAX_REPEAT:
            raise PatternError(f"重复次数最多 {_MAX_REPEAT}", start)
        if most is not None and most < least:
            raise PatternError(f"重复次数写反了：{least} 比 {most} 大", start)
        nested = self._deepest > 1
        self._deepest *= max(1, least if most is None else most)
        if nested and self._deepest > _MAX_REPEAT:
            raise PatternError(f"重复里又有重复，乘起来超过 {_MAX_REPEAT} 次，请减少", start)
        return least, most

    def _piece(self) -> Node:
        """A character, a class, a boundary or a bracket: what may be repeated."""
        start = self._position
        if self._counts():
            raise PatternError("量词 * + ? 前面没有内容", start)
        self._deepest = 1
        if self._next() == "(":
            return self._bracket()
        if self._next() == "[":
            return self._fold(self._class())
        if self._next() in _SIGNS:
            self._position += 1
            return _SIGNS[self._source[self._position - 1]]
        return self._fold(self._character())

    def _character(self) -> Characters:
        """A character, or an escape."""
        start = self._position
        self._position += 1
        if self._source[start] != "\\":
            return Characters(((self._source[start],) * 2,))
        name = "p{Han}" if self._takes("p{Han}") else self._next()
        if name not in _ESCAPES:
            other = rf"不支持转义 \{name}；可用的有 \d、\s、\p{{Han}} 和标点前的反斜杠"
            raise PatternError(_NO_ESCAPES.get(name, other), start)
        self._position += 1 if len(name) == 1 else 0  # `_takes` has gone on already
        return _ESCAPES[name]

    def _fold(self, characters: Characters) -> Characters:
        """The same with both cases of its letters, within `(?i:…)`."""
        if not self._folded:
            return characters
        others = [
            (chr(low + shift), chr(high + shift))
            for first, last in characters.ranges
            for lowest, highest, shift in _LETTERS
            if (low := max(ord(first), lowest)) <= (high := min(ord(last), highest))
        ]
        return Characters((*characters.ranges, *others), characters.han, characters.negated)

    def _class(self) -> Characters:
        opening = self._position
        self._position += 1
        negated = self._takes("^")
        members = [Characters((("\n", "\n"),))] if negated else []
        first = self._position
        while self._next() != "]" or self._position == first:
            members.append(self._member(opening))
        self._position += 1
        ranges = dict.fromkeys(span for member in members for span in member.ranges)
        return Characters(tuple(ranges), any(member.han for member in members), negated)

    def _member(self, opening: int) -> Characters:
        """A character, an escape or a range in square brackets."""
        start = self._position
        first = self._member_end(opening)
        if not first.literal or self._next() != "-" or self._source.startswith("-]", self._position):
            return first
        self._member_end(opening)
        last = self._member_end(opening).literal
        if not last:
            raise PatternError("方括号里的范围两端都要是单个字符", start)
        if last < first.literal:
            raise PatternError("方括号里的范围写反了", start)
        return Characters(((first.literal, last),))

    def _member_end(self, opening: int) -> Characters:
        pair = self._source[self._position : self._position + 2]
        if not pair:
            raise PatternError("方括号“[”没有配对的“]”", opening)
        if pair in _NO_PAIRS:
            raise PatternError(_NO_PAIRS[pair], self._position)
        return self._character()

    def _bracket(self) -> Node:
        start = self._position
        match = _OPENING.match(self._source, start)
        name = match["name"] if match else None
        if match is None or (name and not name.isidentifier()):
            assertion = self._source.startswith(("(?=", "(?!", "(?<=", "(?<!"), start)
            raise PatternError(_NO_ASSERTIONS if assertion else _NO_OPENINGS, start)
        if name in self._names:
            raise PatternError(f"有两个同名的分组“{name}”", start)
        if self._depth == _MAX_DEPTH:
            raise PatternError(f"圆括号最多套 {_MAX_DEPTH} 层", start)
        self._position = match.end()
        self._names |= {name} if name else set()
        around, self._folded = self._folded, self._folded or bool(match["folded"])
        self._depth += 1
        inside = self._alternation()
        self._depth -= 1
        self._folded = around
        if not self._takes(")"):
            raise PatternError("圆括号“(”没有配对的“)”", start)
        return Bracket(inside, match[0].replace("i", "") if match["folded"] else match[0])


def _is_ambiguous(repeated: Node) -> bool:
    """Whether the engines find different matches, because what is repeated may be empty.

    One stops repeating after an empty match, another tries something longer first; which of several times a
    group keeps depends on that too.
    """
    return may_be_empty(repeated) and any(
        (isinstance(node, Alternation) and any(map(may_be_empty, node.branches[:-1])))
        or (isinstance(node, Bracket) and node.name)
        or (isinstance(node, Repetition) and node.lazy)
        for node in walk(repeated)
    )
