"""What people write in expressions that means nothing there, with what to write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from checker.startup.lazy_re import compile_later

IF_THEN: Final = (
    '“如果甲就乙”写作 非 甲 或 乙，如 非 表三.新收.总计 > 0 或 含(第一部分, "申请")；大于等于写作 >='
)
_IF: Final = ("如果", "假如", "倘若", "若是")
_ARROW: Final = compile_later(r"""^(?:"[^"]*"|“[^”]*”|'[^']*'|[^"“'])*?(?P<arrow>=>|->|[→⇒])""")
"""An arrow that stands outside quotes."""
_ARROWS: Final = ("=>", "->", "→", "⇒")
_LIKE_A_PATTERN: Final = compile_later(r"\[.+\]|\.[*+]|\\|\(\?|\|")
_OTHER_WAYS: Final[Mapping[str, str]] = {
    "含": "几个词分开写，正则表达式用 匹配",
    "次数": "正则表达式出现几次，用 kind: count 的 patterns",
}


def arrow_in(source: str) -> tuple[int, str] | None:
    """Where an arrow stands, in characters from 0, with what is wrong with it."""
    found = _ARROW.search(source) if any(arrow in source for arrow in _ARROWS) else None
    return (found.start("arrow"), f"没有“{found['arrow']}”这种写法；{IF_THEN}") if found else None


def name_fault(name: str, said: str) -> str:
    """What to say of a name that there is not: `said`, unless a condition was meant."""
    return f"没有“{name}”这种写法；{IF_THEN}" if name.startswith(_IF) else said


def word_fault(function: str, word: str) -> str | None:
    """What is wrong with a word that is looked for as it stands, None if nothing is."""
    if function not in _OTHER_WAYS or not _LIKE_A_PATTERN.search(word):
        return None
    return f"“{word}”像正则表达式，{function} 只找原样的词；{_OTHER_WAYS[function]}"
