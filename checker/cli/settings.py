"""Options that say under which settings to check, the same for every command that checks."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from checker import api
from checker.cli.console import ANY_PATH, FILE, ListingOption
from checker.judging.rules import Rulebook
from checker.model.configuration import Configuration
from checker.model.errors import Fault, RulebookError, UsageError
from checker.rulebook.schema.parts import terms_of
from checker.rulebook.store import load_rulebook
from checker.run.inputs import find_inputs
from checker.run.pipeline import CheckOptions
from checker.startup.records import dataclass

if TYPE_CHECKING:
    from checker.accepted import AcceptedFindings
    from checker.settings.config import FoundConfig, Settings

_AUTO: Final = "auto"


def _words(format_name: str) -> Callable[[], dict[str, str]]:
    """Makes the printed names of a format of `WORD_FORMATS`, each with its key."""

    def words() -> dict[str, str]:
        names = terms_of(format_name, load_rulebook().vocabulary).names
        return {name: key for key, name in names.items()}

    return words


def _forms() -> dict[str, str]:
    return {key: form.title for key, form in load_rulebook().forms.items()}


form_option = click.option(
    "--form",
    cls=ListingOption,
    choices=_forms,
    metavar="格式",
    help="按哪个格式读表，默认 auto 自动识别。",
)


def day(_context: click.Context, _parameter: click.Parameter, value: str | None) -> date | None:
    """A click callback for options that take a date."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"“{value}”不是日期，应写成 2025-01-31 这样") from None


def rule_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Options of every command that loads rules."""
    for option in (
        click.option("--no-builtin-rules", is_flag=True, help="不用自带规则，只用 --rules 给出的。"),
        click.option("--rules", "rules", multiple=True, metavar="目录", type=ANY_PATH,
                     help="另加规则文件夹或规则包（.zip）；同编号的规则被替换。可多次使用。"),
    ):  # fmt: skip
        command = option(command)
    return command


profile_option: Final = click.option(
    "--profile", default="national", show_default=True, metavar="规则集", help="用哪个规则集。"
)


def load_rules(
    extra: Sequence[Path], *, profile: str = "national", builtin: bool = True, as_of: date | None = None
) -> Rulebook:
    """`load_rulebook`, which refuses rules of others that find nothing in their own examples.

    Such a rule would pass every report in silence. The examples are run when the rules are compiled, not at
    every check.
    """
    return load_rulebook(extra, profile=profile, builtin=builtin, as_of=as_of, prove=_dead_rules)


def _dead_rules(rulebook: Rulebook, extra: Sequence[Path]) -> Sequence[Fault]:
    from checker.workbench.proof import dead_rules_in  # noqa: PLC0415  # only when rules of others have changed

    return dead_rules_in(rulebook, extra)


def _parted(_context: click.Context, _parameter: click.Parameter, words: Sequence[str]) -> tuple[str, ...]:
    """Several ids that were given with commas between them."""
    return tuple(part.strip() for word in words for part in word.replace("，", ",").split(","))


fail_on_option = click.option(
    "--fail-on",
    cls=ListingOption,
    choices=_words("severity"),
    metavar="级别",
    help="出现哪一级问题时退出码为 1，默认 error；never 为从不。",
)
min_severity_option = click.option(
    "--min-severity",
    cls=ListingOption,
    choices=_words("severity"),
    default="info",
    metavar="级别",
    help="只写这一级和更严重的问题，默认 info，全部都写。",
)
max_warnings_option = click.option(
    "--max-warnings",
    type=click.IntRange(0),
    metavar="数量",
    help="警告多于这个数时退出码也为 1；默认不限。",
)
today_option = click.option(
    "--today",
    callback=day,
    metavar="日期",
    help="判断期限和例外是否到期用的“今天”，如 2025-02-01；默认为当天。",
)
jobs_option = click.option(
    "--jobs",
    "-j",
    type=click.IntRange(0, 64),
    default=0,
    metavar="数量",
    help="同时检查的进程数；默认 0：文件多时按处理器个数。",
)
cluster_option = click.option(
    "--cluster",
    metavar="地址",
    help="在集群上检查：dask 调度器的地址，如 tcp://10.0.0.5:8786；local:2 是本机两个工作进程。要装扩展 cluster。",
)
name_option = click.option("--name", metavar="文件名", help="标准输入的文件名，用来判断格式。")

_SETTINGS: Final = (
    form_option,
    click.option("--level", cls=ListingOption, choices=_words("level"), metavar="类别",
                 help="机关类别，默认 auto 由标题判断。"),
    click.option("--tier", cls=ListingOption, choices=_words("tier"), metavar="级别",
                 help="行政级别，默认 auto 由标题判断。"),
    click.option("--profile", metavar="规则集", help="用哪个规则集，默认 national。"),
    click.option("--as-of", callback=day, metavar="日期", help="用哪一天的规则，如 2021-12-31；默认用最新的。"),
    rule_options,
    click.option("--select", multiple=True, callback=_parted, metavar="编号",
                 help="只用这些规则：编号、编号的开头或组的名称，如 SEC-01、T3、日期。用逗号隔开，或多次使用。"),
    click.option("--ignore", multiple=True, callback=_parted, metavar="编号",
                 help="不用这些规则，写法相同。"),
    click.option("--exceptions", type=FILE, metavar="文件",
                 help="例外清单：已经核对并接受的问题。"),
    click.option("--previous", multiple=True, metavar="路径",
                 help="往年的报告（文件或文件夹），只用来对照，不检查。可多次使用。"),
    click.option("--renames", type=FILE, metavar="文件",
                 help="更名清单：单位从哪一年起用新名称。"),
    click.option("--units", type=FILE, metavar="文件",
                 help="单位清单（YAML 或 Excel）：应当公布的单位，数据汇总到谁。"),
    click.option("--config", type=FILE, metavar="文件",
                 help="用这个配置文件；默认从第一个路径所在的文件夹向上找 .checker.yaml。"),
    click.option("--no-config", is_flag=True, help="不用配置文件。"),
)  # fmt: skip
_NAMES: Final = ("form", "level", "tier", "profile", "as_of", "rules", "select", "ignore", "exceptions", "previous",
          "renames", "units")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Request:
    """What the command line says about settings.

    Attributes:
        given: the settings that were given, by name.
        config: the configuration file named, None to look for one.
        no_config: use none.
        builtin: whether the built-in rules take part.
    """

    given: Mapping[str, Any]
    config: Path | None
    no_config: bool
    builtin: bool


def settings_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Options for every setting; the command gets them together as `request`."""

    @functools.wraps(command)
    def with_request(**values: Any) -> Any:
        asked = {name: values.pop(name) for name in _NAMES}
        asked |= {name: values.pop(name) for name in ("fail_on", "max_warnings") if name in values}
        given = {name: value for name, value in asked.items() if value is not None and value != ()}
        config, no_config = values.pop("config"), values.pop("no_config")
        request = Request(given, config, no_config, not values.pop("no_builtin_rules"))
        return command(request=request, **values)

    for option in reversed(_SETTINGS):
        with_request = option(with_request)
    return with_request


