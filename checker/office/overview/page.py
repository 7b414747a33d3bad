"""The page: counts by state, controls, the units, and what belongs to nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib.resources import files
from tempfile import TemporaryFile
from typing import Final

from checker.model.season import Season
from checker.office.outputs import OutputOptions
from checker.office.overview.unit import UnitBlocks, state_class
from checker.office.result_folder import ResultFolder
from checker.office.words import STATE_WORDS, chinese_day
from checker.writers.html.frame import page_end, page_head
from checker.writers.html.markup import EMPTY, Markup, joined, lines, tag
from checker.writers.shared.words import TOOL_NAME

FILE_NAME: Final = "总览.html"
_SORTS: Final = {
    "list": "按清单的次序",
    "state": "按状态",
    "errors": "按错误多少",
    "late": "按迟的天数",
    "name": "按名称",
}
"""Ways to sort, by what the script calls them."""
_PIECE: Final = 1 << 16
"""Characters that are read at once."""


def write(season: Season, folder: ResultFolder, options: OutputOptions) -> Mapping[str, str]:
    """Write the page; see `checker.office.outputs`."""
    folder.write_text(FILE_NAME, page(season, options.unit_done))
    return {}


def page(season: Season, unit_done: Callable[[], None] = lambda: None) -> Iterator[str]:
    """The page in pieces; `unit_done` is told of every unit whose block is made."""
    own = files("checker.office.overview")
    style, script = (
        own.joinpath(name).read_text(encoding="utf-8") for name in ("overview.css", "overview.js")
    )
    title = f"{season.year} 年度报告收集情况"
    blocks = UnitBlocks(season)
    yield page_head(title, style, script)
    # The controls in front of the units say what is found in them: until that is known, the units rest on disk.
    with TemporaryFile("w+", encoding="utf-8", newline="") as units:
        for position in range(len(season.units)):
            units.write(lines(blocks.block(position)))
            unit_done()
        yield lines(Markup("<body>"), _header(season, title), _controls(season, blocks.rules))
        yield '<main id="units">\n'
        units.seek(0)
        yield from iter(lambda: units.read(_PIECE), "")
        yield "</main>\n"
    yield lines(
        tag("p", "没有符合的单位。", id="nobody", hidden=""),
        _about_the_run(season, blocks),
        _unmatched(season, blocks),
        _other_kinds(season),
        tag(
            "footer",
            joined(
                TOOL_NAME,
                season.tool_version,
                "规则集",
                season.rulebook.title,
                season.rulebook.digest,
                by=" ",
            ),
        ),
    )
    yield page_end(script)


def _header(season: Season, title: str) -> Markup:
    chips = [_chip("all", "全部", len(season.units), "quiet")]
    chips += [
        _chip(state.value, word, count, state_class(state))
        for state, word in STATE_WORDS.items()
        if (count := season.count(state))
    ]
    return tag(
        "header",
        tag("h1", title),
        tag("p", f"第 {season.round} 轮，截至 {chinese_day(season.as_of)}，清单上 {len(season.units)} 家。"),
        tag("div", *chips, class_="chips", role="group", aria_label="只看这一种状态"),
    )


def _chip(key: str, word: str, count: int, colour: str) -> Markup:
    pressed = "true" if key == "all" else "false"
    return tag(
        "button",
        word,
        " ",
        tag("b", count),
        type="button",
        class_=f"chip {colour}",
        data_show=key,
        aria_pressed=pressed,
    )


def _controls(season: Season, rules: Mapping[str, int]) -> Markup:
    words = season.rulebook.vocabulary
    levels = {one.unit.level: words.levels.name(one.unit.level) for one in season.units if one.unit.level}
    rule_names = {
        rule: f"{rule} {season.rulebook.rules[rule].title}（{count} 家）"
        if rule in season.rulebook.rules
        else rule
        for rule, count in sorted(rules.items())
    }
    search = Markup('<input type="search" id="search" autocomplete="off">')
    folds = (
        tag("button", word, type="button", data_fold=what)
        for what, word in (("open", "全部展开"), ("close", "全部收起"))
    )
    return tag(
        "div",
        tag("label", "查找 ", search),
        _select("level", "类别", {"": "全部", **levels}),
        _select("rule", "规则", {"": "全部", **rule_names}),
        _select("sort", "排序", _SORTS),
        tag("span", *folds, class_="folds"),
        tag("span", id="matches", role="status"),
        class_="controls",
        hidden="",
    )


def _select(key: str, title: str, options: Mapping[str, str]) -> Markup:
    return tag(
        "label",
        f"{title} ",
        tag("select", *(tag("option", word, value=value) for value, word in options.items()), id=key),
    )


def _about_the_run(season: Season, blocks: UnitBlocks) -> Markup:
    if not season.findings:
        return EMPTY
    severities = season.rulebook.vocabulary.severities
    items = (
        tag(
            "li",
            tag("span", severities.name(one.severity.value), class_="grade"),
            " ",
            tag("span", f"{one.rule} {one.title}", class_="rule"),
            tag("p", one.message),
            tag("p", joined(*(blocks.link(name) for name in one.units), by="、"), class_="why")
            if one.units
            else EMPTY,
            class_=f"finding {one.severity.value}",
        )
        for one in season.findings
    )
    return tag(
        "section", tag("h2", "几份报告放在一起看"), tag("ol", *items, class_="findings"), class_="rest"
    )


def _unmatched(season: Season, blocks: UnitBlocks) -> Markup:
    if not season.unmatched:
        return EMPTY
    items = (
        tag(
            "li",
            one.path,
            f"，写的是{one.agency}" if one.agency else "，没有认出单位",
            joined(
                "，可能是 ", joined(*(blocks.link(name) for name in one.nearest), by="、"), "，请在别名里确认"
            )
            if one.nearest
            else EMPTY,
        )
        for one in season.unmatched
    )
    return tag("section", tag("h2", "对不上清单的报告"), tag("ul", *items), class_="rest")


def _other_kinds(season: Season) -> Markup:
    if not season.other_kind:
        return EMPTY
    items = (tag("li", one.path, f"，{one.agency}" if one.agency else "") for one in season.other_kind)
    return tag("section", tag("h2", "别的类别的报告，没有收"), tag("ul", *items), class_="rest")
