"""Sample reports as pages of a made-up government site: navigation, layout table, footer, scripts."""

from __future__ import annotations

from html import escape

from checker.model.document import Table

from .model import SampleReport

_HEAD = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="{encoding}">
<title>{title}_禾川县人民政府门户网站</title>
<meta name="SiteName" content="禾川县人民政府门户网站">
<meta name="ArticleTitle" content="{title}">
{published}<style>
.wrap {{ width: 1100px; margin: 0 auto }} .article p {{ text-indent: 2em; line-height: 1.9 }}
.article table {{ border-collapse: collapse; width: 100% }} .article td {{ border: 1px solid #444; text-align: center }}
</style>
<script>var pageType = "article"; function setFont(size) {{ document.body.style.fontSize = size + "px"; }}</script>
</head>
<body>
<div class="header"><a href="/">首页</a><a href="/zwgk/">政务公开</a><a href="/bsfw/">办事服务</a><a href="/hdjl/">互动交流</a></div>
<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; <a href="/zwgk/nb/">政府信息公开年报</a></div>
<table class="wrap" cellspacing="0"><tr><td width="220">
<ul class="menu"><li><a href="/zwgk/zn/">政府信息公开指南</a></li><li><a href="/zwgk/zd/">政府信息公开制度</a></li>
<li><a href="/zwgk/fdzdgknr/">法定主动公开内容</a></li><li><a href="/zwgk/nb/">政府信息公开年报</a></li></ul>
</td><td>
<div class="article">
<h1>{title}</h1>
{info}<!-- 正文开始 -->
"""
_TAIL = """<!-- 正文结束 -->
</div>
</td></tr></table>
<div class="footer"><p>主办单位：禾川县人民政府办公室　<a href="/map/">网站地图</a>　<a href="/contact/">联系我们</a></p>
<p>网站标识码：9999990001　版权所有</p></div>
<script>/* 统计访问量 */ document.write("");</script>
</body>
</html>
"""


def report_as_html(report: SampleReport, encoding: str = "utf-8") -> bytes:
    """A page of a government site.

    Args:
        report: the report.
        encoding: how the page is encoded; it says so itself.
    """
    day = report.published
    published = f'<meta name="PubDate" content="{day} 09:30:00">\n' if day else ""
    info = (
        f'<div class="info">发布日期：{day} 09:30　来源：县政府办公室　字号：[大 中 小]</div>\n'
        if day
        else ""
    )
    parts = [_HEAD.format(title=escape(report.title), encoding=encoding, published=published, info=info)]
    for kind, item in report.flow():
        if isinstance(item, Table):
            parts.append(_table(item))
        elif kind == "heading":
            parts.append(f"<p><strong>{escape(item)}</strong></p>\n")
        elif kind == "signature":
            parts.append(f'<p style="text-align: right">{escape(item)}</p>\n')
        elif kind == "paragraph":
            parts.append(f"<p>{escape(item)}</p>\n")
    parts.append(_TAIL)
    return "".join(parts).encode(encoding)


def _table(table: Table) -> str:
    lines = ['<table border="1"><tbody>']
    for row in table.rows:
        cells = []
        for cell in row:
            spans = (f' rowspan="{cell.row_span}"' if cell.row_span > 1 else "") + (
                f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
            )
            cells.append(f"<td{spans}><p>{escape(cell.text)}</p></td>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    lines.append("</tbody></table>\n")
    return "\n".join(lines)
