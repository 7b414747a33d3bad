"""Broken and hostile Word documents: refused by name, never an error of another kind."""

import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from word_files import OUTLINE, SPAN, cell, numbered, p, pack, parse, parts, row, run, table, use

from checker.model.errors import UnreadableError
from checker.readers.limits import DEFAULT_LIMITS, Limits
from checker.readers.word.docx import read


def broken(change):
    built = parts(p(run("甲")))
    change(built)
    return pack(built)


def encrypted():
    data = bytearray(pack(parts(p(run("甲")))))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := data.find(signature, start)) >= 0:
            data[start + offset] |= 1
            start += 4
    return bytes(data)


DEEP = "<w:sdt>" * 5000 + "</w:sdt>" * 5000
LAUGHS = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><d>&b;</d>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "damaged"),
        (b"PK\x03\x04 no zip", "damaged"),
        (pack(parts(p(run("甲"))))[:-40], "damaged"),
        (
            pack(parts(p(run("甲" * 50))), zipfile.ZIP_STORED).replace("甲".encode(), "乙".encode(), 1),
            "damaged",
        ),
        (broken(lambda built: built.pop("word/document.xml")), "damaged"),
        (broken(lambda built: built.pop("_rels/.rels")), "damaged"),
        (broken(lambda built: built.update({"word/document.xml": "<w:document"})), "damaged"),
        (broken(lambda built: built.update({"word/document.xml": "<workbook/>"})), "damaged"),
        (broken(lambda built: built.update({"word/document.xml": LAUGHS})), "damaged"),
        (broken(lambda built: built.update({"word/styles.xml": LAUGHS})), "damaged"),
        (broken(lambda built: built.update({"word/document.xml": LAUGHS.encode("utf-16")})), "damaged"),
        (
            broken(
                lambda built: built.update(
                    {"word/document.xml": '<?xml version="1.0" encoding="gb2312"?><a/>'}
                )
            ),
            "damaged",
        ),
        (pack(parts(p(run("甲"))), zipfile.ZIP_BZIP2), "damaged"),
        (encrypted(), "encrypted"),
        (pack(parts(DEEP)), "too_large"),
        (pack(parts(numbering=DEEP)), "too_large"),
        (pack(parts(p(run("0" * 2_000_000)))), "too_large"),
        (
            pack(
                parts(table(*(row(cell("1"), properties=f'<w:gridBefore w:val="{n}"/>') for n in range(600))))
            ),
            "too_large",
        ),
        (pack(parts(p(run("甲"))) | {f"{number}": "" for number in range(5001)}), "too_large"),
    ],
)
def test_bad_files_are_refused_by_name(data, code):
    with pytest.raises(UnreadableError) as caught:
        read(data, "a.docx", DEFAULT_LIMITS)
    assert caught.value.code == code
    assert caught.value.text.endswith("。")


@pytest.mark.parametrize("limits", [Limits(part_bytes=2000), Limits(total_bytes=2500), Limits(paragraphs=2)])
def test_limits_are_counted(limits):
    with pytest.raises(UnreadableError) as caught:
        read(pack(parts(p(run("甲")) * 60)), "a.docx", limits)
    assert caught.value.code == "too_large"


SMALL = pack(
    parts(
        numbered("甲", 1) + table(row(cell("1", SPAN.format(2)), cell("2", "<w:vMerge/>"))),
        numbering=OUTLINE + use(1, 7),
    )
)
OPEN = pack(parts(p(run("甲")) + table(row(cell("1"), cell("2")))), zipfile.ZIP_STORED)


@given(
    st.sampled_from([SMALL, OPEN]),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=8),
    st.floats(0, 1),
)
def test_damage_never_escapes_as_another_error(data, changes, kept):
    damaged = bytearray(data)
    for place, value in changes:
        damaged[int(place * len(damaged))] = value
    try:
        read(bytes(damaged[: int(kept * len(damaged))] if changes else damaged), "a.docx", DEFAULT_LIMITS)
    except UnreadableError as error:
        assert error.text  # noqa: PT017 - reading may as well succeed


TAGS = [
    "p",
    "r",
    "t",
    "tbl",
    "tr",
    "tc",
    "pPr",
    "rPr",
    "trPr",
    "tcPr",
    "del",
    "ins",
    "vanish",
    "br",
    "numId",
    "ilvl",
    "gridSpan",
    "vMerge",
    "gridBefore",
    "gridCol",
    "txbxContent",
    "sdt",
    "outlineLvl",
    "rStyle",
    "pStyle",
]


@given(
    st.recursive(
        st.just(""),
        lambda inner: st.builds(
            lambda tag, value, children: f'<w:{tag} w:val="{value}">{"".join(children)}</w:{tag}>',
            st.sampled_from(TAGS),
            st.sampled_from(["", "0", "2", "-7", "x", "99999999999999999999", "continue"]),
            st.lists(inner, max_size=4),
        ),
        max_leaves=30,
    )
)
def test_elements_in_any_order_do_no_harm(body):
    parse(body)
