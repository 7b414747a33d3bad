"""Ways to spoil a clean report: each operator changes one thing, as a hand slips at one place.

An operator is a generator over a sample that yields every place where it can be applied; the caller draws
from them. Nothing here knows what a form or a report says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any, Final

from checker.model.forms import Address, FormTable
from checker.model.numerals import numeral, parse_cell
from checker.model.report import Field
from checker.startup.records import dataclass
from checker.workbench.mutation.samples import Sample, cell_name, with_cells, with_text
from checker.workbench.sample_subject import Given

Change = tuple[str, Given]
"""What was done, in Chinese, and what the spoilt report is built from."""


@dataclass(frozen=True, slots=True)
class Operator:
    """A way to spoil a report, or with `of_run` a whole run; `title` is Chinese."""

    key: str
    title: str
    apply: Callable[[Sample], Iterator[Change]]
    of_run: bool = False


# ---- cells -------------------------------------------------------------------------------------------------


def _cells(sample: Sample) -> Iterator[tuple[FormTable, Address, str]]:
    for table in sample.form.tables.values():
        for address in table.addresses():
            yield table, address, sample.figure(table.key, address)


def _set(sample: Sample, table: FormTable, address: Address, value: str) -> Change:
    name = cell_name(table.key, address)
    return f"{name}：{sample.figure(table.key, address)} 改为 {value or '空白'}", with_cells(
        sample, {name: value}
    )


def _each_figure(
    make: Callable[[str], str | None], *, zero: bool = False
) -> Callable[[Sample], Iterator[Change]]:
    """An operator that rewrites single figures; `zero` for cells that hold 0, else for the others."""

    def apply(sample: Sample) -> Iterator[Change]:
        for table, address, text in _cells(sample):
            value = make(text) if (text == "0") is zero else None
            if value is not None and value != text:
                yield _set(sample, table, address, value)

    return apply


def _other_digit(text: str) -> str | None:
    """The last digit one higher, as a finger on the next key."""
    return text[:-1] + str((int(text[-1]) + 1) % 10) if text[-1:].isdigit() else None


def _turned_digits(text: str) -> str | None:
    return text[1] + text[0] + text[2:] if re.match(r"[1-9]{2}", text) else None


def _ten_thousandfold(sample: Sample) -> Iterator[Change]:
    """A sum of money in the smaller unit."""
    for table, address, text in _cells(sample):
        value = parse_cell(text).value
        if table.number_type(*address) == "money" and value:
            yield _set(sample, table, address, f"{value * 10_000:f}".split(".")[0])


def _swapped(sample: Sample) -> Iterator[Change]:
    """Two neighbouring figures in each other's cell."""
    for table, address, text in _cells(sample):
        for other in _neighbours(table, address):
            second = sample.figure(table.key, other)
            if second != text:
                names = cell_name(table.key, address), cell_name(table.key, other)
                yield (
                    f"{names[0]} 与 {names[1]} 对调（{text}、{second}）",
                    with_cells(sample, {names[0]: second, names[1]: text}),
                )


def _neighbours(table: FormTable, address: Address) -> Iterator[Address]:
    """The cell to the right and the cell below."""
    rows, columns = list(table.rows), [column for row, column in table.addresses() if row == address[0]]
    place = columns.index(address[1])
    if place + 1 < len(columns):
        yield address[0], columns[place + 1]
    below = rows.index(address[0]) + 1
    if below < len(rows) and (rows[below], address[1]) in table.order:
        yield rows[below], address[1]


def _shifted(sample: Sample) -> Iterator[Change]:
    """A row of figures one cell too far to the right."""
    for table in sample.form.tables.values():
        for row in table.rows:
            addresses = [address for address in table.addresses() if address[0] == row]
            figures = [sample.figure(table.key, address) for address in addresses]
            moved = ["0", *figures[:-1]]
            if moved != figures and len(addresses) > 1:
                names = (cell_name(table.key, address) for address in addresses)
                yield (
                    f"{table.key}[{row}] 整行右移一格",
                    with_cells(sample, dict(zip(names, moved, strict=True))),
                )


