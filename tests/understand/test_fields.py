"""Values in the text around a report, in all the ways people write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from understanding import HEADINGS, TITLE, document, in_section, library, opened, report

from checker.understand import understand

BODY = "本局按要求完成了有关工作。"
REST = tuple(part for heading in HEADINGS for part in (heading, BODY))
YEAR = (date(2024, 1, 1), date(2024, 12, 31))
ADDRESS = "青禾县城关镇文昌路18号"


def value(found, name):
    field = found.field(name)
    return field.value if field else None


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("本报告所列数据的统计期限自2024年1月1日起至12月31日止。", YEAR),
        ("本报告统计期限为2024年1月1日至2024年12月31日。", YEAR),
        ("统计期限从2024年1月1日到2024年12月31日。", YEAR),
        ("统计期限：2024年1月1日—2024年12月31日。", YEAR),
        ("统计期限：2024年1月1日-12月31日。", YEAR),
        ("统计期限：2024年1月1日～12月31日。", YEAR),
        ("统计期限：2024年1月1日——12月31日", YEAR),
        ("统计时限为 2024 年 1 月 1 日至 12 月 31 日。", YEAR),
        ("统计时间为２０２４年１月１日至１２月３１日。", YEAR),
        ("所列数据统计起止时间为2024年1月1日至2024年12月31日。", YEAR),
        ("除特别说明外，数据统计时间范围为2024年1月1日起至2024年12月31日止。", YEAR),
        ("内容涵盖2024年1月1日至2024年12月31日期间的工作。", YEAR),
        ("本报告数据的时间期限为2024年1月1日至当年12月31日。", YEAR),
        ("统计周期：2024.1.1-2024.12.31。", YEAR),
        ("统计周期：2024-01-01至2024-12-31。", YEAR),
        ("统计期为2024/01/01—2024/12/31。", YEAR),
        ("统计期为二〇二四年一月一日至十二月三十一日。", YEAR),
        ("统计期为二○二四年一月一日至二○二四年十二月三十一日。", YEAR),
        ("统计时段为2024年1月1日0时至12月31日24时。", YEAR),
        ("统计期限为2024年1月至12月。", YEAR),
        ("统计期限为2024年1月-12月底。", YEAR),
        ("统计期限为2024年全年。", YEAR),
        ("数据核定时间点为2024年12月31日。", (None, date(2024, 12, 31))),
        ("本报告数据截至2024年12月31日。", (None, date(2024, 12, 31))),
        ("本报告数据截止到2024年12月31日。", (None, date(2024, 12, 31))),
        ("统计数据截至2024年12月31日，特此说明。", (None, date(2024, 12, 31))),
        ("截至2024年12月31日，通过网站公开信息12条，现将情况报告如下。", None),
        ("统计期限自2023年1月1日至2023年12月31日。", (date(2023, 1, 1), date(2023, 12, 31))),
        ("统计期限自2024年1月1日至2024年11月30日。", (date(2024, 1, 1), date(2024, 11, 30))),
        # characters lost on the way: unread rather than wrong
        ("统计期限从202411日至20241231日。", None),
        ("统计期限自20241月1日至2024年12月31日。", None),
        ("统计期限自2024年1月1日至20241231日。", None),
        ("统计期限自2024年2月30日至2024年12月31日。", None),
        ("统计期限为上一年度全年。", None),
        ("本报告依据条例编制。", None),
    ],
)
def test_the_period(sentence, expected):
    assert value(opened(f"本报告由青禾县农业农村局编制。{sentence}"), "period") == expected


def test_several_periods_keep_their_order():
    found = opened("统计期限自2024年1月1日至2024年12月31日。", "数据统计时间为2023年1月1日至2023年12月31日。")
    assert [field.value[0].year for field in found.fields["period"]] == [2024, 2023]
    inside = in_section(1, "本年度数据统计期限自2023年1月1日至2023年12月31日。")
    assert [field.place.section for field in inside.fields["period"]] == [1]
    assert "period" not in in_section(1, "2024年1月1日至6月30日，本局开展了宣传月活动。").fields


CONTACTS = {
    "address": ADDRESS,
    "postcode": "354600",
    "phone": ("0595-27001122",),
    "fax": "0595-27001133",
    "email": "qhnyj@163.com",
    "website": "www.qinghe.gov.cn",
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"（地址：{ADDRESS}，邮编：354600，电话：0595-27001122）", "address postcode phone"),
        (f"(地址:{ADDRESS},邮编:354600,电话:0595-27001122)", "address postcode phone"),
        (f"（地址：{ADDRESS}；邮编：354600；电话：0595-27001122）", "address postcode phone"),
        (f"（地址：{ADDRESS}、邮编：354600、电话：0595-27001122）", "address postcode phone"),
        (f"（地址：{ADDRESS} 邮编：354600 电话：0595-27001122）", "address postcode phone"),
        (f"（地址：{ADDRESS}邮编：354600电话：0595-27001122）", "address postcode phone"),
        (f"地址：{ADDRESS}，邮政编码：354600，联系电话：0595-27001122。", "address postcode phone"),
        (f"联系地址：{ADDRESS}。邮政编码：354600。咨询电话：0595—27001122。", "address postcode phone"),
        (f"通讯地址是{ADDRESS}，邮编为354600，电话号码为0595－27001122。", "address postcode phone"),
        (f"联系电话：0595-27001122，地址：{ADDRESS}，邮编：354600。", "address postcode phone"),
        (f"邮编354600，地址{ADDRESS}，电话0595-27001122。", "address postcode phone"),
        (
            f"（邮编：３５４６００；地址：{ADDRESS}；电话：０５９５－２７００１１２２）",
            "address postcode phone",
        ),
        (f"（地址：{ADDRESS}，电话：0595 27001122）", "address phone"),
        (f"（地址：{ADDRESS}，电话：（0595）27001122）", "address phone"),
        (f"（地址：{ADDRESS}，电话：(0595)27001122）", "address phone"),
        (f"（地址：{ADDRESS}，电话：0595 - 27001122，传真：0595-27001133）", "address phone fax"),
        (f"（办公地址：{ADDRESS}，联系电话：0595-27001122，传真号码：0595—27001133）", "address phone fax"),
        (f"（地址：{ADDRESS}，电话：0595-27001122，电子邮箱：qhnyj@163.com）", "address phone email"),
        (f"（地址：{ADDRESS}，电话：0595-27001122，邮箱：qhnyj＠163.com）", "address phone"),
        (f"（地址：{ADDRESS}，电话：0595-27001122，E-mail：qhnyj@163.com）", "address phone email"),
        (f"（地址：{ADDRESS}，电话：0595-27001122，电子邮件：qhnyj@163.com）。", "address phone email"),
        (f"（地址：{ADDRESS}，办公时间：工作日8:00-12:00，电话：0595-27001122）", "address phone"),
        (f"（地址：{ADDRESS}，联系人：办公室，联系电话：0595-27001122）", "address phone"),
        ("网址：www.qinghe.gov.cn，邮编：354600", "website postcode"),
        ("本报告电子版可在县政府网站（www.qinghe.gov.cn）下载。", "website"),
        ("电子版见www.qinghe.gov.cn。", "website"),
        ("通信地址:" + ADDRESS, "address"),
        ("传真：0595-27001133", "fax"),
        ("电话（传真）：0595-27001122", "phone"),
        ("电话/传真：0595-27001122", "phone"),
        ("如有疑问，请致电0595-27001122。", "phone"),
        ("如有疑问，请拨打 0595-27001122 咨询。", "phone"),
    ],
)
def test_contact_lines(text, expected):
    found = opened(f"如对本报告有疑问，请与青禾县农业农村局办公室联系{text}")
    names = expected.split()
    assert {name: value(found, name) for name in names} == {name: CONTACTS[name] for name in names}
    assert ("postcode" in found.fields) == ("postcode" in names)
    assert ("address" in found.fields) == ("address" in names)


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("电话：27001122", "phone", ("27001122",)),
        ("电话：0595-27001122、27001133", "phone", ("0595-27001122", "27001133")),
        ("电话：0595-27001122/0595-27001133", "phone", ("0595-27001122", "0595-27001133")),
        ("电话：0595-27001122，0595-27001133", "phone", ("0595-27001122", "0595-27001133")),
        ("电话：0595-27001122 0595-27001133", "phone", ("0595-27001122", "0595-27001133")),
        ("电话：0595-27001122或0595-27001133", "phone", ("0595-27001122", "0595-27001133")),
        ("电话：010-66001122", "phone", ("010-66001122",)),
        ("电话：0595-27001122转8001", "phone", ("0595-27001122转8001",)),
        ("电话：13900001111", "phone", ("13900001111",)),
        ("热线：12345", "phone", ("12345",)),
        ("电话：0595-27001122（传真同号）", "fax", "0595-27001122"),
        ("电话：0595-27001122，传真同电话", "fax", "0595-27001122"),
        ("电话/传真：0595-27001122", "fax", "0595-27001122"),
        ("邮编：35460", "postcode", "35460"),
        ("邮编：3546001", "postcode", "3546001"),
        ("地址：青禾县城关镇（文昌楼）5楼，邮编：354600", "address", "青禾县城关镇（文昌楼）5楼"),
        ("地址：青禾县城关镇，文昌路18号，邮编：354600", "address", "青禾县城关镇，文昌路18号"),
        ("（地址：青禾县城关镇文昌路18号农业大厦A座3楼）", "address", "青禾县城关镇文昌路18号农业大厦A座3楼"),
        ("网站地址：www.qinghe.gov.cn", "address", None),
        ("邮箱地址：qh@163.com", "address", None),
        (
            "网址：http://www.qinghe.gov.cn/zwgk/index.html。",
            "website",
            "http://www.qinghe.gov.cn/zwgk/index.html",
        ),
        ("网址：https://qinghe.gov.cn/", "website", "https://qinghe.gov.cn/"),
        ("青禾县人民政府网（qinghe.gov.cn）", "website", "qinghe.gov.cn"),
        ("邮箱：qh.nyj-1@fujian.gov.cn", "email", "qh.nyj-1@fujian.gov.cn"),
        ("邮箱：qh.nyj-1@fujian.gov.cn", "website", None),
        ("本单位无传真。", "fax", None),
        ("全年热线接听电话120个。", "phone", None),
        ("电话：", "phone", None),
        ("联系电话: 0595-27001122，邮编: 354600", "phone", ("0595-27001122",)),
        ("地址：，邮编：", "address", None),
    ],
)
def test_single_values(text, name, expected):
    assert value(opened(text), name) == expected


def test_several_websites_and_the_way_to_the_electronic_copy():
    found = opened("本报告电子版可在县政府网站（www.qinghe.gov.cn）下载。", "备用网址：https://qh.gov.cn/x")
    assert [f.value for f in found.fields["website"]] == ["www.qinghe.gov.cn", "https://qh.gov.cn/x"]
    assert "电子版可在县政府网站" in value(found, "download")
    assert "download" not in opened("本报告依据条例编制。").fields


@pytest.mark.parametrize("where", ["end", "lines", "below the signature", "above the title"])
def test_contact_lines_elsewhere(where):
    lines = (f"地址：{ADDRESS}", "邮编：354600", "联系电话：0595-27001122")
    sign = ("青禾县农业农村局", "2025年1月20日")
    layout = {
        "end": (TITLE, *REST, "，".join(lines)),
        "lines": (TITLE, *lines, *REST, *sign),
        "below the signature": (TITLE, *REST, *sign, *lines),
        "above the title": (*lines, TITLE, *REST, *sign),
    }
    found = report(*layout[where])
    assert [value(found, name) for name in ("address", "postcode", "phone")] == [
        ADDRESS,
        "354600",
        ("0595-27001122",),
    ]


def test_contact_lines_in_the_first_section():
    said = f"现公布本报告如下。如有疑问，请联系（地址：{ADDRESS}，邮编：354600）。"
    found = report(TITLE, "浏览次数：3", REST[0], said, *REST[1:])
    assert [value(found, name) for name in ("address", "postcode")] == [ADDRESS, "354600"]


def test_numbers_in_the_middle_of_the_report_are_no_contacts():
    found = in_section(1, "全年值班电话：0595-27001122，邮编：354600，地址：某路1号。")
    assert not {"phone", "postcode", "address"} & set(found.fields)


@pytest.mark.parametrize(
    ("lines", "name", "day"),
    [
        (("青禾县农业农村局", "2025年1月20 日"), "青禾县农业农村局", date(2025, 1, 20)),
        (("青禾县农业农村局2025年1月20日",), "青禾县农业农村局", date(2025, 1, 20)),
        (("青禾县农业农村局（盖章）", "二〇二五年一月二十日"), "青禾县农业农村局", date(2025, 1, 20)),
        (("青禾县农业农村局", "2025-1-9"), "青禾县农业农村局", date(2025, 1, 9)),
        (("青禾县农业农村局", "2025.01.09"), "青禾县农业农村局", date(2025, 1, 9)),
        (("（2025年1月20日）",), None, date(2025, 1, 20)),
        (("青禾县农业农村局",), "青禾县农业农村局", None),
        (("青禾县农业农村局", "2025年2月30日"), "青禾县农业农村局", None),
    ],
)
def test_the_signature(lines, name, day):
    found = report(TITLE, *REST, *lines)
    assert (value(found, "signature"), value(found, "signed_on")) == (name, day)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("发布日期：2025-01-22", date(2025, 1, 22)),
        ("发布时间：2025年1月22日 10:30", date(2025, 1, 22)),
        ("来源：办公室 发布时间： 2025/1/22 字号：大", date(2025, 1, 22)),
        ("信息时间：2025.01.22", date(2025, 1, 22)),
        ("更新时间：2025-01-22", None),
        ("2025-01-22", None),
        ("成文说明", None),
    ],
)
def test_the_day_of_publication(line, day):
    assert value(report(line, TITLE, *REST), "published") == day


def test_the_day_of_publication_that_the_page_declares():
    page = document(TITLE, *REST, published="2025-01-23T08:00:00+08:00")
    assert value(understand(page, library()), "published") == date(2025, 1, 23)
    broken = document(TITLE, *REST, published="tomorrow")
    assert value(understand(broken, library()), "published") is None


@pytest.mark.parametrize(
    ("sentence", "amount"),
    [
        ("本年度未收取信息处理费。", 0),
        ("2024年，本机关没有收取任何信息处理费。", 0),
        ("全年未发生信息处理费收费事项。", 0),
        ("信息处理费收取情况：未收取。", 0),
        ("本机关收取信息处理费0元。", 0),
        ("信息处理费：0 元。", 0),
        ("严格执行《政府信息公开信息处理费管理办法》，全年未收取费用。", 0),
        ("全年收取信息处理费3940元。", 3940),
        ("全年共收取政府信息公开信息处理费 1,260 元。", 1260),
        ("依申请提供政府信息收取信息处理费1件，共计380元。", 380),
        ("信息处理费收取总额为0.05万元。", 500),
        ("发出信息处理费收费通知2件，总金额500元，实际收取400元。", 400),
        ("未收取检索、复制、邮寄费。", None),
        ("认真学习信息处理费管理办法。", None),
    ],
)
@pytest.mark.parametrize("section", [1, 6])
def test_the_processing_fee(sentence, amount, section):
    found = in_section(section, sentence)
    assert value(found, "processing_fee") == (None if amount is None else Decimal(amount))


def test_several_fees_keep_their_places():
    found = report(TITLE, HEADINGS[0], "收取信息处理费400元。", HEADINGS[5], "收取信息处理费380元。")
    assert [(f.value, f.place.section) for f in found.fields["processing_fee"]] == [(400, 1), (380, 6)]


def test_values_keep_their_place():
    text = "请与我们联系（地址： 青禾县 文昌路18号，邮编： 3 5 4 6 0 0）"
    field = opened(text.replace("3 5 4 6 0 0", "354600")).field("address")
    place = field.place.location
    assert field.place.section == 0
    assert place.paragraph == 2
    assert text[place.start : place.end] == "青禾县 文昌路18号"
    assert field.value == field.raw == "青禾县文昌路18号"
