"""The inbox of a made-up county, with every case that an office meets; `expected.yaml` says what it must come to.

cd tests && python -m office.inbox FOLDER      # to try the program on it
"""

from __future__ import annotations

import io
import sys
import zipfile
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from typing import Final

from county import COUNTY, GOVERNMENT, UNITS, Unit, on_old_form, report, with_text, with_wrong_cell
from hostile.drawing import draw
from package_files import rows, xlsx
from pdf_writer import Page
from pdf_writer import write as write_pdf
from samples import SampleReport, write


def packed(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(zipfile.ZipInfo(name), data)
    return made.getvalue()


def mail(files: dict[str, bytes], date: str) -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"], message["Date"] = "年报", "a@example.com", date
    message.set_content("请查收附件。")
    for name, data in files.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def xlsx_of(*lines: list[str]) -> bytes:
    """A workbook with one sheet of texts."""
    return xlsx(rows(*lines))


_WORDS: Final = {
    "government": "政府",
    "office": "政府办公室",
    "department": "部门",
    "township": "乡镇",
    "subdistrict": "街道",
}


def listed() -> bytes:
    """The list of units as a workbook, with columns that the program does not know."""
    table = [("序号", "单位", "上级", "类别", "层级", "别名", "到期日", "免报", "联系人")]
    for unit in UNITS.values():
        tier = "乡级" if unit.level in ("township", "subdistrict") else "县级"
        parent = "" if unit.name == GOVERNMENT else GOVERNMENT
        due = "2025年2月28日" if unit.short == "科学技术局" else ""
        exempt = "机构改革并入发展和改革局" if unit.short == "粮食和物资储备局" else ""
        alias = f"{COUNTY}医保局" if unit.short == "医疗保障局" else ""
        more = f"联系人{unit.number}"
        line = (str(unit.number), unit.name, parent, _WORDS[unit.level], tier, alias, due, exempt, more)
        table.append([text or None for text in line])
    return xlsx(rows(*table))


RENAMES: Final = f"renames:\n  - {{old: {COUNTY}扶贫开发办公室, new: {COUNTY}乡村振兴局, year: 2025}}\n"
REGISTER: Final = (
    "单位,收到日期,文件,备注\r\n"
    f"{COUNTY}司法局,2025-02-14,司法局2024年报.txt,窗口\r\n"
    f"{COUNTY}财政局,2025/1/20,,\r\n"
    f"{COUNTY}财政局,2025年3月1日,,补交\r\n"
)
_MISSING: Final = ("民政局", "信访局", "科学技术局", "竹园乡", GOVERNMENT, "粮食和物资储备局")
_SPECIAL: Final = (
    "公安局", "应急管理局", "市场监督管理局", "自然资源局", "交通运输局", "审计局", "统计局", "水利局", "白鹭镇", "松坪镇",
    "农业农村局", "体育局", "林业局", "乡村振兴局", "医疗保障局", "商务局", "教育局", "司法局", "文化和旅游局", "气象局", "地方金融监督管理局",
    "投资促进局", "外事办公室", "城市管理局", "机关事务服务局",
)  # fmt: skip


def _of(short: str) -> Unit:
    return next(unit for unit in UNITS.values() if unit.short == short)


def _text(short: str, **how: object) -> bytes:
    return write(report(_of(short), **how), "txt")


def first_round() -> dict[str, bytes]:
    """The files of the first round by their path in the inbox."""
    files = {
        f"{unit.short}/{unit.short}2024年报.txt": write(report(unit), "txt")
        for unit in UNITS.values()
        if unit.short not in (*_MISSING, *_SPECIAL)
    }
    market = report(_of("市场监督管理局"))
    other_police = with_text(report(_of("公安局")), "明白纸", "宣传页")
    files |= {
        "教育局/教育局2024年报.txt": write(with_wrong_cell(report(_of("教育局"))), "txt"),
        "公安局/公安局年报.txt": _text("公安局"),
        "公安局/公安局年报（改）.txt": write(with_text(other_police, "各类信息", "政务信息"), "txt"),
        "应急管理局/初稿.txt": write(with_text(report(_of("应急管理局")), "热线答复", "电话答复"), "txt"),
        "应急管理局/定稿.txt": _text("应急管理局", signed="1月25日"),
        "市场监督管理局/年报.docx": write(market, "docx"),
        "市场监督管理局/再发一次/年报.docx": write(market, "docx"),
        "市场监督管理局/年报.pdf": draw("pdf", report=market),
        "自然资源局/报送函.txt": LETTER.encode(),
        "交通运输局/云溪县交通运输局2024年报.txt": _text("交通运输局", year=2023),
        "审计局/扫描件.pdf": scan(),
        "地方金融监督管理局/照片.jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(600),
        "散件/云溪县统计局年报.docx": write(report(_of("统计局")), "docx")[:-900],
        "报送/第一批.zip": packed({
            "水利局.txt": _text("水利局"),
            "乡镇.zip": packed({"白鹭镇.txt": _text("白鹭镇"), "松坪镇.txt": _text("松坪镇")}),
        }),
        "散件/商务局年报.txt": _text("农业农村局"),
        "体育局/年报.txt": _text("体育局", name="海州市体育局"),
        "林业局/林业局2024年报.txt": write(on_old_form(report(_of("林业局"))), "txt"),
        "散件/扶贫办.txt": _text("乡村振兴局", name=f"{COUNTY}扶贫开发办公室"),
        "散件/医保.txt": _text("医疗保障局", name=f"{COUNTY}医保局"),
        "散件/收到的.txt": _text("民政局", name=f"{COUNTY}民政周"),
        "司法局/司法局2024年报.txt": _text("司法局"),
        "文化和旅游局/文化和旅游局2024年报.txt": _text("文化和旅游局", signed="2月5日"),
        "邮件/报送.eml": mail({"年报.txt": _text("商务局")}, "Wed, 22 Jan 2025 09:30:00 +0800"),
        "气象局/气象局2024年报.txt": write(two_faults(report(_of("气象局")), first=True), "txt"),
        "大坝镇/大坝镇2024年报.txt": write(copied(_of("大坝镇"), _of("双河镇")), "txt"),
        "卫生健康局/卫生健康局2024年报.txt": write(
            with_text(report(_of("卫生健康局")), "2024年，云溪县卫生健康局围绕", "2024年，云溪县医疗保障局围绕"), "txt"
        ),
        "退役军人事务局/退役军人事务局2024年报.txt": write(
            with_text(
                report(_of("退役军人事务局")),
                f"0745-555{1000 + _of('退役军人事务局').number}",
                f"0745-555{1000 + _of('档案局').number}",
            ),
            "txt",
        ),
        "关于报送年报的通知.txt": "各单位：请于1月31日前报送年度报告。".encode(),
    }  # fmt: skip
    return files | several_each()


def several_each() -> dict[str, bytes]:
    """Units that have sent more than is needed, and what programs leave behind in folders."""
    business = report(_of("投资促进局"))
    foreign, city, service = map(_text, ("外事办公室", "城市管理局", "机关事务服务局"))
    return {
        "投资促进局/年报.docx": write(business, "docx"),
        "投资促进局/年报.html": write(business, "html"),
        "投资促进局/盖章.pdf": draw("pdf", report=business),
        "外事办公室/2024年报.txt": foreign,
        "外事办公室/2024年报（1）.txt": foreign,
        "散件/外事.txt": foreign,
        "城市管理局/2023年报.txt": _text("城市管理局", year=2023),
        "城市管理局/2024年报.txt": city,
        "城市管理局/签字页.pdf": scan(b" signed"),
        "机关事务服务局/报送函.txt": LETTER.replace("自然资源局", "机关事务服务局").encode(),
        "机关事务服务局/年报.txt": service,
        "机关事务服务局/年报.docx": write(report(_of("机关事务服务局")), "docx")[:-900],
        "投资促进局/~$年报.docx": b"\x05user" + bytes(157),
        "投资促进局/Thumbs.db": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    }


def second_round() -> dict[str, bytes]:
    """What comes later, in a folder of its own."""
    return {
        "重报/教育局.txt": _text("教育局"),
        "重报/信访局.txt": _text("信访局"),
        "重报/审计局.txt": _text("审计局"),
        "重报/财政局/年报.txt": _text("财政局"),
        "重报/财政局/扫描.pdf": scan(b" again"),
        "重报/气象局.txt": write(two_faults(report(_of("气象局")), first=False), "txt"),
    }


def copied(unit: Unit, source: Unit) -> SampleReport:
    """The report of a unit that has taken most sentences from another one, figures of its tables aside."""
    made, other = report(unit), report(source)

    def taken(own: str, theirs: str) -> str:
        return own if "申请" in own else theirs.replace(source.short, unit.short)

    sections = tuple(
        replace(mine, paragraphs=tuple(map(taken, mine.paragraphs, theirs.paragraphs)))
        for mine, theirs in zip(made.sections, other.sections, strict=True)
    )
    return replace(made, sections=sections)


def two_faults(made: SampleReport, *, first: bool) -> SampleReport:
    """Two errors: a period of another year, and a wrong sum, which is another one in the second version."""
    late = with_text(made, "自2024年1月1日起", "自2023年1月1日起")
    return with_wrong_cell(late) if first else with_wrong_cell(late, "C8", "total")


LETTER: Final = """云溪县自然资源局
关于报送2024年度政府信息公开工作年度报告的函

云溪县人民政府办公室：
    现将我局年度报告报上，请查收。

云溪县自然资源局
2025年1月20日
"""


def scan(note: bytes = b"") -> bytes:
    """A PDF page that is nothing but a picture."""
    page = Page()
    page.image(60, 400, 400, 300)
    return write_pdf([page]) + note


def put(folder: Path, files: dict[str, bytes]) -> Path:
    """Write files into a folder."""
    for name, data in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    return folder


def put_all(folder: Path) -> Path:
    """Both inboxes with list, register and renames."""
    put(folder / "收件箱", first_round())
    put(folder / "收件箱2", second_round())
    extras = {"单位.xlsx": listed(), "登记.csv": REGISTER.encode("gb18030"), "更名.yaml": RENAMES.encode()}
    return put(folder, extras)


if __name__ == "__main__":
    put_all(Path(sys.argv[1]))
