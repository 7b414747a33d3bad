"""The syntax of patterns in rule files: what the engines understand alike, and nothing else."""

from __future__ import annotations

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
"""Ranges of characters once repetitions are written out; RE2 accepts twice as many of the largest."""
_ESCAPES: Final = {
    "d": Characters((("0", "9"),)),
    "s": Characters(((" ", " "), ("\t", "\t"))),
    "p{Han}": Characters((), han=True),
    "t": Characters((("\t", "\t"),)),
    "n": Characters((("\n", "\n"),)),
    **{sign: Characters(((sign, sign),)) for sign in r"\.^$*+?()[]{}|-/#&~ "},
}
_QUANTIFIER: Final = compile_later(r"\{([0-9]+)(,([0-9]*))?\}")
_LETTERS: Final = ((ord("a"), ord("z"), -32), (ord("A"), ord("Z"), 32))
_NOTHING_TO_REPEAT: Final = "量词 * + ? 前面没有内容"


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
        if self._position < len(self._source):
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

    # -- repetitions ---------------------------------------------------------------------------------------

    def _repeated(self) -> Node:
        """A piece with its quantifier."""
        start = self._position
        if self._next() == "{":
            self._counts()
        if self._position > start or self._next() in "*+?":
            raise PatternError(_NOTHING_TO_REPEAT, start)
        part = self._piece()
        start = self._position
        counts = self._quantifier()
        if counts is None:
            return part
        if isinstance(part, LineBoundary):
            raise PatternError(_NOTHING_TO_REPEAT, start)
        lazy = self._takes("?")
        if self._next() == "+":
            written = self._source[start : self._position]
            raise PatternError(f"不支持占有量词“{written}+”，请去掉后面的加号", self._position)
        if self._next() and self._next() in "*?{":
            raise PatternError("连续写了两个量词", self._position)
        if counts != (0, 1) and may_be_empty(part) and any(map(_is_ambiguous_if_empty, walk(part))):
            raise PatternError("重复的内容可能是空的；请让它至少有一个字，例如把 ? 或 * 移到括号外", start)
        return Repetition(part, *counts, lazy)

    def _quantifier(self) -> tuple[int, int | None] | None:
        """How often what was just read may come, None if there is no quantifier."""
        if self._takes("*"):
            return 0, None
        if self._takes("+"):
            return 1, None
        if self._takes("?"):
            return 0, 1
        if self._next() != "{":
            return None
        start = self._position
        least, most = self._counts()
        nested = self._deepest > 1
        self._deepest *= max(1, least if most is None else most)
        if nested and self._deepest > _MAX_REPEAT:
            raise PatternError(f"重复里又有重复，乘起来超过 {_MAX_REPEAT} 次，请减少", start)
        return least, most

    def _counts(self) -> tuple[int, int | None]:
        start = self._position
        match = _QUANTIFIER.match(self._source, start)
        if match is None:
            raise PatternError("花括号只能写次数，如 {2} 或 {1,5}；要匹配花括号本身请写 \\{", start)
        least = int(match[1])
        most = least if match[2] is None else int(match[3]) if match[3] else None
        if max(least, most or 0) > _MAX_REPEAT:
            raise PatternError(f"重复次数最多 {_MAX_REPEAT}", start)
        if most is not None and most < least:
            raise PatternError(f"重复次数写反了：{least} 比 {most} 大", start)
        self._position = match.end()
        return least, most

    # -- what may be repeated ------------------------------------------------------------------------------

    def _piece(self) -> Node:
        """A character, a class, a boundary or a bracket."""
        self._deepest = 1
        if self._takes("."):
            return ANY
        if self._next() in "^$":
            self._position += 1
            return LineBoundary(self._source[self._position - 1])
        if self._next() == "(":
            return self._bracket()
        return self._fold(self._class() if self._next() == "[" else self._character())

    def _character(self) -> Characters:
        """A character, or an escape."""
        start = self._position
        self._position += 1
        if self._source[start] != "\\":
            return Characters(((self._source[start],) * 2,))
        letter = self._next()
        if not letter:
            raise PatternError("末尾多了一个反斜杠", start)
        name = "p{Han}" if self._source.startswith("p{Han}", self._position) else letter
        if name in _ESCAPES:
            self._position += len(name)
            return _ESCAPES[name]
        if letter == "b":
            raise PatternError(
                r"不支持 \b：中文没有单词边界。请写出前后的字，或用 ^ 和 $ 限定段首段尾", start
            )
        if letter.isdigit():
            raise PatternError(f"不支持反向引用 \\{letter}：请把要重复的内容写出来", start)
        raise PatternError(rf"不支持转义 \{letter}；可用的有 \d、\s、\p{{Han}} 和标点前的反斜杠", start)

    def _fold(self, characters: Characters) -> Characters:
        """The same with both cases of its letters, within `(?i:…)`."""
        if not self._folded:
            return characters
        ranges = list(characters.ranges)
        for first, last in characters.ranges:
            for lowest, highest, shift in _LETTERS:
                low, high = max(ord(first), lowest), min(ord(last), highest)
                if low <= high:
                    ranges.append((chr(low + shift), chr(high + shift)))
        return Characters(tuple(ranges), characters.han, characters.negated)

    def _class(self) -> Characters:
        opening = self._position
        self._position += 1
        negated = self._takes("^")
        ranges = [("\n", "\n")] if negated else []
        han = False
        first = self._position
        while self._next() != "]" or self._position == first:
            if not self._next():
                raise PatternError("方括号“[”没有配对的“]”", opening)
            member = self._member()
            ranges += member.ranges
            han |= member.han
        self._position += 1
        return Characters(tuple(dict.fromkeys(ranges)), han, negated)

    def _member(self) -> Characters:
        """A character, an escape or a range in square brackets."""
        start = self._position
        if self._source.startswith("[:", start):
            raise PatternError("不支持 [: :] 字符类，请直接列出字符", start)
        self._refuse_double(start)
        member = self._character()
        if self._next() != "-" or self._source.startswith("-]", self._position):
            return member
        if not member.literal:  # a hyphen behind an escape for several is one
            return member
        self._refuse_double(self._position)
        self._position += 1
        if not self._next():
            return member
        last = self._character().literal
        if not last:
            raise PatternError("方括号里的范围两端都要是单个字符", start)
        if last < member.literal:
            raise PatternError("方括号里的范围写反了", start)
        return Characters(((member.literal, last),))

    def _refuse_double(self, position: int) -> None:
        """Two of those signs mean something else to other engines."""
        sign = self._source[position]
        if sign in "&~|-" and self._source.startswith(sign * 2, position):
            raise PatternError(f"方括号里不能有连续的“{sign}{sign}”", position)

    def _bracket(self) -> Node:
        start = self._position
        opening, folded = self._opening()
        if self._depth == _MAX_DEPTH:
            raise PatternError(f"圆括号最多套 {_MAX_DEPTH} 层", start)
        self._depth += 1
        around, self._folded = self._folded, self._folded or folded
        inside = self._alternation()
        self._folded = around
        self._depth -= 1
        if not self._takes(")"):
            raise PatternError("圆括号“(”没有配对的“)”", start)
        return Bracket(inside, opening)

    def _opening(self) -> tuple[str, bool]:
        """How a bracket is opened, and whether the case of letters does not matter in it."""
        start = self._position
        for opening in ("(?:", "(?i:"):
            if self._takes(opening):
                return "(?:", opening == "(?i:"
        if self._takes("(?P<"):
            name, closed, _ = self._source[self._position :].partition(">")
            if closed and name.isidentifier():
                if name in self._names:
                    raise PatternError(f"有两个同名的分组“{name}”", start)
                self._names.add(name)
                self._position += len(name) + 1
                return f"(?P<{name}>", False
        elif not self._source.startswith("(?", start):
            self._position += 1
            return "(", False
        if self._source.startswith(("(?=", "(?!", "(?<=", "(?<!"), start):
            raise PatternError(
                "不支持前后断言 (?=…)(?!…)(?<=…)(?<!…)：请把上下文写进表达式，或用 unless 排除", start
            )
        raise PatternError("不支持这种括号写法；可用的有 (…)、(?:…)、(?P<名字>…) 和 (?i:…)", start)


def _is_ambiguous_if_empty(node: Node) -> bool:
    """Whether the engines take different ones of several matches if what is repeated may be empty.

    One stops repeating after an empty match, another tries something longer first; which of several times a
    group keeps depends on that too.
    """
    if isinstance(node, Alternation):
        return any(map(may_be_empty, node.branches[:-1]))
    return bool(node.name) if isinstance(node, Bracket) else isinstance(node, Repetition) and node.lazy
