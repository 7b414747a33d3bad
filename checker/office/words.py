"""What states, roles and the like are called in everything that an office reads."""

from __future__ import annotations

from datetime import date
from typing import Final

from checker.model.season import Receipt, ReceiptBasis, Role, State, UnitStanding

STATE_WORDS: Final = {
    State.PASSED: "已报合格",
    State.TO_MEND: "已报须改",
    State.UNDECIDED: "有多份待定",
    State.WRONG_DOCUMENT: "报错文件",
    State.UNREADABLE: "读不出",
    State.OVERDUE: "未报已逾期",
    State.NOT_DUE: "未报未到期",
    State.EXEMPT: "撤并免报",
}
"""In the order in which they are listed."""
ROLE_WORDS: Final = {
    Role.IN_FORCE: "采用",
    Role.SUPERSEDED: "已被替换",
    Role.DUPLICATE: "重复",
    Role.OTHER_FORMAT: "同一份的另一种格式",
    Role.UNDECIDED: "待定",
    Role.WRONG_YEAR: "别的年度",
    Role.WRONG_DOCUMENT: "不是年度报告",
    Role.OTHER_BODY: "别的单位的报告",
    Role.UNREADABLE: "读不出",
}
BASIS_WORDS: Final = {
    ReceiptBasis.REGISTER: "登记",
    ReceiptBasis.MAIL: "邮件",
    ReceiptBasis.FIRST_SEEN: "首次收到",
    ReceiptBasis.SIGNATURE: "落款",
}


def chinese_day(day: date) -> str:
    """A day as documents write it: 2025年1月31日."""
    return f"{day.year}年{day.month}月{day.day}日"


def receipt_words(received: Receipt | None) -> str:
    """When something came in and who says so; empty if nothing tells."""
    return f"{received.on.isoformat()}（{BASIS_WORDS[received.by]}）" if received else ""


def is_late(standing: UnitStanding) -> bool:
    """Whether what the unit has sent in came too late; one that has sent nothing is overdue, not late.

    A report of two units is late once.
    """
    return bool(standing.received and standing.days_late and not standing.follows)
