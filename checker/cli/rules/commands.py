"""`checker rules …`: for those who write rules."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from checker import api
from checker.cli.console import ANY_PATH, FILE, FOLDER, help_option
from checker.cli.settings import load_rules, profile_option, rule_options, today_option
from checker.judging.rules import Rulebook
from checker.model.errors import Fault, RulebookError, UsageError, system_words
from checker.model.findings import Severity
from checker.rulebook.store import builtin_rules, decode_rules, load_rulebook, rule_files
from checker.startup.records import dataclass

if TYPE_CHECKING:
    from checker.workbench.catalogue import WrittenRule
    from checker.workbench.mutation.mutation import Coverage

_FORMAT: Final = click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="输出格式。",
)


_SCHEMA: Final = "schema.json"
"""What editors complete and check rule files by; it lies beside them, so that a folder can be passed on."""


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Which rules a command is about."""

    extra: tuple[Path, ...]
    builtin: bool
    profile: str

    def rulebook(self) -> Rulebook:
        """The rules, compiled."""
        return load_rules(self.extra, profile=self.profile, builtin=self.builtin)

    def written(self, rulebook: Rulebook) -> dict[str, WrittenRule]:
        """The rules of the rulebook as written."""
        from checker.workbench.catalogue import written_rules  # noqa: PLC0415  # reads YAML

        return written_rules(self.extra, builtin=self.builtin, of=rulebook)

    def claim_faults(self, rulebook: Rulebook) -> Iterator[Fault]:
        """What comes out otherwise than the examples of the claim files say."""
        from checker.rulebook.load.sources import parse_sources  # noqa: PLC0415  # likewise
        from checker.workbench.claim_examples import claim_example_faults  # noqa: PLC0415  # reads YAML

        texts = decode_rules(rule_files(self.extra, builtin=self.builtin))
        for file in parse_sources(texts).of("claims"):
            yield from claim_example_faults(rulebook, file)


def _with_rule_set(command: Callable[..., Any]) -> Callable[..., Any]:
    """Options that say which rules; the command gets them together as `rule_set`."""

    @functools.wraps(command)
    def wrapped(*, rules: tuple[Path, ...], no_builtin_rules: bool, profile: str, **values: Any) -> Any:
        return command(rule_set=RuleSet(rules, not no_builtin_rules, profile), **values)

    return rule_options(profile_option(wrapped))


@click.group("rules", options_metavar="[选项]", subcommand_metavar="命令 …", help="查看、编写和检验规则。")
@help_option
def rules_command() -> None:
    """Group of commands on rules."""


def _command(name: str, help_text: str) -> Callable[[Callable[..., Any]], click.Command]:
    def decorate(function: Callable[..., Any]) -> click.Command:
        function = help_option(function)
        return rules_command.command(name, options_metavar="[选项]", help=help_text)(function)

    return decorate


@_command("list", "列出规则：编号、级别、要求、是否停用。")
@_with_rule_set
@_FORMAT
def list_command(*, rule_set: RuleSet, format_name: str) -> None:
    """List all rules."""
    from checker.cli.rules.text import list_data, list_lines  # noqa: PLC0415  # only for this command

    rulebook = rule_set.rulebook()
    if format_name == "json":
        _echo_json(list_data(rulebook))
        return
    for line in list_lines(rulebook):
        click.echo(line)


@_command("profiles", "列出规则集：名称、在哪个之上、依据哪些文件。")
@click.option(
    "--rules", "extra", multiple=True, type=ANY_PATH, metavar="路径", help="另加的规则文件或文件夹。"
)
@_FORMAT
def profiles_command(*, extra: tuple[Path, ...], format_name: str) -> None:
    """List all profiles with their sources."""
    from checker.cli.rules.text import profile_data, profile_lines  # noqa: PLC0415  # only for this command
    from checker.workbench.catalogue import written_profiles  # noqa: PLC0415  # reads YAML

    load_rules(extra, profile="national", builtin=True)  # says what is wrong with the files
    profiles = written_profiles(extra)
    if format_name == "json":
        _echo_json(profile_data(profiles))
        return
    for line in profile_lines(profiles):
        click.echo(line)


@_command(
    "check",
    "检查规则文件的写法并试其中的例子：路径是规则文件或文件夹，与自带规则一起检查；不写路径就只检查自带规则。",
)
@click.argument("paths", nargs=-1, metavar="[路径…]", type=ANY_PATH)
@click.option(
    "--strict",
    is_flag=True,
    help="还要求例子齐全、写明应查出的问题，并且每条规则在例子里真能查出问题；自带规则的例子也试。",
)
def check_rules_command(*, paths: tuple[Path, ...], strict: bool) -> None:
    """Check rule files; all faults at once."""
    from checker.workbench.verify import verify  # noqa: PLC0415  # reads YAML
    from checker.writers.shared.configuration import rule_lines  # noqa: PLC0415  # only for this command

    verified = verify(paths, strict=strict)
    if verified.faults:
        raise RulebookError(verified.faults)
    checked = verified.rulebook
    listed = verified.count - verified.elsewhere
    others = (
        f"；其中 {verified.elsewhere} 条只在别的规则集里，默认的规则集有 {listed} 条"
        if verified.elsewhere
        else ""
    )
    click.echo(f"{verified.count} 条规则，没有错误{others}")
    for line in rule_lines(checked.packs, checked.replaced, checked.replaced_parts) if checked else ():
        click.echo(line)


