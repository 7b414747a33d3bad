"""`attachment_names`: 附件名含单位和年份."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.judging.judgement import Breach, Judgement
from checker.judging.language.language import Language
from checker.judging.rules import LooksAt
from checker.judging.run_subject import RunSubject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import TEXT_LIST, options_schema
from checker.kinds.publication.places import link_place
from checker.model.place import OneOrMany
from checker.startup.lazy_re import compile_later

_YEAR: Final = compile_later(r"20[0-9]{2}")
_HAN: Final = compile_later("[一-鿿]")


def compile_attachment_names(options: Options, _language: Language) -> Judge:
    """The name of a file that is linked, as far as it is made of words, names the unit and a year."""

    def judge(subject: RunSubject) -> Iterator[Judgement]:
        publication = subject.publication
        if publication is None or subject.bodies is None:
            return
        for link in publication.links:
            stem, _, ending = link.file_name.rpartition(".")
            if ending.lower() not in options["endings"] or not _HAN.search(stem):
                continue
            unit = subject.bodies.unit(link.unit)
            own = subject.own_names.of(link.unit) if subject.own_names else None
            lacking: list[str] = []
            if unit and not (own and any(True for _ in own.spoken(stem))):
                lacking.append("单位")
            if not _YEAR.search(stem):
                lacking.append("年份")
            if not lacking:
                yield None
                continue
            evidence: dict[str, OneOrMany] = {
                "agency": link.unit,
                "file_name": link.file_name,
                "lacking": tuple(lacking),
            }
            yield Breach(link_place(link), evidence, units=(link.unit,))

    return judge


KIND: Final = Kind(
    title="附件名含单位和年份",
    about="附件的文件名里写明单位和年份。",
    compile=compile_attachment_names,
    options=options_schema(
        ("endings",), endings={**TEXT_LIST, "description": "哪些结尾的链接是附件，小写、不带点"}
    ),
    evidence=("agency", "file_name", "lacking"),
    looks_at=LooksAt.RUN,
    words={"endings": "附件的结尾"},
    skeleton=r"""
title: 附件名含单位和年份
check: {endings: [pdf, docx]}
message: "{agency}的附件“{file_name}”没有写{lacking}"
examples:
  - {name: 写了, expect: pass, given: {agency: 某县财政局, units: [{unit: 某县财政局}], published_links: [{unit: 某县财政局, url: "https://www.mouxian.gov.cn/县财政局2024年报.pdf"}]}}
  - {name: 没有写, expect: fail, given: {agency: 某县财政局, units: [{unit: 某县财政局}], published_links: [{unit: 某县财政局, url: "https://www.mouxian.gov.cn/年报定稿.pdf"}]}, findings: [{evidence: {lacking: [单位, 年份]}}]}
""",
)
