"""A small expression for what no other kind says: typed, bounded, without loops or code execution.

    表三.新收.总计 > 0 且 非 含(第一部分, "未收到")

Names are those of `checker.judging.language.items`; they are resolved and types are checked when rules load. Full-width
operators, brackets and quotes are accepted as typed by Chinese input methods. The parser is a precedence
climber that builds closures; nesting and length are capped, every operation takes constant time or one
pass over the report.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final, NoReturn, TypeVar

from checker.judging.judgement import AbsentError, CannotJudge
from checker.judging.language.days import DAY_ARITHMETIC, day_for, day_of
from checker.judging.language.items import UnknownItemError
from checker.judging.language.misread import name_fault, word_fault
from checker.judging.language.readable import (
    DATE,
    NUMBER,
    TEXT,
    TRUTH,
    Evaluate,
    Item,
    ItemValue,
    Readable,
    Trail,
)
from checker.judging.language.scope import scope_faults
from checker.judging.language.searched import Searched
from checker.judging.language.tokens import FUNCTIONS, SUM, ExpressionError, ItemNames, Token, tokens
from checker.model.text import squeeze
from checker.patterns.pattern import Pattern, compile_pattern
from checker.patterns.syntax import PatternError
from checker.startup.records import dataclass

T = TypeVar("T")
_MAX_LENGTH: Final = 1000
_MAX_DEPTH: Final = 40


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled expression; `type` is one of 数, 文字, 日期, 是非."""

    source: str
    type: str
    evaluate: Evaluate


_COMPARISONS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "=": operator.eq, "!=": operator.ne, "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge,
}  # fmt: skip