def _blank_columns(sample: Sample) -> Iterator[Change]:
    for table in sample.form.tables.values():
        for column in table.columns:
            addresses = [address for address in table.addresses() if address[1] == column]
            yield f"{table.key}[, {column}] 整列空白", _blanked(sample, table, addresses)


def _blank_tables(sample: Sample) -> Iterator[Change]:
    for table in sample.form.tables.values():
        yield f"{table.key} 整表空白", _blanked(sample, table, list(table.addresses()))


def _blanked(sample: Sample, table: FormTable, addresses: list[Address]) -> Given:
    return with_cells(sample, {cell_name(table.key, address): "" for address in addresses})


# ---- tables ------------------------------------------------------------------------------------------------


def _dropped_lines(sample: Sample) -> Iterator[Change]:
    for table in sample.form.tables.values():
        left_out = [f"{table.key}[{row}]" for row in table.rows]
        left_out += [f"{table.key}[, {column}]" for column in table.columns]
        for words in left_out:
            yield f"去掉 {words}", {**sample.given, "without": [words]}


def _dropped_tables(sample: Sample) -> Iterator[Change]:
    for key in sample.form.tables:
        yield f"去掉 {key}", {**sample.given, "without": [key]}


def _odd_labels(sample: Sample) -> Iterator[Change]:
    """A row label with a character left out."""
    for table in sample.form.tables.values():
        for row in table.rows.values():
            letters = [i for i, character in enumerate(row.label) if "\u4e00" <= character <= "\u9fff"]
            place = letters[len(letters) // 2]
            written = row.label[:place] + row.label[place + 1 :]
            yield (
                f"{table.key} 的“{row.label}”写成“{written}”",
                {**sample.given, "labels": {row.label: written}},
            )


# ---- sections ----------------------------------------------------------------------------------------------


def _dropped_sections(sample: Sample) -> Iterator[Change]:
    """A section with its text and table left out; those behind it close up."""
    for section in sample.form.sections:
        number = str(section.number)
        order = [other.number for other in sample.form.sections if other.number != section.number]
        yield (
            f"去掉第{numeral(section.number)}部分",
            {**sample.given, "order": order, "headings": {number: None}},
        )


def _swapped_sections(sample: Sample) -> Iterator[Change]:
    numbers = [section.number for section in sample.form.sections]
    for place in range(len(numbers) - 1):
        order = [*numbers[:place], numbers[place + 1], numbers[place], *numbers[place + 2 :]]
        yield f"第{numeral(place + 1)}、{numeral(place + 2)}部分对调", {**sample.given, "order": order}


def _wrong_numerals(sample: Sample) -> Iterator[Change]:
    for section in sample.form.sections:
        for other in (section.number - 1, section.number + 1):
            if other:
                heading = f"{numeral(other)}、{section.title}"
                yield (
                    f"第{numeral(section.number)}部分的编号写成“{numeral(other)}”",
                    _headed(sample, section.number, heading),
                )


def _odd_headings(sample: Sample) -> Iterator[Change]:
    for section in sample.form.sections:
        for title in section.odd:
            heading = f"{numeral(section.number)}、{title}"
            yield (
                f"第{numeral(section.number)}部分的标题写成“{title}”",
                _headed(sample, section.number, heading),
            )


def _headed(sample: Sample, number: int, heading: str) -> Given:
    return {**sample.given, "headings": {str(number): heading}}


def _emptied_sections(sample: Sample) -> Iterator[Change]:
    for number in sample.texts():
        yield f"第 {number} 部分没有文字", with_text(sample, number, None)


# ---- text --------------------------------------------------------------------------------------------------

_SENTENCE: Final = re.compile(r"[^。；\n]+[。；]?")
_PARAGRAPH: Final = re.compile(r"[^\n]+")
_CLAUSE: Final = re.compile(r"[^，。；\n]+[，。；]?")
_YEAR: Final = re.compile(r"20[0-9]{2}(?=年)")
_NUMBER: Final = re.compile(r"(?<![0-9.〔-])[1-9][0-9]{0,3}(?![0-9.年月日号〕]|-)")
_MARK: Final = re.compile(r"[，。；]")
_PAIRED: Final = re.compile(r"[（）“”《》]")


def _text_pieces(
    pattern: re.Pattern[str], make: Callable[[str], Iterator[str]], words: str
) -> Callable[[Sample], Iterator[Change]]:
    """An operator that rewrites every piece of text that the pattern matches.

    `words` say what it does: {} is the piece, a second {} what it becomes.
    """

    def apply(sample: Sample) -> Iterator[Change]:
        for number, text in sample.texts().items():
            for match in pattern.finditer(text):
                for piece in make(match[0]):
                    changed = text[: match.start()] + piece + text[match.end() :]
                    description = f"第 {number} 部分{words.format(_short(match[0]), piece)}"
                    yield description, with_text(sample, number, changed)

    return apply


def _short(text: str) -> str:
    return text if len(text) <= 20 else text[:19] + "…"  # noqa: PLR2004  # fits a line


def _nothing(_piece: str) -> Iterator[str]:
    yield ""


def _twice(piece: str) -> Iterator[str]:
    yield piece + piece


def _one_off(piece: str) -> Iterator[str]:
    yield str(int(piece) - 1)
    yield str(int(piece) + 1)


def _title_slips(sample: Sample) -> Iterator[Change]:
    """A title without its year, its body or one character, or with the year before."""
    title, year = str(sample.given["title"]), sample.given["year"]
    agency = sample.given.get("agency", "")
    slips = [
        title.replace(f"{year}年", ""),
        title.replace(agency, ""),
        title.replace(str(year), str(year - 1)),
    ]
    start = title.find(sample.form.report_names[0])
    slips += [title[:place] + title[place + 1 :] for place in range(start, len(title))]
    for written in dict.fromkeys(slips):
        if written != title:
            yield f"标题写成“{written}”", {**sample.given, "title": written}


def _dropped_fields(sample: Sample) -> Iterator[Change]:
    """A contact, an address or another field left out of the text."""
    for field in _fields(sample):
        number = str(field.place.section)
        text = sample.texts().get(number, "")
        if field.raw and field.raw in text:
            yield f"去掉“{_short(field.raw)}”", with_text(sample, number, text.replace(field.raw, "", 1))


def _short_numbers(sample: Sample) -> Iterator[Change]:
    """A postcode or telephone number that lacks its last digit."""
    for field in _fields(sample):
        number = str(field.place.section)
        text = sample.texts().get(number, "")
        match = re.search(r"[0-9-]{5,}", field.raw)
        if match and match[0] in text:
            changed = text.replace(match[0], match[0][:-1], 1)
            yield f"“{match[0]}”少一位", with_text(sample, number, changed)


def _fields(sample: Sample) -> Iterator[Field]:
    for values in sample.report.fields.values():
        yield from values


# ---- signature and dates -----------------------------------------------------------------------------------

_DATE: Final = re.compile(r"(20[0-9]{2})年([0-9]{1,2})月([0-9]{1,2})日")
_DAYS: Final = (-365, -30, 20, 60, 365)


def _signature_slips(sample: Sample) -> Iterator[Change]:
    """No signature, half of one, or one on another day."""
    signature = str(sample.given.get("signature", ""))
    name, _, day = signature.partition("/")
    for words, written in (("没有落款", None), ("落款没有日期", name), ("落款没有单位", day)):
        yield words, {**sample.given, "signature": written}
    match = _DATE.search(signature)
    for days in _DAYS if match else ():
        moved = date(*map(int, match.groups())) + timedelta(days=days)  # type: ignore[union-attr]  # checked
        written = f"{moved.year}年{moved.month}月{moved.day}日"
        yield f"落款日期写成{written}", {**sample.given, "signature": _DATE.sub(written, signature)}


def _publication_slips(sample: Sample) -> Iterator[Change]:
    published: Any = sample.given.get("published")
    for days in _DAYS if published else ():
        moved = (date.fromisoformat(published) + timedelta(days=days)).isoformat()
        yield f"发布日期是{moved}", {**sample.given, "published": moved}


def _damaged(sample: Sample) -> Iterator[Change]:
    yield "文件打不开", {**sample.given, "damaged": True}


OPERATORS: Final = (
    Operator("digit", "改一个数", _each_figure(_other_digit)),
    Operator("turned", "数字颠倒", _each_figure(_turned_digits)),
    Operator("filled", "把 0 填成 1", _each_figure(lambda _: "1", zero=True)),
    Operator("blank", "漏填一格", _each_figure(lambda _: "")),
    Operator("blank_zero", "漏填一格 0", _each_figure(lambda _: "", zero=True)),
    Operator("unit", "格子里写了单位", _each_figure(lambda text: f"{text}件")),
    Operator("negative", "填成负数", _each_figure(lambda text: f"-{text.lstrip('-')}")),
    Operator("fraction", "填成小数", _each_figure(lambda text: f"{text.partition('.')[0]}.5")),
    Operator("words", "格子里写了字", _each_figure(lambda _: "见附件")),
    Operator("money", "金额用错单位", _ten_thousandfold),
    Operator("swap", "两格对调", _swapped),
    Operator("shift", "整行错位", _shifted),
    Operator("blank_column", "整列空白", _blank_columns),
    Operator("blank_table", "整表空白", _blank_tables),
    Operator("drop_line", "缺一行或一列", _dropped_lines),
    Operator("drop_table", "缺一张表", _dropped_tables),
    Operator("label", "行的名称漏字", _odd_labels),
    Operator("drop_section", "缺一个部分", _dropped_sections),
    Operator("swap_sections", "部分颠倒", _swapped_sections),
    Operator("numeral", "部分编号写错", _wrong_numerals),
    Operator("heading", "部分标题写得不规范", _odd_headings),
    Operator("empty_section", "部分没有文字", _emptied_sections),
    Operator("drop_sentence", "漏一句话", _text_pieces(_SENTENCE, _nothing, "漏了“{}”")),
    Operator("drop_paragraph", "漏一段", _text_pieces(_PARAGRAPH, _nothing, "漏了“{}”")),
    Operator("drop_clause", "漏半句话", _text_pieces(_CLAUSE, _nothing, "漏了“{}”")),
    Operator("twice", "一句话写两遍", _text_pieces(_SENTENCE, _twice, "写了两遍“{}”")),
    Operator("year", "文中年份差一年", _text_pieces(_YEAR, _one_off, "“{}”写成“{}”")),
    Operator("number", "文中数字差一", _text_pieces(_NUMBER, _one_off, "“{}”写成“{}”")),
    Operator("drop_number", "文中漏填数字", _text_pieces(_NUMBER, _nothing, "漏填“{}”")),
    Operator("mark", "标点重复", _text_pieces(_MARK, _twice, "标点“{}”写成“{}”")),
    Operator("half_pair", "括号引号只剩一半", _text_pieces(_PAIRED, _nothing, "漏了“{}”")),
    Operator("title", "标题写错", _title_slips),
    Operator("field", "缺一项联系方式或要素", _dropped_fields),
    Operator("short_number", "号码少一位", _short_numbers),
    Operator("signature", "落款写错", _signature_slips),
    Operator("published", "发布日期不对", _publication_slips),
    Operator("damaged", "文件损坏", _damaged),
)
"""All operators on single reports, in the order of what is told about them."""
