"""`pattern`: 应出现的写法."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.judging.judgement import Breach, Judgement
from checker.judging.language.language import Language
from checker.judging.language.scope import TITLE, TextView
from checker.judging.subject import Subject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import NEEDS, PATTERNS, SCOPE, UNLESS_OVERLAPPING, options_schema
from checker.kinds.rewording import REPLACE, reworded, rewordings, text_changes
from checker.kinds.text.sentences import is_needed, shortened
from checker.model.findings import TextChange
from checker.model.place import Place


def compile_pattern_kind(options: Options, _language: Language) -> Judge:
    """The scope matches at least one of the patterns; with `needs`, only if it matches one of these too.

    `replace` says what is to be written where that is certain.
    """

    def judge(subject: Subject) -> Iterator[Judgement]:
        view = subject.view(options["where"])
        if not is_needed(view, options) or any(view.matches(options["patterns"], options.get("unless", ()))):
            yield None
        else:
            place = subject.end_of(options["at"]) if "at" in options else _place(view, options)
            text = shortened(view.texts[0].squeezed.text)
            yield Breach(place, {"text": text}, texts=_mended(subject, view, options))

    return judge


def _place(view: TextView, options: Options) -> Place:
    """A title that is written otherwise is there; elsewhere something is missing."""
    return view.whole() if options["where"] == TITLE else view.lacking()


def _mended(subject: Subject, view: TextView, options: Options) -> tuple[TextChange, ...]:
    """What to write so that the scope matches, as far as that is certain."""
    changes = rewordings(view, options)
    if changes and any(reworded(view, changes).matches(options["patterns"], options.get("unless", ()))):
        return text_changes(subject, view, changes)
    return ()


_AT: Final = {**SCOPE, "description": "没有找到时指向这个范围的末尾；不写则指向 where"}
KIND: Final = Kind(
    title="应出现的写法",
    about="范围里出现这些写法中的一种；写了 needs 的，出现了 needs 才这样要求。",
    compile=compile_pattern_kind,
    options=options_schema(
        ("where", "patterns"),
        where=SCOPE,
        patterns=PATTERNS,
        unless=UNLESS_OVERLAPPING,
        needs=NEEDS,
        at=_AT,
        replace=REPLACE,
    ),
    evidence=("text",),
    skeleton=r"""
title: 写明编制依据
check: {where: 开头, patterns: [信息公开条例]}
message: 开头没有写编制依据
examples:
  - {name: 写了, expect: pass, given: {text: {0: 依据《中华人民共和国政府信息公开条例》编制。}}}
  - {name: 没有写, expect: fail, given: {text: {0: 本报告由本机关编制。}}, findings: [{place: 开头}]}
""",
)
