"""`readable`: 文件能读."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.judging.judgement import Breach, Judgement
from checker.judging.language.language import Language
from checker.judging.subject import Subject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import options_schema
from checker.model.place import Place


def compile_readable(options: Options, _language: Language) -> Judge:
    """The file was read whole. A file that could not be read at all fails this kind before any report exists.

    Each note of the reader with one of the named `notes` codes is a breach, `partly`.
    """

    def judge(subject: Subject) -> Iterator[Judgement]:
        noted = [note for note in subject.report.document.notes if note.code in options["notes"]]
        for note in noted:
            yield Breach(Place(note.location), {"note": note.text.rstrip("。")}, "partly")
        if not noted:
            yield None

    return judge


KIND: Final = Kind(
    title="文件能读",
    about="文件完整地读出来了。",
    compile=compile_readable,
    options=options_schema(
        ("notes",), notes={"type": "array", "items": {"type": "string"}, "description": "读取时的提示代码"}
    ),
    evidence=("note",),
    variants=("partly",),
    skeleton=r"""
title: 文件能完整读取
check: {notes: [replaced_characters]}
message: 文件没有读全
examples:
  - {name: 能读取, expect: pass, given: {}}
  - {name: 损坏, expect: fail, given: {damaged: true}}
""",
)
