"""What can be wrong in every format: the file is damaged, the characters are not what they look like."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from samples import COUNTY_2023, SampleReport

from checker.model.document import Table
from checker.startup.records import replace as with_other

from .case import FORMATS, TARGET, Case, given, one_file, reads_as_doubtful
from .drawing import FIGURE, draw, kept

_BINARY: Final = ("doc", "wps")
"""Formats that no script writes: bytes of a kept file are changed."""
_PASSES: Final = {"status": ["checked"], "verdict": ["pass"], "clean": True, "exit": [0], "values": [TARGET]}
_PACKED: Final = frozenset(("docx", "odt", "ofd", "xlsx", "zip"))


def whole(format_name: str) -> bytes:
    """The report without a fault."""
    return kept("county.doc") if format_name in _BINARY else draw(format_name)


def cases() -> Iterator[Case]:
    """All of this module."""
    for name in FORMATS:
        yield _in_a_package(one_file("plain/whole", name, whole(name), quick=True, **_PASSES))
        yield from _damaged(name)
        yield from map(_in_a_package, _characters(name))


def _in_a_package(case: Case) -> Case:
    """In a mail the text beside the attachment is an entry of its own."""
    if case.format != "eml":
        return case
    exits = {"exit": case.expect["exit"]} if "exit" in case.expect else {}
    of_report = {key: value for key, value in case.expect.items() if key != "exit"}
    return replace(case, expect={**exits, "of": {"report.txt": of_report}})


def _damaged(name: str) -> Iterator[Case]:
    data = whole(name)
    size = len(data)
    ends = {"status": ["checked", "unreadable", "skipped"], "whole": True}
    yield one_file("damaged/empty", name, b"", status=["unreadable", "skipped"], exit=[2, 3])
    for part in (25, 50, 75, 97):
        cut = data[: size * part // 100]
        known = {"status": ["unreadable"], "exit": [3]} if name in _PACKED else ends
        yield one_file(f"damaged/cut_at_{part}", name, cut, quick=part == 50 and name in _PACKED, **known)
    hole = size // 2
    yield one_file("damaged/hole", name, data[:hole] + bytes(600) + data[hole + 600 :], **ends)
    for seed in (1, 2):
        chance = random.Random(f"{name}{seed}")  # noqa: S311 - damage, no secrets
        bytes_ = bytearray(data)
        for _ in range(12):
            bytes_[chance.randrange(size)] ^= 1 << chance.randrange(8)
        yield one_file(f"damaged/bits_{seed}", name, bytes(bytes_), **ends)
    yield one_file("damaged/doubled", name, data + data, **ends)
    yield one_file("damaged/junk_before", name, bytes(range(200, 256)) * 9 + data, **ends)
    other = "pdf" if name != "pdf" else "docx"
    disguised = Case(f"damaged/other_suffix.{name}", name, given(data, f"报告.{other}"), ends)
    yield disguised


def _folds() -> dict[str, dict[str, str]]:
    """Look-alikes of common ideographs by kind."""
    kangxi = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0x2F00, 0x2FD6)}
    compatible = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFAD9, 0xF900, -1)}
    return {
        "kangxi": kangxi,
        "radicals": {"长": "⻓", "门": "⻔", "见": "⻅", "页": "⻚", "车": "⻋"},
        "compatible": compatible,
    }


_FULL_WIDTH: Final = {str(digit): chr(0xFF10 + digit) for digit in range(10)}
_FULL_FORMS: Final[Mapping[str, Mapping[str, str]]] = {**_folds(), "full_width": _FULL_WIDTH}
_CELLS: Final = {
    "zero_width": ("18\u200b234", True), "joiner": ("1\u200d8\u2060234", True), "mark_before": ("\ufeff18234", True),
    "soft_hyphen": ("182\u00ad34", True), "direction": ("\u200e18234\u200f", True), "no_break": ("\u00a018234\u2007", True),
    "wide_digits": ("１８２３４", True), "private": ("\ue0a1\ue0a8\ue0a2\ue0a3\ue0a4", False), "mathematical": ("𝟏𝟖𝟐𝟑𝟒", False),
    "arabic": ("١٨٢٣٤", False), "circled": ("①⑧②③④", False), "raised": ("18234¹", False), "circle_beside": ("18234①", False),
    "private_beside": ("18234\ue000", False), "bracketed": ("18234[1]", False), "long": ("9" * 4000, False),
    "reversed": ("\u202e43281\u202c", False), "tag": ("18\U000e0032234", True), "chosen_glyph": ("18234\U000e0101", True), "arabic_mark": ("\u061c18234", True),
}  # fmt: skip
"""Texts of the target cell, and whether there is no doubt about them."""


@dataclass(frozen=True)
class Translated:
    """A report with other characters."""

    report: SampleReport
    characters: Mapping[str, str]

    @property
    def title(self) -> str:
        """Its title."""
        return self._other(self.report.title)

    @property
    def published(self) -> str | None:
        """As the report."""
        return self.report.published

    def flow(self) -> Iterator[tuple[str, str | Table]]:
        """As `SampleReport.flow`."""
        for kind, item in self.report.flow():
            if isinstance(item, Table):
                rows = tuple(
                    tuple(with_other(cell, text=self._other(cell.text)) for cell in row) for row in item.rows
                )
                yield kind, Table(rows, item.location)
            else:
                yield kind, self._other(item)

    def _other(self, text: str) -> str:
        return text if text == FIGURE else "".join(self.characters.get(char, char) for char in text)


def _characters(name: str) -> Iterator[Case]:
    for kind, folds in _FULL_FORMS.items():
        if name in _BINARY:
            yield one_file(f"characters/{kind}", name, _same_length(folds), **_PASSES)
            continue
        report = Translated(COUNTY_2023, folds)
        # A whole report in full-width digits breaks addresses and links; here only the figures matter.
        expect = {"status": ["checked"], "values": [TARGET]} if kind == "full_width" else _PASSES
        data = draw(name, _written(name, "１８２３４") if kind == "full_width" else FIGURE, report)  # type: ignore[arg-type]
        yield one_file(f"characters/{kind}", name, data, quick=name in ("docx", "html", "odt"), **expect)
    for kind, (text, certain) in _CELLS.items():
        if name in _BINARY:
            if len(text.encode("utf-16-le")) == 2 * len(FIGURE):
                yield one_file(
                    f"characters/{kind}",
                    name,
                    _same_length({FIGURE: text}),
                    **_expected(kind, certain=certain),
                )
            continue
        if kind == "long" and name == "pdf":
            continue  # a page holds no such cell
        data = draw(name, _written(name, text))
        yield one_file(
            f"characters/{kind}", name, data, quick=kind == "zero_width", **_expected(kind, certain=certain)
        )


def _written(name: str, text: str) -> str:
    if name != "rtf":
        return text
    return "".join(f"\\u{int.from_bytes(unit, 'little', signed=True)}?" for unit in _units(text))


def _units(text: str) -> Iterator[bytes]:
    data = text.encode("utf-16-le")
    return (data[place : place + 2] for place in range(0, len(data), 2))


def _expected(kind: str, *, certain: bool) -> dict[str, object]:
    if kind == "long":
        return {"status": ["checked"], "never": [(*TARGET[:3], "9" * 4000)]}
    return {"status": ["checked"], "values": [TARGET]} if certain else reads_as_doubtful()


def _same_length(characters: Mapping[str, str]) -> bytes:
    """The kept DOC with other characters of two bytes; its fields and styles are let alone."""
    data = kept("county.doc")
    first = data.index("禾川县人民政府".encode("utf-16-le"))
    last = data.rindex("2024年3月12日".encode("utf-16-le"), first) + 20
    text = data[first:last].decode("utf-16-le", "surrogatepass")
    for old, new in characters.items():
        if len(old) == len(new) == len(new.encode("utf-16-le")) // 2:
            text = text.replace(old, new)
    return data[:first] + text.encode("utf-16-le", "surrogatepass") + data[last:]
