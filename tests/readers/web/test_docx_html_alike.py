"""The same report saved as a Word document and as a web page gives the same blocks."""

from word_files import OUTLINE, cell, numbered, p, parse, row, run, table, use

from checker.model.document import Table
from checker.readers.limits import DEFAULT_LIMITS
from checker.readers.web.html import read
from checker.startup.records import replace

GRID = '<w:gridSpan w:val="{}"/>'
WORD = (
    p(run("清溪县林草局"), "<w:r><w:br/></w:r>", run("2024年度报告"), properties='<w:outlineLvl w:val="0"/>')
    + p(run("　　本报告由"), run("县林草局"), run("编制。"))
    + numbered("总体情况", 1)
    + table(
        row(cell("项目", GRID.format(2) + '<w:vMerge w:val="restart"/>'), cell("件数", GRID.format(2))),
        row(cell("", GRID.format(2) + "<w:vMerge/>"), cell("上年"), cell("本年")),
        row(cell("许可", '<w:vMerge w:val="restart"/>'), cell("林木"), cell("3"), cell("４")),
        row(cell("", "<w:vMerge/>"), cell("林地"), cell("12"), cell()),
    )
    + table(row(cell("装在框里的一句话。")))
)
PAGE = """
<h1>清溪县林草局<br>2024年度报告</h1>
<p>&nbsp; &nbsp; 本报告由<span>县林草局</span>编制。</p>
<ol style="list-style-type: cjk-ideographic"><li>总体情况</li></ol>
<table>
  <tr><td rowspan="2" colspan="2">项目</td><td colspan="2">件数</td></tr>
  <tr><td>上年</td><td>本年</td></tr>
  <tr><td rowspan="2">许可</td><td>林木</td><td>3</td><td>４</td></tr>
  <tr><td>林地</td><td>12</td><td>&nbsp;</td></tr>
</table>
<table><tr><td><div>装在框里的一句话。</div></td></tr></table>
"""


def seen(document):
    """The blocks without where they stand in the bytes of a Word file."""
    return [
        replace(block, location=nowhere(block.location), rows=tuple(map(seen_row, block.rows)))
        if isinstance(block, Table)
        else replace(block, location=nowhere(block.location), untidied=None)
        for block in document.blocks
    ]


def seen_row(row):
    return tuple(replace(cell, location=nowhere(cell.location)) for cell in row)


def nowhere(location):
    return replace(location, source=None, start=None, end=None)


def test_both_give_the_same_blocks():
    word = seen(parse(WORD, numbering=OUTLINE + use(1, 7)))
    assert seen(read(PAGE.encode(), "a.html", DEFAULT_LIMITS)) == word
    assert len(word) == 6
