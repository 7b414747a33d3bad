"""Numbers and outline levels that Word takes from lists and styles."""

import pytest
from word_files import OUTLINE, cell, definition, level, numbered, p, parse, row, run, table, texts, use


@pytest.mark.parametrize(
    ("numbering", "items", "expected"),
    [
        (
            OUTLINE + use(1, 7),
            [("甲", 1, 0), ("子", 1, 1), ("丑", 1, 1), ("乙", 1, 0), ("寅", 1, 1), ("卯", 1, 2)],
            ["一、甲", "（一）子", "（二）丑", "二、乙", "（一）寅", "2.1.1 卯"],
        ),
        (OUTLINE + use(1, 7) + use(2, 7), [("甲", 1, 0), ("乙", 2, 0)], ["一、甲", "二、乙"]),
        (
            OUTLINE
            + use(1, 7)
            + use(2, 7, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'),
            [("甲", 1, 0), ("乙", 2, 0), ("丙", 2, 0)],
            ["一、甲", "五、乙", "六、丙"],
        ),
        (
            OUTLINE
            + use(1, 7)
            + use(2, 7, f'<w:lvlOverride w:ilvl="0">{level(0, "decimal", "%1.")}</w:lvlOverride>'),
            [("甲", 1, 0), ("乙", 2, 0)],
            ["一、甲", "2.乙"],
        ),
        (definition(1, level(0, "decimal", "第%1条", start=3)) + use(1, 1), [("甲", 1, 0)], ["第3条 甲"]),
        (definition(1, level(0, "bullet", "•")) + use(1, 1), [("甲", 1, 0)], ["甲"]),
        (
            definition(1, level(0, "decimal", "%1."), level(1, "decimal", "%2)", '<w:lvlRestart w:val="0"/>'))
            + use(1, 1),
            [("甲", 1, 0), ("子", 1, 1), ("乙", 1, 0), ("丑", 1, 1)],
            ["1.甲", "1)子", "2.乙", "2)丑"],
        ),
        (OUTLINE + use(1, 7), [("甲", 0, 0), ("乙", 9, 0), ("丙", 1, 99)], ["甲", "乙", "丙"]),
        (
            definition(1, '<w:numStyleLink w:val="S"/>')
            + definition(2, '<w:styleLink w:val="S"/>', level(0, "decimal", "%1)"))
            + use(1, 1),
            [("甲", 1, 0)],
            ["1)甲"],
        ),
        (
            definition(1, '<w:numStyleLink w:val="S"/><w:styleLink w:val="S"/>') + use(1, 1),
            [("甲", 1, 0)],
            ["甲"],
        ),
    ],
    ids=[
        "levels",
        "shared",
        "restarted",
        "shown otherwise",
        "start",
        "bullet",
        "never restarted",
        "off",
        "linked",
        "ring",
    ],
)
def test_automatic_numbers(numbering, items, expected):
    document = parse("".join(numbered(*item) for item in items), numbering=numbering)
    assert texts(document) == expected


def test_numbers_come_through_styles():
    numbering = definition(
        1, level(0, "decimal", "%1、"), level(1, "decimal", "%2）", '<w:pStyle w:val="b"/>')
    )
    styles = (
        '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="标题 1"/>'
        '<w:pPr><w:numPr><w:numId w:val="4"/>'
        '</w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/><w:pPr>'
        '<w:outlineLvl w:val="1"/></w:pPr></w:style><w:style w:styleId="c"><w:basedOn w:val="a"/><w:pPr>'
        '<w:outlineLvl w:val="9"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>'
    )
    body = "".join(p(run("文"), properties=f'<w:pStyle w:val="{name}"/>') for name in "abcd")
    document = parse(body, styles, numbering + use(4, 1))
    assert [(block.text, block.heading) for block in document.blocks] == [
        ("1、文", 1),
        ("1）文", 2),
        ("文", None),
        ("文", None),
    ]


def test_an_empty_numbered_cell_shows_its_number():
    document = parse(table(row(f"<w:tc>{numbered('', 1)}</w:tc>", cell("甲"))), numbering=OUTLINE + use(1, 7))
    assert texts(document) == [[["一、", "甲"]]]


@pytest.mark.parametrize(
    ("properties", "heading"),
    [
        ('<w:pStyle w:val="h"/>', 2),
        ('<w:pStyle w:val="h"/><w:outlineLvl w:val="0"/>', 1),
        ('<w:pStyle w:val="h"/><w:outlineLvl w:val="9"/>', None),
        ('<w:pStyle w:val="ring"/>', None),
        ("", 3),
    ],
)
def test_headings(properties, heading):
    styles = (
        '<w:style w:styleId="h"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:styleId="ring"><w:basedOn w:val="gnir"/></w:style>'
        '<w:style w:styleId="gnir"><w:basedOn w:val="ring"/></w:style>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="n">'
        '<w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>'
    )
    (paragraph,) = parse(p(run("甲"), properties=properties), styles).blocks
    assert paragraph.heading == heading


def test_hidden_character_styles():
    styles = '<w:style w:styleId="x"><w:rPr><w:vanish/></w:rPr></w:style>'
    assert texts(parse(p(run("看"), run("不见", '<w:rStyle w:val="x"/>')), styles)) == ["看"]