def settings_for(request: Request, paths: Sequence[str]) -> tuple[Settings, Rulebook, FoundConfig]:
    """The settings in force for some paths, all rules of their profile with their severities, and the file.

    Raises:
        UsageError: the command line or the configuration names what does not exist.
        RulebookError: faults in rule files.
    """
    from checker.settings.config import AUTO, FoundConfig, find_config, in_keys, read_config, settings_of  # noqa: PLC0415  # with its checks

    if request.no_config and request.config:
        raise UsageError("--config 和 --no-config 不能一起用。")
    found = FoundConfig()
    if request.config:
        found = FoundConfig(read_config(request.config), "given")
    elif not request.no_config:
        found = find_config(paths)
    config = found.config
    settings = settings_of(config, request.given)
    try:
        rulebook = load_rules(
            settings.rules, profile=settings.profile, builtin=request.builtin, as_of=settings.as_of
        )
    except RulebookError as error:
        unknown = next((fault for fault in error.faults if fault.file == "--profile"), None)
        if unknown is None or "profile" not in settings.origins:
            raise
        raise UsageError(f"{settings.origin('profile')}：{unknown.text}") from None
    if config:
        config.check_names(rulebook)
    settings = in_keys(settings, rulebook.vocabulary)
    forms = [index.form.id for index in rulebook.library.forms]
    if settings.form != AUTO and settings.form not in forms:
        raise UsageError(f"没有格式“{settings.form}”；--form 可用 auto、{'、'.join(forms)}。")
    source = config.yaml.name.rpartition("/")[2] if config else ""
    return settings, rulebook.with_severities(settings.severity, source), found


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything a run needs.

    Attributes:
        paths: what to check, as on the command line.
        previous: files of earlier years.
        configuration: what makes the run differ from a plain one.
    """

    settings: Settings
    rulebook: Rulebook
    options: CheckOptions
    exceptions: AcceptedFindings | None
    paths: tuple[str, ...]
    previous: tuple[Path, ...] = ()
    configuration: Configuration | None = None


def prepare(request: Request, paths: tuple[str, ...], today: date | None) -> Prepared:
    """Settings, rules, options and exceptions for a run.

    Raises:
        UsageError: the command line or the configuration is wrong, or there is nothing to check.
        RulebookError: faults in rule files.
    """
    from checker.settings.influence import configuration_of  # noqa: PLC0415  # with its checks

    settings, rulebook, found = settings_for(request, paths)
    selected = api.select_rules(rulebook, settings.select, settings.ignore)
    today = today or date.today()  # noqa: DTZ011  # deadlines are days on the local calendar
    exceptions = api.load_exceptions(settings.exceptions, rulebook, today) if settings.exceptions else None
    wanted = paths or settings.paths
    if not wanted:
        context = click.get_current_context(silent=True)
        command = context.command_path if context else "checker"
        raise UsageError(f"没有写检查哪些路径，.checker.yaml 里也没有 paths。用 {command} --help 查看用法。")
    options = CheckOptions(
        form=_known(settings.form),
        level=_known(settings.level),
        tier=_known(settings.tier),
        today=today,
        bodies=api.load_bodies(renames=settings.renames, units=settings.units, rulebook=rulebook),
    )
    return Prepared(
        settings,
        selected,
        options,
        exceptions,
        wanted,
        tuple(find_inputs(settings.previous)) if settings.previous else (),
        configuration_of(settings, found, rulebook, selected, exceptions.old_ids if exceptions else ()),
    )


def _known(value: str) -> str | None:
    return None if value == _AUTO else value