class _ExpressionParser:
    """One pass over one expression."""

    def __init__(self, source: str, items: ItemNames, section_count: int) -> None:
        self.source = source
        self.items = items
        self.section_count = section_count
        self.tokens = list(tokens(source, items))
        self.position = 0
        self.depth = 0

    def fail(self, text: str, offset: int | None = None) -> NoReturn:
        raise ExpressionError(text, self.peek().offset if offset is None else offset, self.source)

    def peek(self) -> Token:
        return self.tokens[self.position]

    def take(self) -> Token:
        token = self.tokens[self.position]
        self.position += 1
        return token

    def accept(self, *texts: str) -> Token | None:
        token = self.peek()
        return self.take() if token.kind in ("operator", "word") and token.text in texts else None

    def require(self, text: str) -> None:
        if not self.accept(text):
            self.fail(f"这里应有“{text}”")

    def disjunction(self) -> Expression:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            self.fail(f"括号套得太深，最多 {_MAX_DEPTH} 层")
        left = self._joined("或", self._conjunction)
        self.depth -= 1
        return left

    def _conjunction(self) -> Expression:
        return self._joined("且", self._negation)

    def _joined(self, word: str, operand: Callable[[], Expression]) -> Expression:
        left = operand()
        while self.accept(word):
            offset = self.peek().offset
            right = operand()
            for side in (left, right):
                self._must_be(side, TRUTH, offset, f"“{word}”两边")
            left = Expression(
                self.source, TRUTH, _both(left, right) if word == "且" else _either(left, right)
            )
        return left

    def _negation(self) -> Expression:
        negations = 0
        while self.accept("非"):
            negations += 1
        offset = self.peek().offset
        operand = self._comparison()
        if not negations:
            return operand
        self._must_be(operand, TRUTH, offset, "“非”后面")
        inner = operand.evaluate
        odd = negations % 2 == 1
        return Expression(self.source, TRUTH, lambda subject, trail: inner(subject, trail) != odd)

    def _comparison(self) -> Expression:
        left = self._sum()
        token = self.accept(*_COMPARISONS)
        if token is None:
            return left
        right = self._sum()
        if left.type != right.type:
            self.fail(f"“{token.text}”左边是{left.type}、右边是{right.type}，不能比较", token.offset)
        if left.type in (TEXT, TRUTH) and token.text not in ("=", "!="):
            self.fail(f"{left.type}不分大小，只能用 = 或 ≠ 比较", token.offset)
        if self.peek().text in _COMPARISONS:
            self.fail("不能连续比较；请用“且”连接，如 a < b 且 b < c")
        compare, one, other = _COMPARISONS[token.text], left.evaluate, right.evaluate
        return Expression(
            self.source, TRUTH, lambda subject, trail: compare(one(subject, trail), other(subject, trail))
        )

    def _sum(self) -> Expression:
        left = self._product()
        while token := self.accept("+", "-"):
            left = self._arithmetic(token, left, self._product())
        return left

    def _product(self) -> Expression:
        left = self._atom()
        while token := self.accept("*", "/"):
            left = self._arithmetic(token, left, self._atom())
        return left

    def _arithmetic(self, token: Token, left: Expression, right: Expression) -> Expression:
        one, other = left.evaluate, right.evaluate
        if left.type == DATE and token.text in DAY_ARITHMETIC:
            combine_days, result = DAY_ARITHMETIC[token.text].get(right.type, (None, ""))
            if combine_days is None:
                self.fail(f"日期后面的“{token.text}”右边应是天数，这里是{right.type}", token.offset)
            return Expression(
                self.source,
                result,
                lambda subject, trail: combine_days(one(subject, trail), other(subject, trail)),
            )
        for side in (left, right):
            self._must_be(side, NUMBER, token.offset, f"“{token.text}”两边")
        if token.text == "/":
            return Expression(
                self.source,
                NUMBER,
                lambda subject, trail: _divide(one(subject, trail), other(subject, trail)),
            )
        combine = {"+": operator.add, "-": operator.sub, "*": operator.mul}[token.text]
        return Expression(
            self.source, NUMBER, lambda subject, trail: combine(one(subject, trail), other(subject, trail))
        )

    def _must_be(self, operand: Expression, wanted: str, offset: int, where: str) -> None:
        if operand.type != wanted:
            self.fail(f"{where}应是{wanted}，这里是{operand.type}", offset)

    def _atom(self) -> Expression:
        token = self.take()
        if token.kind == "number":
            value = Decimal(token.text) if "." in token.text else int(token.text)
            return Expression(self.source, NUMBER, lambda _subject, _trail: value)
        if token.kind == "text":
            return Expression(self.source, TEXT, lambda _subject, _trail: token.text[1:-1])
        if token.kind == "day":
            return self._day(token)
        if token.kind == "operator" and token.text == "(":
            inner = self.disjunction()
            self.require(")")
            return inner
        if token.kind == "operator" and token.text == "-":
            return self._negative(token)
        if token.kind == "name":
            return (
                self._call(token)
                if self.peek().text == "(" and self.peek().kind == "operator"
                else self._item(token)
            )
        return self.fail("表达式不完整" if token.kind == "end" else f"这里不应有“{token.text}”", token.offset)

    def _negative(self, token: Token) -> Expression:
        """A number behind one minus sign or several."""
        negative = True
        while self.accept("-"):
            negative = not negative
        operand = self._atom()
        self._must_be(operand, NUMBER, token.offset, "负号后面")
        if not negative:
            return operand
        return Expression(self.source, NUMBER, lambda subject, trail: -operand.evaluate(subject, trail))

    def _day(self, token: Token) -> Expression:
        try:
            day_of(token.text, 2024)
        except ValueError as error:
            self.fail(str(error), token.offset)
        return Expression(self.source, DATE, lambda subject, _trail: day_for(subject, token.text))

    def _item(self, token: Token) -> Expression:
        return self._named(token, token.text, self.items.resolve)

    def _sum_of(self) -> Expression:
        """The cells of a group added up, behind 合计."""
        self.require("(")
        token = self.take()
        total = self._named(token, f"{SUM}({token.text})", lambda _: self.items.sum_of(token.text))
        self.require(")")
        return total

    def _named(self, token: Token, name: str, find: Callable[[str], Item]) -> Expression:
        try:
            item = find(token.text)
        except UnknownItemError as error:
            self.fail(name_fault(token.text, str(error)), token.offset)

        def evaluate(subject: Readable, trail: Trail) -> ItemValue:
            value, place = item.get(subject)
            trail[name] = (value, place)
            return value

        return Expression(self.source, item.type, evaluate)

    def _value(self) -> Expression:
        """An item, or the sum of a group, of which it is asked whether the report has it."""
        token = self.take()
        return self._sum_of() if token.text == SUM else self._item(token)

    def _call(self, token: Token) -> Expression:
        if token.text not in FUNCTIONS:
            unknown = f"没有函数“{token.text}”；可用：{'、'.join(FUNCTIONS)}"
            self.fail(name_fault(token.text, unknown), token.offset)
        if token.text == SUM:
            return self._sum_of()
        self.require("(")
        if token.text == "有":
            operand = self._value()
            self.require(")")
            return Expression(self.source, TRUTH, lambda subject, trail: _present(operand, subject, trail))
        if token.text == "值":
            return self._with_default()
        return self._call_on_text(token)

    def _call_on_text(self, token: Token) -> Expression:
        """A function of a scope, or of a text that an item is, and some words."""
        searched = self._searched()
        if token.text == "字数":
            self.require(")")
            return Expression(self.source, NUMBER, searched.characters)
        if token.text == "匹配":
            patterns = self._listed(token, lambda: self._pattern(token))
            return Expression(self.source, TRUTH, searched.matching(patterns))
        words = self._listed(token, lambda: self._word(token))
        counted = searched.counting(words)
        if token.text == "含":
            return Expression(self.source, TRUTH, lambda subject, trail: any(counted(subject, trail)))
        return Expression(self.source, NUMBER, lambda subject, trail: sum(counted(subject, trail)))

    def _listed(self, function: Token, take: Callable[[], T]) -> list[T]:
        """What a function looks for, one behind each comma."""
        found: list[T] = []
        while self.accept(","):
            found.append(take())
        self.require(")")
        if not found:
            self.fail(f'{function.text}(范围, "词") 要写明找什么词', function.offset)
        return found

    def _word(self, function: Token) -> Evaluate:
        """A word that is looked for as it stands: in quotes, or the text that an item is."""
        token = self.peek()
        if token.kind == "name":
            self.take()
            item = self._item(token)
            self._must_be(item, TEXT, token.offset, f"“{function.text}”要找的")
            return lambda subject, trail: squeeze(item.evaluate(subject, trail)).text
        word = self._quoted()
        fault = word_fault(function.text, word)
        if fault:
            self.fail(fault, function.offset)
        return lambda _subject, _trail: word

    def _quoted(self) -> str:
        token = self.take()
        if token.kind != "text" or not token.text[1:-1]:
            self.fail("这里应是带引号的词", token.offset)
        return token.text[1:-1]

    def _with_default(self) -> Expression:
        """An item, or another value where the report lacks it; what is there but not legible has no other value."""
        item = self._value()
        self.require(",")
        offset = self.peek().offset
        other = self._atom()
        self._must_be(other, item.type, offset, "没有时用的值")
        self.require(")")

        def evaluate(subject: Readable, trail: Trail) -> Any:
            try:
                return item.evaluate(subject, trail)
            except AbsentError:
                return other.evaluate(subject, trail)

        return Expression(self.source, item.type, evaluate)

    def _pattern(self, function: Token) -> Pattern:
        pattern = compile_pattern(self._quoted())
        try:
            pattern.check()
        except PatternError as error:
            self.fail(f"正则表达式第 {error.offset + 1} 字：{error.text}", function.offset)
        return pattern

    def _searched(self) -> Searched:
        token = self.take()
        fault = scope_faults(token.text, self.section_count)
        if not fault:
            return Searched(token.text)
        if not self.items.knows(token.text):
            self.fail(fault, token.offset)
        item = self._item(token)
        self._must_be(item, TEXT, token.offset, "在哪里找，")
        return Searched(None, item.evaluate)


