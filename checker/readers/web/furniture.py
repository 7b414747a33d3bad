"""What web pages put around a text: navigation, links, buttons, footers.

The words here are those of web pages in general, not of any kind of document. In doubt,
a part counts as text: a stray line does less harm than a lost one.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from checker.startup.records import dataclass

_SHORT: Final = 120
"""Longer lines are sentences, whatever words stand in them."""
_LITTLE_TEXT: Final = 300
_LINKS_OF_A_LIST: Final = 3
_LINK_SHARE: Final = 0.6

FURNITURE_TAGS: Final = frozenset(("nav", "footer", "aside"))
_FURNITURE_NAMES: Final = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|topbar|toolbar|header|head|footer|foot|sidebar|breadcrumbs?|crumbs?"
    r"|position|location|share|bdshare\w*|social|copyright|pager|pagination|qrcode|ewm|related|recommend|search"
    r"|toolbox|print|fontsize|prevnext)(?:$|[\s_\d-])",
    re.IGNORECASE,
)
_BUTTONS: Final = frozenset((
    "打印", "打印本页", "打印此页", "关闭", "关闭窗口", "关闭本页", "返回顶部", "返回列表",
    "返回首页", "收藏", "加入收藏", "设为首页", "分享", "分享到", "字体", "字号", "大", "中", "小",
    "微信", "微博", "下载", "无障碍", "无障碍浏览", "无障碍阅读", "繁体", "简体", "网站地图",
    "联系我们", "首页", "相关链接", "相关阅读", "上一篇", "下一篇", "扫一扫在手机打开当前页",
))  # fmt: skip
_BUTTONS_BEGIN: Final = frozenset(button[0] for button in _BUTTONS)
_BETWEEN_BUTTONS: Final = re.compile(r"[\s\[\]【】（）()|｜:：·>]+")
_LEAD: Final = re.compile(
    r"[\[【（(]?(?:您?(?:现在|当前)(?:所在)?的?位置|所在位置|(?:发布|发表|公开|生成)(?:时间|日期)|信息来源|文章来源|稿件来源|来源|浏览次数"
    r"|浏览量|阅读次数|点击数|点击量|访问量|责任编辑|字体大小|字体|字号|上一篇|下一篇|分享到|扫一扫)\s*[:：>】\])）]"
)
_IMPRINT: Final = re.compile(
    r"[iIİıaA公网版技主承](?i:(?<=i)CP备|(?<=公)网安备|(?<=网)站标识码|(?<=版)权所有|(?<=a)ll Rights Reserved"
    r"|(?:(?<=技)术支持|(?<=[主承])办单位)\s*[:：])"
)
"""It begins with letters that `re` skips to quickly."""


DATE: Final = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
PUBLISHED: Final = (
    "(?:发布|发表|公布|公开|刊发|刊登|上网|上传|录入|添加|发稿)(?:时间|日期)",
    "(?:生成|发文|信息)(?:时间|日期)",
    # Alone only where no other word says of what it is the time: 统计时间, 更新时间, 办公时间.
    "(?<![\u4e00-\u9fff])(?:时间|日期)",
)
"""What stands before the day of publication in the frame of a page, the plainest first."""
PUBLISHED_ENDS: Final = "(?:时间|日期)"
"""What each of these ends with."""
_PUBLISHED: Final = tuple(re.compile(words + r"[\s:：】\]]{1,20}" + DATE.pattern) for words in PUBLISHED)


_FILLED_ON: Final = re.compile(r"(?:填报|填表|编报)(?:时间|日期)\s*[:：]")
"""The day on which a form was filled in belongs to the text, whatever stands beside it."""


def iso_day(match: re.Match[str] | None) -> str:
    """The day that `DATE` matched, as an ISO date; empty if there is none."""
    if match is None:
        return ""
    try:
        return date(int(match[1]), int(match[2]), int(match[3])).isoformat()
    except ValueError:
        return ""


def published_in(line: str) -> str:
    """The day of publication that a line names, as an ISO date; empty if it names none."""
    return next(filter(None, (iso_day(pattern.search(line)) for pattern in _PUBLISHED)), "")


@dataclass(frozen=True, slots=True)
class Content:
    """How much of what stands in an element.

    Attributes:
        characters: of text, links included.
        link_characters: of text that leads to other pages.
        links: number of such links.
        headings: number of headings.
        tables: number of tables with data.
    """

    characters: int
    link_characters: int
    links: int
    headings: int
    tables: int


def is_furniture(tag: str, names: str, content: Content) -> bool:
    """Whether an element of a page is no part of its text.

    Args:
        tag: the element's tag.
        names: its class and id.
        content: what stands in it.
    """
    if content.tables or content.characters - content.link_characters > _LITTLE_TEXT:
        return False
    if is_link_list(content):
        return True
    # Without a link it may be the end of the text, whatever the element is called.
    named = tag in FURNITURE_TAGS or _FURNITURE_NAMES.search(names) is not None
    return named and content.links > 0 and content.headings == 0


def is_link_list(content: Content) -> bool:
    """Whether little but links to other pages stands there."""
    return content.links >= _LINKS_OF_A_LIST and content.link_characters > _LINK_SHARE * content.characters


def is_furniture_line(line: str) -> bool:
    """Whether a line by itself is a row of buttons, a breadcrumb, a counter, an imprint."""
    if len(line) > _SHORT or _FILLED_ON.search(line):
        return False
    if _LEAD.match(line) or _IMPRINT.search(line):
        return True
    if line[:1].isalnum() and line[0] not in _BUTTONS_BEGIN:
        return False
    return _BUTTONS.issuperset(filter(None, _BETWEEN_BUTTONS.split(line)))