@_command("test", "运行规则里的例子；编号可以只写开头，如 T3；不写就全部运行。")
@click.argument("rule_ids", nargs=-1, metavar="[编号…]")
@_with_rule_set
def test_command(*, rule_ids: tuple[str, ...], rule_set: RuleSet) -> int:
    """Run examples; 1 if any comes out otherwise than written."""
    from checker.cli.rules.text import proof_lines  # noqa: PLC0415  # only for this command
    from checker.workbench.proof import prove  # noqa: PLC0415  # reads YAML

    rulebook = rule_set.rulebook()
    chosen = _chosen(rule_set.written(rulebook), rule_ids, rulebook)
    proofs = list(prove(rulebook, chosen.values()))
    for line in proof_lines(proofs, chosen):
        click.echo(line)
    wrong = [] if rule_ids else list(rule_set.claim_faults(rulebook))
    for fault in wrong:
        click.echo(str(fault))
    return int(bool(wrong) or any(True for proof in proofs for _ in proof.faults()))


def _chosen(
    written: Mapping[str, WrittenRule], prefixes: tuple[str, ...], rulebook: Rulebook
) -> dict[str, WrittenRule]:
    """Rules of the rulebook that are named by beginnings of ids or by groups, all if there is no name."""
    wanted = api.select_rules(rulebook, [prefix.upper() for prefix in prefixes], ())
    return {rule: written[rule] for rule in wanted.rules}


@_command("new", "写出一条可以直接改的规则，带说明和例子；写到屏幕，或用 --output 写入文件。")
@click.argument("rule_id", metavar="编号")
@click.option(
    "--kind",
    required=True,
    metavar="种类",
    help="检查的种类，如 required、sum、pattern；说明见 docs/rules/check-kinds.md。",
)
@click.option("--title", metavar="一句话", help="要求什么。")
@click.option("--output", "-o", type=FILE, metavar="文件", help="写入这个新文件。")
def new_command(*, rule_id: str, kind: str, title: str | None, output: Path | None) -> None:
    """Write the skeleton of a rule."""
    from checker.workbench.scaffold import new_rule_file  # noqa: PLC0415  # reads YAML

    rulebook = load_rulebook()
    text = new_rule_file(rule_id, kind, title, schema=_SCHEMA, vocabulary=rulebook.vocabulary)
    if rule_id in rulebook.rules:
        same = (
            f"自带的规则里已有 {rule_id}（{rulebook.rules[rule_id].title}），同号的代替它；另加一条请换编号。"
        )
        click.echo(f"注意：{same}", err=True)
    if output is None:
        click.echo(text, nl=False)
        return
    if output.exists():
        raise UsageError(f"文件“{output}”已经有了，不覆盖。请换一个名字，或先把它移走。")
    _write_text(output, text)
    if not (output.parent / _SCHEMA).exists():
        _write_text(output.parent / _SCHEMA, (builtin_rules() / _SCHEMA).read_text(encoding="utf-8"))
    click.echo(f"已写入 {output}。改好以后运行：checker rules check --strict {output}")


@_command("docs", "由规则生成说明（Markdown）。")
@_with_rule_set
@click.option(
    "--output", "-o", type=FOLDER, default=Path("docs/rules"), show_default=True,
    metavar="文件夹", help="写到哪里。",
)  # fmt: skip
@click.option("--check", is_flag=True, help="不写，只看文件夹里的说明是不是最新的；不是则退出码为 1。")
def docs_command(*, rule_set: RuleSet, output: Path, check: bool) -> int:
    """Write the rule reference, or say whether it is fresh."""
    from checker.workbench.documentation.coverage import coverage_page  # noqa: PLC0415  # likewise
    from checker.workbench.documentation.pages import MARK, Reference, pages, stale_pages  # noqa: PLC0415  # reads YAML

    rulebook = rule_set.rulebook()
    written = pages(Reference(rulebook, rule_set.written(rulebook)))
    written["coverage.md"] = coverage_page(_measured(rulebook), MARK)
    stale = stale_pages(written, output)
    if check:
        for name in stale:
            click.echo(f"{output / name} 不是最新的")
        click.echo("请运行 checker rules docs 重新生成。" if stale else f"{output} 里的说明都是最新的")
        return int(bool(stale))
    for name in stale:
        if name in written:
            _write_text(output / name, written[name])
        else:
            (output / name).unlink()
    click.echo(f"{output}：{len(written)} 页，更新了 {len(stale)} 页")
    return 0


