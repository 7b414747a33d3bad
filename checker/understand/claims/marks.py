"""The kinds of words that change the meaning of a figure; the words themselves are in the claim files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MARKS: Final[Mapping[str, str]] = {
    "total": "合计词，如 共、合计",
    "each": "各自相等的词，如 均、各",
    "joint": "并列词，如 、和",
    "both": "两个动作同一数的连接词，如 并",
    "part": "引出其中一部分的词，如 其中、含",
    "comparison": "引出比较的词，如 较、同比",
    "change": "增减的词，如 增长、下降",
    "last_year": "指上一年的词",
    "history": "指多年累计的词",
    "partial_period": "不足一年的期间",
    "planned": "打算做的词，如 拟、计划",
    "own_scope": "指本单位的词",
    "wide_scope": "指整个辖区的词",
    "other_scope": "指下级、其他单位的词",
    "assisting": "替别人做的词，如 协助、指导：只管它所在的分句",
    "period": "说到全年的词，如 全年、本年度：从它开始的分句不再归前面说到的单位",
    "acting": "别的单位的称呼：后面紧跟着做了什么时，数是它的",
    "channel": "申请的渠道",
    "withdrawn": "撤回、转办、修改一类，会使标了 fragile 的数口径不清",
    "aside": "与事项有关的名词，不是动作：与它相连的数不看，事项照旧",
    "amended": "同 withdrawn：修改一类",
    "expired": "同 withdrawn：失效一类",
    "because": "说明理由的词，如 因、属于：后面合计几行的结果只是这一个理由的",
    "remaining": "剩下的，如 尚有、其余：后面的数只是没有说到的那些",
    "reason": "说明理由的话，如 因……等情形：答复了的只是其中一类",
    "outside": "同 withdrawn：不归本机关管一类",
    "foreign": "别的事情，与它相连的数都不看",
    "filler": "不改变意思的修饰",
    "not_counted": "跟在量词后面、说明数的是别的东西",
    "all_of": "指前面全部的词，如 全部",
    "all_channels": "列完各种渠道的词，如 等方式：后面的数是全部",
    "respectively": "把前面几项与后面几个数一一对上的词，如 分别为",
    "publishing": "公布、归集一类：同一句里它后面并列的数是公开的条数；说到办理、作出时为止",
    "qualifying": "插在数与说法之间、表示只是其中一类的话，如 经补正后",
}
"""Kinds of marks with their Chinese descriptions."""

_CHANGES: Final = ("withdrawn", "amended", "expired", "outside", "reason", "because", "remaining")
BESIDE_OTHERS: Final = frozenset(
    (*_CHANGES, "channel", "all_channels", "acting", "hint", "publishing", "part")
)
"""Kinds of hits that stay where a longer one overlaps them."""
