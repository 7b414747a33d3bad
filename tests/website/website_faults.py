"""What goes wrong in reports of the second kind: what is changed, and the one finding that it must give."""

from __future__ import annotations

from typing import Any

# Changes of the sample (see `website_sample.page`), the rule, the row that the finding points at, its severity.
Fault = tuple[dict[str, Any], str, str | None, str]


def _value(**values: str) -> dict[str, Any]:
    return {"values": values}


FAULTS: dict[str, Fault] = {
    "no year in the title": ({"title": "禾川县人民政府网站工作年度报表"}, "WEB-01", None, "warning"),
    "a title of another kind": ({"title": "2023年禾川县政府网站工作报表"}, "WEB-01", None, "warning"),
    "row of visits missing": ({"without": frozenset({"visits"})}, "WEB-04", "visits", "warning"),
    "row of surveys missing": ({"without": frozenset({"surveys"})}, "WEB-04", "surveys", "warning"),
    "row of the host missing": ({"without": frozenset({"host"})}, "WEB-04", "host", "warning"),
    "blank name": (_value(site_name=""), "WEB-05", "site_name", "warning"),
    "blank visitors": (_value(visitors=""), "WEB-05", "visitors", "warning"),
    "blank total": (_value(published=""), "WEB-05", "published", "warning"),
    "blank drill": (_value(has_drill="□是 □否"), "WEB-05", "has_drill", "warning"),
    "blank type": (_value(site_type="□政府门户网站 □部门网站 □专项网站"), "WEB-05", "site_type", "warning"),
    "blank subscribers": (_value(wechat_subscribers=""), "WEB-05", "wechat_subscribers", "warning"),
    "negative visits": (_value(opinions="-3"), "WEB-06", "opinions", "error"),
    "half a letter": (_value(responses="7.5"), "WEB-06", "responses", "error"),
    "a unit behind the number": (_value(interviews="6期"), "WEB-06", "interviews", "warning"),
    "words for a number": (_value(users="一万余人"), "WEB-06", "users", "error"),
    "negative days": (_value(days="-2"), "WEB-06", "days", "error"),
    "two ticks": (_value(has_officer="☑是 ☑否"), "WEB-07", "has_officer", "warning"),
    "two types": (_value(site_type="☑政府门户网站 ☑部门网站 □专项网站"), "WEB-07", "site_type", "warning"),
    "an answer in other words": (_value(smart_answers="正在建设"), "WEB-07", "smart_answers", "warning"),
    "no media and yet posts": (_value(has_media="□是 ☑否"), "WEB-07", "has_media", "warning"),
    "no list of services and yet services": (_value(has_catalogue="□是 ☑否"), "WEB-07", "has_catalogue", "warning"),
    "code of nine digits": (_value(site_code="522799000"), "WEB-10", "site_code", "error"),
    "code of eleven digits": (_value(site_code="52279900011"), "WEB-10", "site_code", "error"),
    "code of a ministry one short": (_value(site_code="bm1234567"), "WEB-10", "site_code", "error"),
    "ICP without province": (_value(icp="ICP备12345678号"), "WEB-11", "icp", "error"),
    "ICP without its end": (_value(icp="黔ICP备12345678"), "WEB-11", "icp", "error"),
    "ICP with another word": (_value(icp="黔IPC备12345678号"), "WEB-11", "icp", "error"),
    "police number one short": (_value(police="贵公网安备 5227990200012号"), "WEB-12", "police", "error"),
    "police number one long": (_value(police="贵公网安备 522799020001234号"), "WEB-12", "police", "error"),
    "address without scheme": (_value(home_page="www.hechuanxian.gov.cn"), "WEB-13", "home_page", "warning"),
    "address with a space": (_value(home_page="https://www.hechuan xian.gov.cn"), "WEB-13", "home_page", "warning"),
    "parts above the total of publications": (_value(published="6100"), "WEB-20", "published", "error"),
    "parts below the total of publications": (_value(published="6210"), "WEB-20", "published", "warning"),
    "parts above the total of explanations": (_value(explained="46"), "WEB-21", "explained", "error"),
    "parts below the total of explanations": (_value(explained="74"), "WEB-21", "explained", "warning"),
    "parts above the total of cases": (_value(handled="20145"), "WEB-22", "handled", "error"),
    "parts below the total of cases": (_value(handled="20451"), "WEB-22", "handled", "warning"),
    "more closed than received": (_value(received="301"), "WEB-30", "closed", "warning"),
    "more answers than closed": (_value(answered="311"), "WEB-31", "answered", "warning"),
    "more online than there are": (_value(services_online="1482"), "WEB-32", "services_online", "error"),
    "more results than surveys": (_value(surveys_told="15"), "WEB-33", "surveys_told", "warning"),
    "more replies than questions": (_value(replies="34"), "WEB-34", "replies", "warning"),
    "more mended than found": (_value(problems_mended="10"), "WEB-35", "problems_mended", "warning"),
    "more new columns than columns": (_value(columns_new="19"), "WEB-36", "columns_new", "warning"),
    "more visitors than visits": (_value(visitors="917605"), "WEB-37", "visitors", "error"),
    "filled in late": ({"end": "填报日期：2024年2月18日"}, "WEB-50", None, "error"),
    "published late and filled in late": (
        {"end": "填报日期：2024年2月18日 发布日期：2024-02-20"}, "WEB-50", None, "error"
    ),
    "day of the year before": ({"end": "填报日期：2023年1月18日"}, "WEB-51", None, "warning"),
}  # fmt: skip
