"""A clean report of the second kind, as an office publishes it, and ways to spoil it."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

TITLE = "禾川县人民政府网站工作年度报表（2023年度）"
UNIT = "填报单位：禾川县人民政府办公室"
END = "填报日期：2024年1月18日"

# Labels of the groups in front, label, key of the row, value. Several pairs may stand in one line.
Row = tuple[str, str, str, str]
ROWS: tuple[Row, ...] = (
    ("", "网站名称", "site_name", "禾川县人民政府网"),
    ("", "首页网址", "home_page", "https://www.hechuanxian.gov.cn/"),
    ("", "主办单位", "host", "禾川县人民政府办公室"),
    ("", "网站类型", "site_type", "☑政府门户网站  □部门网站  □专项网站"),
    ("", "政府网站标识码", "site_code", "5227990001"),
    ("", "ICP备案号", "icp", "黔ICP备12345678号-1"),
    ("", "公安机关备案号", "police", "贵公网安备 52279902000123号"),
    ("", "独立用户访问总量（单位：个）", "visitors", "48213"),
    ("", "网站总访问量（单位：次）", "visits", "917604"),
    ("信息发布（单位：条）", "总数", "published", "6120"),
    ("信息发布（单位：条）", "概况类信息更新量", "overview", "20"),
    ("信息发布（单位：条）", "政务动态信息更新量", "news", "3900"),
    ("信息发布（单位：条）", "信息公开目录信息更新量", "catalogue", "2200"),
    ("专栏专题（单位：个）", "维护数量", "columns_kept", "18"),
    ("专栏专题（单位：个）", "新开设数量", "columns_new", "5"),
    ("解读回应/解读信息发布", "总数（单位：条）", "explained", "64"),
    ("解读回应/解读信息发布", "解读材料数量（单位：条）", "materials", "40"),
    ("解读回应/解读信息发布", "解读产品数量（单位：个）", "products", "22"),
    ("解读回应/解读信息发布", "媒体评论文章数量（单位：篇）", "comments", "2"),
    ("解读回应", "回应公众关注热点或重大舆情数量（单位：次）", "responses", "7"),
    ("办事服务", "是否发布服务事项目录", "has_catalogue", "☑是 □否"),
    ("办事服务", "注册用户数（单位：个）", "users", "15320"),
    ("办事服务", "政务服务事项数量（单位：项）", "services", "1480"),
    ("办事服务", "可全程在线办理政务服务事项数量（单位：项）", "services_online", "1322"),
    ("办事服务/办件量（单位：件）", "总数", "handled", "20415"),
    ("办事服务/办件量（单位：件）", "自然人办件量", "handled_persons", "16200"),
    ("办事服务/办件量（单位：件）", "法人办件量", "handled_bodies", "4215"),
    ("互动交流", "是否使用统一平台", "one_platform", "☑是 □否"),
    ("互动交流/留言办理", "收到留言数量（单位：条）", "received", "312"),
    ("互动交流/留言办理", "办结留言数量（单位：条）", "closed", "310"),
    ("互动交流/留言办理", "平均办理时间（单位：天）", "days", "3.5"),
    ("互动交流/留言办理", "公开答复数量（单位：条）", "answered", "205"),
    ("互动交流/征集调查", "征集调查期数（单位：期）", "surveys", "14"),
    ("互动交流/征集调查", "收到意见数量（单位：条）", "opinions", "96"),
    ("互动交流/征集调查", "公布调查结果期数（单位：期）", "surveys_told", "13"),
    ("互动交流/在线访谈", "访谈期数（单位：期）", "interviews", "6"),
    ("互动交流/在线访谈", "网民留言数量（单位：条）", "questions", "33"),
    ("互动交流/在线访谈", "答复网民提问数量（单位：条）", "replies", "30"),
    ("互动交流", "是否提供智能问答", "smart_answers", "☑是 □否"),
    ("安全防护", "安全检测评估次数（单位：次）", "security_checks", "12"),
    ("安全防护", "发现问题数量（单位：个）", "problems_found", "9"),
    ("安全防护", "问题整改数量（单位：个）", "problems_mended", "8"),
    ("安全防护", "是否建立安全监测预警机制", "has_monitoring", "☑是 □否"),
    ("安全防护", "是否开展应急演练", "has_drill", "☑是 □否"),
    ("安全防护", "是否明确网站安全责任人", "has_officer", "☑是 □否"),
    ("移动新媒体", "是否有移动新媒体", "has_media", "☑是 □否"),
    ("移动新媒体/微博", "名称", "weibo_name", "禾川发布"),
    ("移动新媒体/微博", "信息发布量（单位：条）", "weibo_posts", "420"),
    ("移动新媒体/微博", "关注量（单位：个）", "weibo_followers", "5301"),
    ("移动新媒体/微信", "名称", "wechat_name", "禾川微政务"),
    ("移动新媒体/微信", "信息发布量（单位：条）", "wechat_posts", "880"),
    ("移动新媒体/微信", "订阅数（单位：个）", "wechat_subscribers", "23019"),
    ("移动新媒体", "其他", "media_other", ""),
    ("", "创新发展", "innovations", "☑搜索即服务 □多语言版本 ☑无障碍浏览 □千人千网 □其他"),
)
_DEPTH = 3
_TOGETHER = {"icp": "police"}
"""Rows that are printed in one line with the next one, as the official form has them."""


def page(
    values: Mapping[str, str] | None = None,
    *,
    title: str | None = TITLE,
    unit: str | None = UNIT,
    end: str | None = END,
    without: frozenset[str] = frozenset(),
) -> str:
    """The report as a web page.

    Args:
        values: other values by key of the row.
        title: the line above all, None leaves it out.
        unit: the line before the table, likewise.
        end: the line behind it, likewise.
        without: keys of rows to leave out.
    """
    told = values or {}
    rows = [row for row in ROWS if row[2] not in without]
    paths = [tuple(filter(None, row[0].split("/"))) for row in rows]
    lines: list[str] = []
    skip = ""
    for index, (_, label, key, usual) in enumerate(rows):
        if key == skip:
            continue
        path, cells = paths[index], ""
        for level in range(len(path)):
            prefix = path[: level + 1]
            if index and paths[index - 1][: level + 1] == prefix:
                continue
            span = next(
                (i for i, other in enumerate(paths[index:]) if other[: level + 1] != prefix),
                len(rows) - index,
            )
            cells += f'<td rowspan="{span}">{escape(prefix[-1])}</td>'
        value = escape(told.get(key, usual))
        following = _TOGETHER.get(key)
        if following and following not in without:
            other = next(row for row in ROWS if row[2] == following)
            cells += f'<td>{escape(label)}</td><td colspan="2">{value}</td>'
            cells += f"<td>{escape(other[1])}</td><td>{escape(told.get(following, other[3]))}</td>"
            skip = following
        else:
            cells += f'<td colspan="{_DEPTH - len(path)}">{escape(label)}</td><td colspan="2">{value}</td>'
        lines.append(f"<tr>{cells}</tr>")
    table = "\n".join(lines)
    before = "".join(f"<h1>{escape(line)}</h1>\n" for line in (title,) if line)
    before += "".join(f"<p>{escape(line)}</p>\n" for line in (unit,) if line)
    after = f"<p>{escape(end)}</p>\n" if end else ""
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">\n'
        f"<title>{escape(title or '报表')}</title></head>\n<body>\n{before}"
        f'<table border="1">\n{table}\n</table>\n{after}</body></html>\n'
    )
