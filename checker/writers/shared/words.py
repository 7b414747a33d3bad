"""The Chinese words for the fixed terms of the result contract."""

from __future__ import annotations

from typing import Final

from checker.model.findings import Severity, Status
from checker.model.place import Scalar

SEVERITY_WORDS: Final = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}

VERDICT_WORDS: Final = {"pass": "通过", "fail": "不通过"}

RUN_WORDS: Final = {"none": "没有可以检查的文件", "incomplete": "没有检查完", **VERDICT_WORDS}
"""By `Tally.verdict`."""

STATUS_WORDS: Final = {Status.CHECKED: "已检查", Status.UNREADABLE: "无法读取", Status.SKIPPED: "已跳过"}

LEVEL_WORDS: Final = {
    "government": "人民政府",
    "office": "政府办公室",
    "department": "部门",
    "township": "乡镇",
    "subdistrict": "街道",
    "central": "国务院部门或垂直管理单位",
    "other": "其他机构",
}

TIER_WORDS: Final = {
    "national": "国家级",
    "province": "省级",
    "prefecture": "地市级",
    "county": "县级",
    "township": "乡级",
}

_DIGITS: Final = "零一二三四五六七八九"


def ordinal_word(number: int) -> str:
    """A small ordinal in Chinese, 1 gives 一 and 12 gives 十二; in Arabic digits from a hundred on."""
    tens, ones = divmod(number, 10)
    if not 0 <= number < 100:  # noqa: PLR2004  where the short forms end
        return str(number)
    if tens == 0:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def value_words(value: Scalar) -> str:
    """A value as a person reads it; nothing is 空白."""
    if value is None or value == "":
        return "空白"
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)
