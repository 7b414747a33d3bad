"""The menu beside a printed web page is read before the text and stands in no line of it."""

import pytest
from pdf_writer import Page, write

from checker.readers.limits import DEFAULT_LIMITS
from checker.readers.page.pdf import read

MENU = ["信息公开指南", "信息公开制度", "年度报告"]
TEXT = "上表由仓库逐月登记，年底由两人核对，没有出入，账目已经公开，群众可以到办事大厅查阅" * 4 + "。"
WIDTH, LEFT = 34, 200


def page(menu=MENU, *, x=60, top=760, size=10, lines=True):
    """Text in a column at the right, the lines of a menu beside its first ones."""
    made = Page()
    y = top
    for number, start in enumerate(range(0, len(TEXT) if lines else WIDTH, WIDTH)):
        made.text(LEFT + (20 if not number else 0), y, TEXT[start : start + WIDTH - 2 * (not number)], 10)
        y -= 18
    for number, line in enumerate(menu):
        made.text(x, top - 9 - 27 * number, line, size)
    return made


def paragraphs(*pages):
    return [p.text for p in read(write(list(pages)), "年报.pdf", DEFAULT_LIMITS).paragraphs()]


@pytest.mark.parametrize("top", [760, 769, 751])
def test_a_menu_beside_the_text(top):
    texts = paragraphs(page(top=top))
    assert texts[: len(MENU)] == MENU
    assert len(texts) == len(MENU) + 1


def test_lines_of_the_menu_level_with_the_text():
    made = page([])
    for number, line in enumerate(MENU):
        made.text(60, 760 - 36 * number, line, 10)
    texts = paragraphs(made)
    assert texts[:-1] == MENU
    assert not any(line in texts[-1] for line in MENU)


@pytest.mark.parametrize(
    "made",
    [
        page(["信息公开指南"]),
        page([]),
        page(MENU, lines=False),
        page(["信息公开工作年度报告和指南" * 2] * 3, x=20, size=6),
    ],
    ids=["one line", "none", "too little text", "wide lines"],
)
def test_no_menu(made):
    document = read(write([made]), "年报.pdf", DEFAULT_LIMITS)
    assert sorted("".join(p.text for p in document.paragraphs()).replace(" ", "")) == sorted(
        "".join(read_text(made))
    )


def read_text(made):
    """All characters that were put on a page."""
    for line in made.content:
        code = line.partition("<")[2].partition(">")[0]
        yield bytes.fromhex(code).decode("utf-16-be")


def test_what_a_site_says_above_the_text_is_left_out_but_for_the_day():
    made = page([], top=700)
    made.text(60, 780, "当前位置：首页 > 信息公开 > 年度报告", 10)
    made.text(60, 760, "发布日期：2024-01-05 来源：某局 浏览次数：12", 10)
    document = read(write([made]), "年报.pdf", DEFAULT_LIMITS)
    assert len(list(document.paragraphs())) == 1
    assert document.properties["published"] == "2024-01-05"


def test_what_a_site_prints_below_the_text_is_left_out():
    made = page([])
    made.text(200, 600, "某局", 10).text(200, 580, "2024年1月2日", 10)
    made.text(60, 540, "主办单位：某办公室 网站地图 联系我们", 10).text(
        60, 520, "网站标识码：1234567890 版权所有", 10
    )
    assert paragraphs(made)[-1] == "2024年1月2日"
