"""`checker annotate`: the author's own file, with every finding where it belongs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from checker import api
from checker.annotate import Annotated, AnnotateOptions, annotate, options_of
from checker.cli.author.converted import docx_copy
from checker.cli.author.copies import Destination, destinations, write_copy
from checker.cli.console import complete_path, help_option
from checker.cli.running import find_files, run_check
from checker.cli.settings import (
    Prepared,
    Request,
    min_severity_option,
    prepare,
    settings_options,
    today_option,
)
from checker.model.errors import NotAReportError, UnreadableError, UsageError
from checker.model.findings import CheckRun, ReportResult, Severity, Status, Verdict
from checker.run.pipeline import contents_of
from checker.startup.records import replace
from checker.writers.shared.configuration import configuration_lines
from checker.writers.shared.text_cells import harmless


@click.command(
    "annotate",
    options_metavar="[选项]",
    help="检查报告，把每个问题作为批注写在文件的副本里，位置就是出问题的那一格、那个数。",
)
@click.argument("paths", nargs=-1, metavar="文件…", shell_complete=complete_path)
@click.option(
    "--output", "-o", metavar="路径",
    help="副本写到哪个文件或文件夹，没有就新建；只有一份文件时可以不写，副本放在原文件旁边，名字加“.批注”。",
)  # fmt: skip
@click.option("--propose", is_flag=True, help="正确的数可以确定时，同时写成修订，由作者接受或拒绝。")
@min_severity_option
@click.option("--in-place", is_flag=True, help="写回原文件；原来的内容留在同一文件夹，名字加“.原件”。")
@settings_options
@today_option
@help_option
def annotate_command(
    *,
    paths: tuple[str, ...],
    request: Request,
    output: str | None,
    propose: bool,
    min_severity: str,
    in_place: bool,
    today: date | None,
) -> int:
    """Check, write the copies, say what was written; returns the exit code."""
    prepared = prepare(request, paths, today)
    files = find_files(prepared)
    if files is None:
        raise UsageError("批注要写进文件，不能用“-”（标准输入）。请写文件的路径。")
    targets = destinations(files, output, in_place=in_place)
    options = options_of(prepared.rulebook.info, min_severity, propose, today)
    codes = [_annotate(file, target, prepared, options) for file, target in zip(files, targets, strict=True)]
    return max((code for code in codes if code != api.EXIT_USAGE), default=api.EXIT_USAGE)


def _annotate(file: Path, target: Destination, prepared: Prepared, options: AnnotateOptions) -> int:
    """One file; returns its exit code, that of wrong usage if there is nothing in it to annotate."""
    data, run = _checked(file, prepared)
    options = replace(options, rulebook=run.rulebook, configuration=run.configuration)
    results = list(run.results)
    _tell(*configuration_lines(run), *(finding.message for finding in run.findings))
    _tell(*(f"{one.path}：{one.problem.text}" for one in results if one.problem))
    if any(one.status is Status.UNREADABLE for one in results):
        return api.EXIT_UNREADABLE
    checked = [one for one in results if one.status is Status.CHECKED]
    if not checked:
        return api.EXIT_USAGE
    try:
        copy = annotate(data, checked, options)
    except UnreadableError as error:
        _tell(f"{file}：{error.text}")
        return api.EXIT_UNREADABLE
    except UsageError as error:
        _tell(f"{file}：{error}")
        return api.EXIT_USAGE
    copies = [copy]
    if copy.beside:
        converted, why_not = docx_copy(file, data, checked, prepared, options)
        copies += [converted] if converted else []
        _tell(*([f"{file}：{why_not}"] if why_not else []))
    for one in [one for one in copies if target.takes(one)] or copies[:1]:
        place = write_copy(file, target, one)
        click.echo(f"{place}：{_counts(one, checked, prepared)}")
        _tell(*(f"{place}：{notice}" for notice in one.notices))
    broken = sum(outcome.broken for outcome in run.outlines)
    if broken:
        _tell(f"{file}：有 {broken} 条规则程序出错，没有判断。请用 checker check 查看，并反馈给开发者。")
    return api.EXIT_UNREADABLE if broken else api.EXIT_CLEAN


def _checked(file: Path, prepared: Prepared) -> tuple[bytes, CheckRun]:
    """The bytes that are annotated, and their check."""
    try:
        data = contents_of(file)
    except (UnreadableError, NotAReportError, OSError):  # the check says what is wrong with the file
        data = b""
    return data, run_check(prepared, (file,), jobs=1, name=None, quiet=True)


def _counts(copy: Annotated, results: Sequence[ReportResult], prepared: Prepared) -> str:
    """What was written, and what was not judged, which no comment tells."""
    names = prepared.rulebook.vocabulary.severities
    counts = [(names.name(one.value), copy.comments.count(one)) for one in Severity]
    counted = "、".join(f"{name} {number}" for name, number in counts if number)
    words = f"写了 {len(copy.comments)} 处批注（{counted}）" if counted else "没有要写的问题"
    if copy.changes:
        words += f"，{copy.changes} 处修订"
    unjudged = sum(
        outcome.verdict is Verdict.NOT_CHECKED for result in results for outcome in result.outcomes
    )
    return f"{words}；另有 {unjudged} 条规则未能判断。" if unjudged else f"{words}。"


def _tell(*lines: str) -> None:
    for line in lines:
        click.echo(harmless(line), err=True)