@_command("schema", "输出规则文件的 JSON Schema，编辑器据此补全和检查。")
@click.option("--output", "-o", type=FILE, metavar="文件", help="写入文件。")
def schema_command(*, output: Path | None) -> None:
    """Print or write the schema of rule files."""
    from checker.workbench.editor_schema import editor_schema  # noqa: PLC0415  # reads YAML

    text = json.dumps(editor_schema(load_rulebook()), ensure_ascii=False, indent=2) + "\n"
    if output is None:
        click.echo(text, nl=False)
    else:
        _write_text(output, text)


@_command("audit", "找出矛盾、重复、互相遮盖、永远不适用和永远不报的规则。")
@_with_rule_set
@_FORMAT
@click.option("--over", multiple=True, metavar="路径",
              help="改为检查这些报告（文件或文件夹），数每条规则报过几份，列出从没报过的。可多次使用。")  # fmt: skip
@today_option
def audit_command(*, rule_set: RuleSet, format_name: str, over: tuple[str, ...], today: date | None) -> int:
    """Audit the rules; 1 if anything is an error. Or count what they say over some reports."""
    if over:
        _tell_fired(rule_set.rulebook(), over, today, format_name)
        return 0
    from checker.cli.rules.text import remark_lines  # noqa: PLC0415  # only for this command
    from checker.workbench.audit.audit import Material, audit  # noqa: PLC0415  # reads YAML
    from checker.workbench.catalogue import source_places  # noqa: PLC0415  # likewise

    rulebook = rule_set.rulebook()
    places = source_places(rule_set.extra, builtin=rule_set.builtin)
    remarks = audit(Material(rulebook, rule_set.written(rulebook), places))
    if format_name == "json":
        _echo_json([
            {"severity": r.severity.value, "topic": r.topic, "file": r.file, "line": r.line, "text": r.text}
            for r in remarks
        ])  # fmt: skip
    else:
        for line in remark_lines(remarks, rulebook):
            click.echo(line)
    return int(any(remark.severity is Severity.ERROR for remark in remarks))


def _tell_fired(rulebook: Rulebook, over: tuple[str, ...], today: date | None, format_name: str) -> None:
    from checker.cli.rules.fired import tally_data, tally_lines, tally_over  # noqa: PLC0415  # only for this option

    tally = tally_over(over, rulebook, today)
    if format_name == "json":
        _echo_json(tally_data(tally))
        return
    for line in tally_lines(tally, rulebook):
        click.echo(line)


@_command("coverage", "变异测试：把没有问题的报告逐处改坏，看规则查不查得出。")
@_with_rule_set
@_FORMAT
@click.option("--samples", type=FILE, metavar="文件",
              help="用这个文件里的样本和差错，写法同自带的 coverage_samples.yaml。")  # fmt: skip
@click.option("--seed", type=int, help="抽取改动用的种子；同一种子抽到的改动相同。")
@click.option("--drawn", type=click.IntRange(1, 1000), help="每种改法、每份样本最多抽几处改动。")
@click.option("--survivors", is_flag=True, help="列出全部查不出的改动。")
def coverage_command(
    *,
    rule_set: RuleSet,
    format_name: str,
    samples: Path | None,
    seed: int | None,
    drawn: int | None,
    survivors: bool,
) -> None:
    """Measure the mutation score."""
    from checker.cli.rules.text import coverage_data, coverage_lines  # noqa: PLC0415  # only for this command

    options = {name: value for name, value in (("seed", seed), ("drawn", drawn)) if value is not None}
    rulebook = rule_set.rulebook()
    coverage = _measured(rulebook, samples, **options)
    if format_name == "json":
        _echo_json(coverage_data(coverage))
        return
    for line in coverage_lines(coverage, rulebook.vocabulary, survivors=survivors):
        click.echo(line)


def _measured(rulebook: Rulebook, path: Path | None = None, **options: int) -> Coverage:
    from checker.workbench.mutation.mutation import measure  # noqa: PLC0415  # reads YAML
    from checker.workbench.mutation.samples import OWN_SAMPLES, load_samples  # noqa: PLC0415  # likewise

    if path and not path.is_file():
        raise UsageError(f"--samples 的文件“{path}”不存在，请检查路径。")
    samples, slips = load_samples(rulebook, path or OWN_SAMPLES)
    return measure(rulebook, samples, slips, **options)


def _echo_json(data: Any) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def _write_text(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"写不进“{path}”（{system_words(error)}）。请检查文件夹有没有权限。") from None