def _both(left: Expression, right: Expression) -> Evaluate:
    return lambda subject, trail: left.evaluate(subject, trail) and right.evaluate(subject, trail)


def _either(left: Expression, right: Expression) -> Evaluate:
    return lambda subject, trail: left.evaluate(subject, trail) or right.evaluate(subject, trail)


def _divide(left: Decimal | int, right: Decimal | int) -> Decimal:
    if not right:
        raise CannotJudge("除数为 0")
    return Decimal(left) / Decimal(right)


def _present(operand: Expression, subject: Readable, trail: Trail) -> bool:
    try:
        operand.evaluate(subject, trail)
    except AbsentError:
        return False
    return True


def compile_expression(source: str, items: ItemNames, section_count: int) -> Expression:
    """Compile an expression.

    Args:
        source: at most 1000 characters.
        items: the names that it may use.
        section_count: how many sections the forms have.

    Raises:
        ExpressionError: anything wrong with it, with place and caret.
    """
    if len(source) > _MAX_LENGTH:
        raise ExpressionError(
            f"表达式有 {len(source)} 字，最多 {_MAX_LENGTH} 字", _MAX_LENGTH, source[:60] + "…"
        )
    parser = _ExpressionParser(source, items, section_count)
    expression = parser.disjunction()
    if parser.peek().kind != "end":
        parser.fail(f"多出来“{parser.peek().text}”")
    return expression


def truth_fault(expression: Expression) -> str | None:
    """What is wrong with an expression that must be true or false, a Chinese sentence; None if nothing is."""
    if expression.type == TRUTH:
        return None
    return f"表达式的结果应是是非，这里是{expression.type}；请写成比较，如 … > 0"
