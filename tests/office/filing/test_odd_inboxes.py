"""Inboxes in which it is easy to be wrong about whose a file is: what each must come to was written first."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from collecting import collect
from county import UNITS, report
from inbox import packed, put
from samples import write

FINANCE, AUDIT, HEALTH = "云溪县财政局", "云溪县审计局", "云溪县卫生健康局"
GIVEN = ("--units", "单位.csv", "--today", "2025-02-10", "--year", "2024", "--renames", "更名.yaml")
RENAMES = "renames: [{old: 云溪县财政与国资局, new: 云溪县财政局, year: 2025}]\n"
BROKEN = b"PK\x03\x04 cut off"
NOTHING = "overdue"


def text(unit, **how):
    return write(report(UNITS[unit], **how), "txt")


def in_gbk(name, data):
    """A package with one file whose name is in GBK and not marked as anything, as Windows programs write it."""
    place = "x" * len(name.encode("gbk"))
    return packed({place: data}).replace(place.encode(), name.encode("gbk"))


@dataclass(frozen=True)
class Case:
    """Files by path, more rows of the list, and the states, roles, strangers and findings about the set expected."""

    files: dict[str, bytes]
    states: dict[str, str]
    roles: dict[str, dict[str, str]] = field(default_factory=dict)
    strangers: tuple[str, ...] = ()
    more: str = ""
    rules: tuple[str, ...] = ()


CASES = {
    "a folder by another name, and a file that cannot be read": Case(
        {"县卫计委/年报.docx": BROKEN, "散件/一.txt": text(FINANCE)},
        {HEALTH: "unreadable", FINANCE: "passed"},
        {HEALTH: {"县卫计委/年报.docx": "unreadable"}},
    ),
    "the same bytes in the folders of two units": Case(
        {"财政局/年报.txt": text(FINANCE), "审计局/年报.txt": text(FINANCE)},
        {FINANCE: "passed", AUDIT: NOTHING},
        {FINANCE: {"审计局/年报.txt": "in_force", "财政局/年报.txt": "duplicate"}, AUDIT: {}},
    ),
    "a unit that reports together with the one above it": Case(
        {"一.txt": text(FINANCE)},
        {FINANCE: "passed", "云溪县国库支付中心": "passed"},
        {"云溪县国库支付中心": {}},
        more=f"云溪县国库支付中心,{FINANCE},,是,,\n",
    ),
    "one staff under two names": Case(
        {"一.txt": text(FINANCE), "二.txt": text(FINANCE, name="云溪县国有资产管理局")},
        {FINANCE: "passed", "云溪县国有资产管理局": "passed"},
        more=f"云溪县国有资产管理局,,,,{FINANCE},\n",
    ),
    "a report under the name that the unit bore before": Case(
        {"一.txt": text(FINANCE, name="云溪县财政与国资局")},
        {FINANCE: "passed"},
        {FINANCE: {"一.txt": "in_force"}},
    ),
    "folders by year": Case(
        {"2023/财政局/年报.txt": text(FINANCE, year=2023), "2024/财政局/年报.txt": text(FINANCE)},
        {FINANCE: "to_mend"},  # what last year's carried over is not what this one begins with
        {FINANCE: {"2023/财政局/年报.txt": "wrong_year", "2024/财政局/年报.txt": "in_force"}},
    ),
    "nothing but last year's, in a folder of this year": Case(
        {"2024/财政局/年报.txt": text(FINANCE, year=2023)}, {FINANCE: "wrong_document"}, rules=("SET-12",)
    ),
    "a folder named after a mail that came late": Case(
        {"2025-02-08 财政局来信/年报.txt": text(FINANCE)}, {FINANCE: "passed"}
    ),
    "names in GBK in a package": Case(
        {"各单位.zip": in_gbk("财政局/年报.docx", BROKEN)},
        {FINANCE: "unreadable"},
        {FINANCE: {"各单位.zip!财政局/年报.docx": "unreadable"}},
    ),
    "a report under a short name that nobody has declared": Case(
        {"散件/一.txt": text(FINANCE, name="云溪财政局")},
        {FINANCE: NOTHING},
        {FINANCE: {}},
        strangers=("散件/一.txt",),
        rules=("SET-13",),
    ),
    "a unit that need not report and has": Case(
        {"一.txt": text(FINANCE), "撤并.txt": text(FINANCE, name="云溪县粮食局")},
        {FINANCE: "passed", "云溪县粮食局": "exempt"},
        {"云溪县粮食局": {"撤并.txt": "in_force"}},
        more="云溪县粮食局,,,,,并入财政局\n",
        rules=("SET-05", "SET-06", "SET-14"),
    ),
    "a folder that names two units": Case(
        {"财政局、审计局/年报.docx": BROKEN},
        {FINANCE: NOTHING, AUDIT: NOTHING},
        strangers=("财政局、审计局/年报.docx",),
    ),
    "a file that cannot be read beside one that can": Case(
        {"财政局/年报.docx": BROKEN, "财政局/年报.txt": text(FINANCE)},
        {FINANCE: "passed"},
        {FINANCE: {"财政局/年报.docx": "unreadable", "财政局/年报.txt": "in_force"}},
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_odd_inboxes(tmp_path, case):
    listed = f"{FINANCE},,,,,\n{AUDIT},,,,,\n{HEALTH},,县卫计委,,,\n{case.more}"
    put(
        tmp_path,
        {
            "单位.csv": f"单位,上级,别名,合并公布,一套班子,免报\n{listed}".encode(),
            "更名.yaml": RENAMES.encode(),
        },
    )
    put(tmp_path / "收件箱", case.files)
    came = collect(tmp_path, "收件箱", *GIVEN)

    assert came.code == 0
    states = {name: one["state"] for name, one in came.units.items()}
    assert {name: states[name] for name in case.states} == case.states
    assert {name: came.roles(name) for name in case.roles} == case.roles
    assert tuple(one["path"].partition("/")[2] for one in came.told["strangers"]) == case.strangers
    found = {one["rule"] for one in came.told["findings"]} - {"SET-01", "SET-02"}
    assert found == set(case.rules)
