"""The columns of the table: their names, types and meanings, in their order.

A type is one of `text`, `whole` (32 bits), `number` (64 bits, floating), `day`, `truth` and `texts` (a list), or a
tuple of columns: a list of records of these. What a column does not say of a row is null, never an empty text.
"""

from __future__ import annotations

from typing import Final

from checker.startup.records import dataclass


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column.

    Attributes:
        name: as in the result contract, where that has it.
        type: see above.
        meaning: in Chinese; the file itself tells it too.
    """

    name: str
    type: str | tuple[TableColumn, ...]
    meaning: str


_CELLS: Final = (
    TableColumn("table", "text", "表，如 T3"),
    TableColumn("row", "text", "行，如 S"),
    TableColumn("column", "text", "列，如 natural"),
    TableColumn("value", "number", "数；不是数的格子为空，不当作 0"),
    TableColumn("raw", "text", "格子里的原文"),
    TableColumn("state", "text", "是数还是别的：number、blank、slash 等"),
)
_OUTCOMES: Final = (
    TableColumn("rule", "text", "规则编号"),
    TableColumn("verdict", "text", "pass、fail、not_applicable、not_checked 或 broken"),
    TableColumn("examined", "whole", "看了几处"),
    TableColumn("reason", "text", "为什么没能判断、不适用"),
)
COLUMNS: Final = (
    TableColumn("kind", "text", "这一行是什么：report、finding、accepted 或 run"),
    TableColumn("path", "text", "文件；几份报告放在一起看的问题为空"),
    TableColumn("sha256", "text", "文件的摘要"),
    TableColumn("status", "text", "checked、unreadable 或 skipped"),
    TableColumn("verdict", "text", "pass 或 fail；没有检查的为空"),
    TableColumn("report_kind", "text", "哪一类报告，如 annual_report"),
    TableColumn("agency", "text", "单位"),
    TableColumn("level", "text", "机关类别，如 department"),
    TableColumn("tier", "text", "行政级别，如 county"),
    TableColumn("year", "whole", "年度"),
    TableColumn("form", "text", "用的哪一版格式"),
    TableColumn("title", "text", "标题"),
    TableColumn("due", "day", "到期日"),
    TableColumn("signed_on", "day", "落款日期"),
    TableColumn("problem_code", "text", "没有检查的原因的代号"),
    TableColumn("problem", "text", "没有检查的原因"),
    TableColumn("severity", "text", "error、warning 或 info"),
    TableColumn("rule", "text", "规则编号"),
    TableColumn("rule_title", "text", "规则名称"),
    TableColumn("message", "text", "问题"),
    TableColumn("place", "text", "位置，用文字说"),
    TableColumn("section", "whole", "第几部分；0 是第一部分以前"),
    TableColumn("table", "text", "表，如 T3"),
    TableColumn("row", "text", "行，如 S"),
    TableColumn("row_label", "text", "行的名称"),
    TableColumn("column", "text", "列，如 natural"),
    TableColumn("column_label", "text", "列的名称"),
    TableColumn("page", "whole", "第几页"),
    TableColumn("line", "whole", "第几行"),
    TableColumn("paragraph", "whole", "第几段"),
    TableColumn("start", "whole", "段落里从第几个字起（从 0 数）"),
    TableColumn("end", "whole", "到第几个字为止"),
    TableColumn("excerpt", "text", "那里的原文"),
    TableColumn("suggestion", "text", "怎样改"),
    TableColumn("suggestion_unique", "truth", "只有这一种最小的改法"),
    TableColumn("basis", "text", "依据"),
    TableColumn("explains", "texts", "同时解释的规则"),
    TableColumn("evidence", "text", "查到的数，JSON"),
    TableColumn("units", "texts", "放在一起看的问题说的是哪几家单位"),
    TableColumn("fingerprint", "text", "指纹"),
    TableColumn("accepted_reason", "text", "例外：为什么接受"),
    TableColumn("accepted_owner", "text", "例外：谁负责"),
    TableColumn("accepted_until", "day", "例外：到哪一天"),
    TableColumn("accepted_source", "text", "例外：写在哪里"),
    TableColumn("errors", "whole", "几处错误"),
    TableColumn("warnings", "whole", "几处警告"),
    TableColumn("infos", "whole", "几处提示"),
    TableColumn("suppressed", "whole", "几处是接受的例外"),
    TableColumn("rules_passed", "whole", "几条规则通过"),
    TableColumn("rules_failed", "whole", "几条规则不通过"),
    TableColumn("rules_not_applicable", "whole", "几条规则不适用"),
    TableColumn("rules_not_checked", "whole", "几条规则未能判断"),
    TableColumn("rules_broken", "whole", "几条规则自身出错"),
    TableColumn("outcomes", _OUTCOMES, "每条规则的结论，一条一项"),
    TableColumn("cells", _CELLS, "三张表的每一格，一格一项"),
)
