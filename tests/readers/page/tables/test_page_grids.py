"""Grids recovered from lines and from gaps, without any file format around them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.model.errors import UnreadableError
from checker.readers.page.printed.ink import Ruling
from checker.readers.page.printed.lines import joint, rows_of, runs_of
from checker.readers.page.tables.aligned import find_aligned
from checker.readers.page.tables.grid import GridCell
from checker.readers.page.tables.ruled import find_ruled, widened
from checker.readers.raw.ideographs import usual_characters


@st.composite
def partitions(draw):
    """A rectangle cut into cells: column and row edges, and the cells in reading order."""
    columns, rows = draw(st.integers(1, 5)), draw(st.integers(1, 6))
    xs, ys = [50.0], [700.0]
    for _ in range(columns):
        xs.append(xs[-1] + draw(st.integers(8, 90)))
    for _ in range(rows):
        ys.append(ys[-1] - draw(st.integers(8, 60)))
    free = {(row, column) for row in range(rows) for column in range(columns)}
    cells = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) not in free:
                continue
            width = draw(st.integers(1, columns - column))
            while width > 1 and any((row, column + step) not in free for step in range(width)):
                width -= 1
            height = draw(st.integers(1, rows - row))
            cells.append(GridCell(row, column, height, width))
            free -= {(row + down, column + across) for down in range(height) for across in range(width)}
    return xs, ys, cells


def frames(xs, ys, cells, thickness=0.5):
    """Every cell framed by itself, as word processors draw tables."""
    for cell in cells:
        left, right = xs[cell.column], xs[cell.column + cell.column_span]
        top, bottom = ys[cell.row], ys[cell.row + cell.row_span]
        yield from (
            Ruling(left, top, right, top + thickness),
            Ruling(left, bottom, right, bottom + thickness),
            Ruling(left, bottom, left + thickness, top),
            Ruling(right, bottom, right + thickness, top),
        )


@given(partitions(), st.randoms())
def test_cells_come_back_from_their_frames(partition, chance):
    xs, ys, cells = partition
    rulings = list(frames(xs, ys, cells))
    chance.shuffle(rulings)
    (grid,) = find_ruled(rulings, 1000)
    boxes = {tuple(round(side) for side in grid.cell_box(cell)) for cell in grid.cells}
    assert boxes == {
        (
            xs[cell.column],
            ys[cell.row + cell.row_span],
            xs[cell.column + cell.column_span],
            ys[cell.row],
        )
        for cell in cells
    }
    assert not any(grid.open_top + grid.open_bottom)


def box(left, bottom, right, top, step=None):
    """A cross in a frame; of dots `step` apart where that is given."""
    lines = [(left, y, right, y) for y in (bottom, (bottom + top) / 2, top)]
    lines += [(x, bottom, x, top) for x in (left, (left + right) / 2, right)]
    if step is None:
        return [Ruling(a, b, c + 0.5, d + 0.5) for a, b, c, d in lines]
    dots = []
    for a, b, c, d in lines:
        for number in range(int((c - a + d - b) / step) + 1):
            x, y = (a + number * step, b) if c > a else (a, b + number * step)
            dots.append(Ruling(x, y, x + 0.5, y + 0.5))
    return dots


@pytest.mark.parametrize(
    "rulings",
    [
        box(50, 100, 250, 180),
        box(50, 100, 250, 180, step=2),
        box(50, 100, 250, 180) + box(52.5, 102.5, 252.5, 182.5),
        [*box(50, 100, 250, 180), Ruling(300, 100, 420, 100.5), Ruling(50, 50, 250, 50.5)],
    ],
    ids=["plain", "dotted", "double", "with lines elsewhere"],
)
def test_ways_to_draw_a_table(rulings):
    (grid,) = find_ruled(rulings, 100)
    assert [len(grid.xs), len(grid.ys), len(grid.cells)] == [3, 3, 4]


def test_sides_without_a_frame_belong_to_the_table():
    across = [Ruling(50, y, 350, y + 0.5) for y in (100, 130, 160)]
    along = [Ruling(x, 100, x + 0.5, 160) for x in (150, 250)]
    (grid,) = find_ruled(across + along, 100)
    assert [round(x) for x in grid.xs] == [50, 150, 250, 350]


def test_a_column_that_lost_its_frame_at_the_page_end():
    (before,) = find_ruled(box(50, 100, 250, 180), 100)
    rest = [Ruling(150, 600, 150.5, 700), Ruling(250, 600, 250.5, 700), Ruling(150, 600, 250, 600.5)]
    (part,) = find_ruled(rest, 100)
    whole = widened(part, before)
    assert [round(x) for x in whole.xs] == [50, 150, 250]
    assert whole.cells[0] == GridCell(0, 0, len(whole.ys) - 1, 1)


@pytest.mark.parametrize("count", [300, 2000])
def test_a_web_of_lines_is_refused(count):
    web = [Ruling(0, 6 * n, 6 * count, 6 * n + 1) for n in range(count)]
    web += [Ruling(6 * n, 0, 6 * n + 1, 6 * count) for n in range(count)]
    with pytest.raises(UnreadableError):
        find_ruled(web, 50_000)


def printed(*lines, pitch=24):
    """Runs of lines given as (x, text) pairs, ten points high."""
    glyphs = []
    for number, line in enumerate(lines):
        top = 700 - number * pitch
        for x, text in line:
            at = x
            for char in text:
                width = 5 if char.isascii() else 10
                glyphs.append((char, at, top - 10, at + width, top))
                at += width
    return rows_of(runs_of(glyphs))


@pytest.mark.parametrize(("gap", "text"), [(2.69, "hc x"), (0.3, "hcx")], ids=["space", "kerning"])
def test_a_space_in_a_font_of_high_lines_is_a_space(gap, text):
    """Noto Sans CJK in a printed web page: a space of 2.69 points in lines that are 13.56 high."""
    widths = [("h", 7.28), ("c", 6.12), ("x", 5.98)]
    glyphs, at = [], 366.51
    for char, width in widths:
        at += gap if char == "x" else 0
        glyphs.append((char, at, 624.0, at + width, 637.56))
        at += width
    assert [run.text for run in runs_of(glyphs)] == [text]


COLUMNS = [
    [(50, "项目"), (200, "件数"), (300, "金额")],
    [(50, "苗木采购"), (200, "12"), (300, "3.5")],
    [(50, "草籽"), (205, "3"), (298, "10.25")],
    [(50, "合计"), (200, "15"), (295, "13.75")],
]


def test_columns_without_any_line():
    lines = printed([(50, "下表列出全年的采购情况，单位为万元，数字取到小数点后两位。")], *COLUMNS)
    ((first, last, filling, _),) = find_aligned(lines, [])
    grid = filling.grid
    assert (first, last) == (1, 5)
    assert [len(grid.xs), len(grid.ys), len(grid.cells)] == [4, 5, 12]


def test_no_wall_cuts_a_number_between_two_columns():
    lines = printed(*COLUMNS, [(50, "其他"), (240, "418.07")])
    ((_, _, filling, _),) = find_aligned(lines, [])
    grid = filling.grid
    assert [cell for cell in grid.cells if cell.row == 4] == [GridCell(4, 0, 1, 1), GridCell(4, 1, 1, 2)]


def test_rules_tell_which_lines_share_a_row():
    lines = printed(*COLUMNS[:2], [(50, "（含运费）")], *COLUMNS[2:])
    rules = [705, 683, 635, 611, 585]
    ((_, _, filling, _),) = find_aligned(lines, rules)
    grid = filling.grid
    assert len(grid.ys) == 5


@pytest.mark.parametrize(
    "lines",
    [
        printed(*COLUMNS[:2]),
        printed(*COLUMNS[:2], [(50, "（含运费）")], *COLUMNS[2:], pitch=12),
        printed(
            *[
                [(50, "甲乙丙"), (120, "12"), (300, "3")],
                [(50, "甲乙丙丁戊己庚辛壬"), (180, "12"), (300, "3")],
            ]
            * 3
        ),
        printed(*([(50, "联系人"), (200, "电话")] for _ in range(5))),
    ],
    ids=["too few rows", "lines that may be wrapped", "columns that overlap", "too few columns"],
)
def test_doubtful_columns_stay_text(lines):
    assert find_aligned(lines, []) == []


def test_one_code_point_for_one_character():
    assert usual_characters("⼀⽅⾦⺠⻓︵１２︶") == "一方金民长（１２）"


@pytest.mark.parametrize(
    ("before", "after", "between"),
    [
        ("12", " ", ""),
        (" ", "12", ""),
        ("", "12", ""),
        ("open", "data", " "),
        ("www.", "gov", ""),
        ("年", "报", ""),
    ],
)
def test_what_stands_between_two_lines_of_a_text(before, after, between):
    assert joint(before, after) == between
