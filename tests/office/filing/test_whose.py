"""Whose a file is, by names inside, by its folder, by its own name; what is only a guess is no answer."""

from __future__ import annotations

import pytest
from county import UNITS, report
from samples import write

from checker.api import check, load_rulebook
from checker.model.bodies import Bodies, Rename, Unit
from checker.office.filing.whose import Owners

RULEBOOK = load_rulebook()
LISTED = (
    *(Unit(unit.name, None if unit.number == 0 else "云溪县人民政府") for unit in UNITS.values()),
    Unit("云溪县卫生健康委员会", "云溪县人民政府", aliases=("云溪县爱卫办",)),
)
BODIES = Bodies((Rename("云溪县扶贫开发办公室", "云溪县乡村振兴局"),), LISTED)
OWNERS = Owners(BODIES, RULEBOOK.language.own_name_rules)
SCAN = check(b"", name="扫描.txt")


@pytest.mark.parametrize(
    ("path", "unit"),
    [
        ("财政局/扫描.pdf", "云溪县财政局"),
        ("云溪县财政局2024年报.pdf", "云溪县财政局"),
        ("01 县财政局 年报.pdf", "云溪县财政局"),
        ("云溪财政局（扫描）.pdf", "云溪县财政局"),
        ("海州市财政局/扫描.pdf", None),  # another place's
        ("龙海县财政局.pdf", None),
        ("散件/扫描.pdf", None),
        ("财政局/审计局.pdf", None),  # two units
        ("财政局、审计局.pdf", None),
        (
            "云溪县人民政府办公室/扫描.pdf",
            "云溪县人民政府办公室",
        ),  # not the government, whose name it begins with
        ("云溪县人民政府/财政局/扫描.pdf", "云溪县财政局"),  # a folder of the body above
        ("各镇/白鹭镇政府.pdf", "云溪县白鹭镇人民政府"),
        ("南山街道.pdf", "云溪县南山街道办事处"),
        ("本局年报.pdf", None),
        ("第一批.zip!财政局/扫描.pdf", "云溪县财政局"),
        ("财政局.zip!扫描.pdf", "云溪县财政局"),
        ("爱卫办.pdf", "云溪县卫生健康委员会"),  # a short form of another name of it
        ("云溪县爱卫办.pdf", "云溪县卫生健康委员会"),
        ("扶贫开发办公室/扫描.pdf", "云溪县乡村振兴局"),
    ],
)
def test_by_folder_and_file_name(path, unit):
    owner = OWNERS.of(SCAN, path)

    assert (owner.unit.name if owner.unit else None) == unit
    assert not owner.inside
    assert owner.why


def named(name, **how):
    return check(write(report(UNITS["云溪县林业局"], name=name, **how), "txt"), name="年报.txt")


@pytest.mark.parametrize(
    ("name", "path", "unit", "inside"),
    [
        ("云溪县林业局", "散件/年报.txt", "云溪县林业局", True),
        ("云溪县林业局", "财政局/财政局.txt", "云溪县林业局", True),  # what is inside decides
        ("云溪县扶贫开发办公室", "散件/年报.txt", "云溪县乡村振兴局", True),
        ("云溪县林业和草原局", "散件/年报.txt", None, False),
        ("云溪县林业和草原局", "林业局/年报.txt", "云溪县林业局", False),
        ("海州市体育局", "体育局/年报.txt", "云溪县体育局", False),
    ],
)
def test_by_the_name_in_a_report(name, path, unit, inside):
    owner = OWNERS.of(named(name), path)

    assert (owner.unit.name if owner.unit else None, owner.inside) == (unit, inside)


def letter(*lines):
    return check("\n".join(lines).encode(), name="函.txt")


@pytest.mark.parametrize(
    ("lines", "unit"),
    [
        (
            ("关于报送年报的函", "云溪县人民政府办公室：", "请查收。", "云溪县水利局", "2025年1月2日"),
            "云溪县水利局",
        ),
        (("云溪县水利局关于报送年报的函", "县政府办：", "请查收。", "2025年1月2日"), "云溪县水利局"),
        (("关于报送年报的函", "云溪县人民政府办公室：", "请查收。", "2025年1月2日"), None),
        (("请云溪县水利局尽快报送。",), None),
    ],
)
def test_by_who_signs_a_letter_not_whom_it_is_addressed_to(lines, unit):
    owner = OWNERS.of(letter(*lines), "散件/函.txt")

    assert (owner.unit.name if owner.unit else None) == unit


@pytest.mark.parametrize(
    ("agency", "nearest"),
    [
        ("云溪县民政周", ("云溪县民政局",)),
        ("云溪县住建局", ("云溪县住房和城乡建设局",)),
        ("云溪县白鹭镇政府", ("云溪县白鹭镇人民政府",)),
        ("海州市体育局", ()),
        ("云清县财政局", ("云溪县财政局",)),  # one character, wherever it stands
        ("青石县财政局", ()),  # a neighbour's
        ("青石县人力资源和社会保障局", ()),
        ("青石县白鹭镇人民政府", ()),
        ("云溪县人才资源与社会保障局", ("云溪县人力资源和社会保障局",)),
        ("某某公司", ()),
        (None, ()),
    ],
)
def test_nearest_names_are_a_slip_away_or_a_usual_short_name(agency, nearest):
    assert OWNERS.nearest(agency) == nearest


NOTICE = "云溪县人民政府办公室\n关于报送2024年度年度报告的通知\n各单位：\n请于1月31日前报送，应公布年度报告的单位共9家。\n"


@pytest.mark.parametrize(
    ("listed", "unit"),
    [
        ((), "云溪县人民政府办公室"),
        (("云溪县财政局", "云溪县审计局"), None),  # a list of units at the end is nobody's signature
    ],
)
def test_a_list_of_units_in_a_notice_makes_it_nobodys(listed, unit):
    owner = OWNERS.of(check((NOTICE + "\n".join(listed)).encode(), name="通知.txt"), "散件/通知.txt")

    assert (owner.unit.name if owner.unit else None) == unit
