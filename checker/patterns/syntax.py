"""The syntax of patterns in rule files: what RE2 and its stand-in understand alike, and nothing else."""

from __future__ import annotations

from typing import Final

from checker.model.errors import CheckerError
from checker.startup.lazy_re import compile_later

_MAX_LENGTH: Final = 2000
_MAX_REPEAT: Final = 1000
# The blocks of ideographs and 〇. Spelled out, because the engines' own tables differ by Unicode version and
# have so many small gaps that a pattern with a repeated \p{Han} takes milliseconds to compile.
_HAN_BLOCKS: Final = ("〇〇", "㐀䶿", "一鿿", "豈﫿", "𠀀𲎯")
_HAN: Final = "".join(f"{first}-{last}" for first, last in _HAN_BLOCKS)
_HAN_ESCAPE: Final = r"\p{Han}"
_INSIDE_CLASS: Final = {"d": "0-9", "s": r" \t", _HAN_ESCAPE: _HAN}
_OUTSIDE_CLASS: Final = {"d": "[0-9]", "s": r"[ \t]", _HAN_ESCAPE: f"[{_HAN}]"}
_PLAIN_ESCAPES: Final = frozenset("tn") | frozenset(r"\.^$*+?()[]{}|-/#&~ ")
_GROUP_OPENING: Final = compile_later(r"\(\?(?::|P<(?P<name>[^\W\d]\w*)>|i:)")
_QUANTIFIER: Final = compile_later(r"\{(\d+)(,(\d*))?\}")


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


def is_han(character: str) -> bool:
    r"""Whether `\p{Han}` matches a character."""
    return any(first <= character <= last for first, last in _HAN_BLOCKS)


def common_subset(source: str) -> str:
    r"""Check that `source` stays within what RE2 and `regex` understand alike, and spell out the rest.

    `\d` becomes `[0-9]` and `\s` a class of plain spaces; negated classes never match a line feed;
    `^` and `$` are line ends.

    Raises:
        PatternError: something outside the subset.
    """
    if len(source) > _MAX_LENGTH:
        raise PatternError(
            f"正则表达式有 {len(source)} 个字符，最多 {_MAX_LENGTH} 个；请拆成几条", _MAX_LENGTH
        )
    pieces: list[str] = []
    names: set[str] = set()
    repeats = _Repeats()
    position = 0
    while position < len(source):
        character = source[position]
        repeats.meet(source, position)
        if character == "\\":
            piece, position = _escape(source, position, _OUTSIDE_CLASS)
        elif character == "[":
            piece, position = _character_class(source, position)
        elif character == "(" and source.startswith("(?", position):
            piece, position = _group_opening(source, position, names)
        elif character == "{":
            piece, position = _quantifier(source, position)
        else:
            piece, position = character, position + 1
            if character in "*+?}" and source.startswith("+", position):
                raise PatternError(f"不支持占有量词“{character}+”，请去掉后面的加号", position)
        pieces.append(piece)
    return "(?m)" + "".join(pieces)


class _Repeats:
    """How often the innermost piece may be repeated by nested `{…}`: RE2 has a limit, its stand-in has none."""

    def __init__(self) -> None:
        self._open = [1]
        self._last = 1

    def meet(self, source: str, position: int) -> None:
        """Take note of the character that the next piece begins with."""
        character = source[position]
        if character == "(":
            self._open.append(1)
        elif character == ")" and len(self._open) > 1:
            self._last = self._open.pop()
            self._open[-1] = max(self._open[-1], self._last)
        elif character == "{":
            match = _QUANTIFIER.match(source, position)
            nested = self._last > 1
            if match:
                self._last *= max(1, int(match[3] or match[1]))
                self._open[-1] = max(self._open[-1], self._last)
            if nested and self._last > _MAX_REPEAT:
                raise PatternError(f"重复里又有重复，乘起来超过 {_MAX_REPEAT} 次，请减少", position)
        elif character not in "*+?":
            self._last = 1


def _escape(source: str, position: int, spelled_out: dict[str, str]) -> tuple[str, int]:
    letter = source[position + 1 : position + 2]
    if not letter:
        raise PatternError("末尾多了一个反斜杠", position)
    if letter in spelled_out:
        return spelled_out[letter], position + 2
    if source.startswith(_HAN_ESCAPE, position):
        return spelled_out[_HAN_ESCAPE], position + len(_HAN_ESCAPE)
    if letter == "b":
        raise PatternError(r"不支持 \b：中文没有单词边界。请写出前后的字，或用 ^ 和 $ 限定段首段尾", position)
    if letter.isdigit():
        raise PatternError(f"不支持反向引用 \\{letter}：请把要重复的内容写出来", position)
    if letter not in _PLAIN_ESCAPES:
        raise PatternError(rf"不支持转义 \{letter}；可用的有 \d、\s、\p{{Han}} 和标点前的反斜杠", position)
    return "\\" + letter, position + 2


def _character_class(source: str, opening: int) -> tuple[str, int]:
    position = opening + 1
    pieces = ["["]
    if source.startswith("^", position):
        pieces.append(r"^\n")
        position += 1
    first = position
    while position < len(source) and (source[position] != "]" or position == first):
        character = source[position]
        if character == "\\":
            piece, position = _escape(source, position, _INSIDE_CLASS)
            pieces.append(piece)
        elif character == "[":
            if source.startswith("[:", position):
                raise PatternError("不支持 [: :] 字符类，请直接列出字符", position)
            pieces.append(r"\[")
            position += 1
        elif character in "&~|-" and source.startswith(character * 2, position):
            raise PatternError(f"方括号里不能有连续的“{character}{character}”", position)
        else:
            pieces.append("\\]" if character == "]" else character)
            position += 1
    if position >= len(source):
        raise PatternError("方括号“[”没有配对的“]”", opening)
    return "".join(pieces) + "]", position + 1


def _group_opening(source: str, position: int, names: set[str]) -> tuple[str, int]:
    match = _GROUP_OPENING.match(source, position)
    if match:
        if match["name"] in names:
            raise PatternError(f"有两个同名的分组“{match['name']}”", position)
        names.update(filter(None, [match["name"]]))
        return match[0], match.end()
    if source.startswith(("(?=", "(?!", "(?<=", "(?<!"), position):
        raise PatternError(
            "不支持前后断言 (?=…)(?!…)(?<=…)(?<!…)：请把上下文写进表达式，或用 unless 排除", position
        )
    raise PatternError("不支持这种括号写法；可用的有 (…)、(?:…)、(?P<名字>…) 和 (?i:…)", position)


def _quantifier(source: str, position: int) -> tuple[str, int]:
    match = _QUANTIFIER.match(source, position)
    if match is None:
        raise PatternError("花括号只能写次数，如 {2} 或 {1,5}；要匹配花括号本身请写 \\{", position)
    if max(int(number) for number in (match[1], match[3] or "0")) > _MAX_REPEAT:
        raise PatternError(f"重复次数最多 {_MAX_REPEAT}", position)
    if source.startswith("+", match.end()):
        raise PatternError("不支持占有量词，请去掉花括号后面的加号", match.end())
    return match[0], match.end()
