"""Faults of the three tables."""

from __future__ import annotations

from typing import Final

from .changes import add_row, cell, cells, drop_line, label
from .model import Fault

TABLE_TWO: Final = (
    Fault("缺行政强制一行", "T2-01", drop_line("T2[coercion]"), severity="error", place="T2"),
    Fault("缺废止一列", "T2-01", drop_line("T2[, repealed]"), severity="error", place="T2"),
    Fault("行名差一个字", "T2-01", label("T2", "行政规范性文件", "行政规范性文书"), severity="info", place="T2"),
    Fault("旧表缺政府采购", "T2-01", drop_line("T2[procurement]"), base="old form", severity="error", place="T2"),
    Fault("件数有小数", "T2-02", cell("T2[licensing, decisions]", "316.5"), severity="error", place="T2[licensing, decisions]"),
    Fault("件数带单位", "T2-02", cell("T2[penalties, decisions]", "42件"), severity="error", place="T2[penalties, decisions]"),
    Fault("件数写成文字", "T2-02", cell("T2[penalties, decisions]", "见双公示栏"), severity="error",
          place="T2[penalties, decisions]"),
    Fault("件数是负数", "T2-02", cell("T2[coercion, decisions]", "-3"), severity="error", place="T2[coercion, decisions]"),
    Fault("空了一格", "T2-02", cell("T2[coercion, decisions]", ""), severity="info", place="T2[coercion, decisions]"),
    Fault("收费按元填", "T2-03", cell("T2[fees, amount]", "2186000"), severity="warning", place="T2[fees, amount]"),
    Fault("政府收费按元填", "T2-03", cell("T2[fees, amount]", "31864200"), base="county", severity="warning",
          place="T2[fees, amount]"),
    Fault("部门填了规章", "T2-04", cell("T2[regulations, valid]", "5"), severity="error", place="T2[regulations, valid]"),
    Fault("县政府填了规章", "T2-04", cell("T2[regulations, valid]", "1"), base="county", severity="error",
          place="T2[regulations, valid]"),
    Fault("乡镇填了规章", "T2-04", cell("T2[regulations, valid]", "2"), base="township", severity="error",
          place="T2[regulations, valid]"),
    Fault("制发多于现行有效", "T2-05", cells({"T2[normative_documents, repealed]": "0", "T2[normative_documents, valid]": "1"}),
          severity="error"),
    Fault("现行有效漏填成零", "T2-05", cell("T2[normative_documents, valid]", "0"), base="county", severity="error"),
    Fault("整张空白", "T2-10", cell("T2", ""), severity="error", place="T2"),
    Fault("整张是占位文字", "T2-10", cell("T2", "在此处填写"), severity="error", place="T2"),
    Fault("总数量少于新公开", "T2-11", cell("T2[normative_documents, total_disclosed]", "1"), base="old form", severity="error"),
)  # fmt: skip

TABLE_THREE: Final = (
    Fault("缺要求提供公开出版物一行", "T3-01", drop_line("T3[E3]"), severity="error"),
    Fault("缺科研机构一列", "T3-01", drop_line("T3[, research]"), severity="error"),
    Fault("多了一行", "T3-01", add_row("T3", "五、撤回的申请数量", *"2000002"), severity="warning"),
    Fault("整行少算一件", "T3-02", cells({"T3[R1, natural]": "5", "T3[R1, total]": "8"}), severity="error"),
    Fault("结转下年漏填", "T3-02", cells({"T3[R4, natural]": "0", "T3[R4, total]": "0"}), severity="error"),
    Fault("新收写错一格", "T3-02", cell("T3[R1, commercial]", "3"), severity="error"),
    Fault("总计行写错一格", "T3-02", cell("T3[S, natural]", "7"), severity="error", place="T3[S, natural]"),
    Fault("政府新收数字颠倒", "T3-02", cell("T3[R1, natural]", "47"), base="county", severity="error", place="T3[R1, natural]"),
    Fault("旧表上年结转写错", "T3-02", cell("T3[R2, natural]", "2"), base="old form", severity="error"),
    Fault("明细多一件", "T3-03", cell("T3[A, natural]", "4"), severity="error"),
    Fault("漏了一行明细", "T3-03", cells({"T3[D1, natural]": "0", "T3[D1, other]": "0", "T3[D1, total]": "0"}),
          severity="error"),
    Fault("旧表其他处理写错", "T3-03", cell("T3[F, natural]", "2"), base="old form", severity="error"),
    Fault("一行总计写错", "T3-04", cells({"T3[A, total]": "3", "T3[B, total]": "2"}), severity="error"),
    Fault("申请人分列挪了一格", "T3-04", cells({"T3[R1, total]": "8", "T3[R2, total]": "2"}), severity="error"),
    Fault("总计列没有填", "T3-05", cell("T3[, total]", ""), severity="warning"),
    Fault("分项没有填", "T3-05", cells(dict.fromkeys(
        ("T3[, natural]", "T3[, commercial]", "T3[, research]", "T3[, public_welfare]", "T3[, legal]", "T3[, other]"), ""
    )), severity="warning"),
    Fault("空了两格", "T3-05", cells({"T3[C1, natural]": "", "T3[C2, legal]": ""}), severity="info", place="T3[C1, natural]"),
    Fault("件数带单位", "T3-06", cell("T3[R1, commercial]", "2件"), severity="error", place="T3[R1, commercial]"),
    Fault("件数写成文字", "T3-06", cell("T3[C3, natural]", "保密"), severity="error", place="T3[C3, natural]"),
    Fault("件数有小数", "T3-06", cell("T3[C1, research]", "0.5"), severity="error", place="T3[C1, research]"),
    Fault("件数是负数", "T3-06", cell("T3[E5, legal]", "-1"), severity="error", place="T3[E5, legal]"),
    Fault("整张空白", "T3-11", cell("T3", ""), severity="error", place="T3"),
    Fault("整张是占位文字", "T3-11", cell("T3", "（文字描述）"), base="county", severity="error", place="T3"),
)  # fmt: skip

TABLE_FOUR: Final = (
    Fault("缺复议后起诉一组", "T4-01", drop_line("T4[litigation_after_review]"), severity="error"),
    Fault("件数带单位", "T4-01", cell("T4[review, corrected]", "0件"), severity="error", place="T4[review, corrected]"),
    Fault("件数写成文字", "T4-01", cell("T4[review, other]", "撤回"), severity="error", place="T4[review, other]"),
    Fault("空了一格", "T4-01", cell("T4[litigation_direct, pending]", ""), severity="info",
          place="T4[litigation_direct, pending]"),
    Fault("总计没有填", "T4-01", cells({
        "T4[review, total]": "", "T4[litigation_direct, total]": "", "T4[litigation_after_review, total]": ""
    }), base="county", severity="warning"),
    Fault("复议总计多一件", "T4-02", cell("T4[review, total]", "2"), severity="error"),
    Fault("诉讼明细漏一件", "T4-02", cell("T4[litigation_after_review, pending]", "0"), severity="error"),
    Fault("政府复议总计写错", "T4-02", cell("T4[review, total]", "6"), base="county", severity="error"),
    Fault("整张空白", "T4-07", cell("T4", ""), severity="error", place="T4"),
    Fault("整张是占位文字", "T4-07", cell("T4", "在此处填写"), base="old form", severity="error", place="T4"),
)  # fmt: skip
