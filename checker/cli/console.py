"""The terminal: encoding, width, colours, and errors as one Chinese sentence."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from threading import current_thread, main_thread
from typing import TYPE_CHECKING, Any, Final, NoReturn, TextIO

import click

from checker.model.errors import RulebookError, UsageError, system_words
from checker.startup.lazy_re import compile_later
from checker.startup.version import __version__

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    _PathType = click.ParamType[Path]
else:
    _PathType = click.ParamType  # no generic class in older releases

EXIT_USAGE: Final = 2
EXIT_BROKEN: Final = 3
EXIT_INTERRUPTED: Final = 130
EXIT_TERMINATED: Final = 143
_MIN_WIDTH: Final = 40
_MAX_WIDTH: Final = 160


class ListingOption(click.Option):
    """An option that takes one of some words, which its help lists and a shell completes.

    Args:
        choices: makes the words, each with what it means. It is called only when somebody asks for help or
            completes a command line, because finding the words may mean loading rules.
    """

    def __init__(self, *args: Any, choices: Callable[[], Mapping[str, str]], **attributes: Any) -> None:
        super().__init__(*args, shell_complete=self._matching, **attributes)
        self._choices = choices

    def _matching(self, _context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
        return [choice for choice in self._choices() if choice.startswith(begun)]

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option with its help, the words at its end."""
        record = super().get_help_record(ctx)
        listing = "、".join(f"{choice}（{meaning}）" for choice, meaning in self._choices().items())
        return (record[0], f"{record[1]}可用 {listing}。") if record else None


def _printing_option(
    *names: str, help_text: str, show: Callable[[click.Context], str]
) -> Callable[[Any], Any]:
    """An option that prints something and ends the program.

    click's own decorators for these two look for translations of texts that are not used here, in folders of
    the system, each time the program starts.
    """

    def callback(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:  # noqa: FBT001  # click's signature
        if wanted and not context.resilient_parsing:
            click.echo(show(context))
            context.exit()

    return click.option(
        *names, is_flag=True, expose_value=False, is_eager=True, help=help_text, callback=callback
    )


help_option: Final = _printing_option("--help", "-h", help_text="显示帮助。", show=click.Context.get_help)
version_option: Final = _printing_option(
    "--version", help_text="显示版本。", show=lambda _context: f"checker {__version__}"
)


def complete_path(
    _context: click.Context, _parameter: click.Parameter | None, begun: str
) -> list[CompletionItem]:
    """Leaves it to the shell to complete a file's name."""
    from click.shell_completion import CompletionItem  # noqa: PLC0415  # only when a shell asks

    return [CompletionItem(begun, type="file")]


class PathArgument(_PathType):
    """A path on the command line; says so in Chinese where it is a folder instead of a file, or the reverse."""

    def __init__(self, name: str = "路径") -> None:
        self.name = name

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path, which need not exist."""
        path = Path(value)
        if self is FILE and path.is_dir():
            self.fail(f"“{value}”是文件夹，这里要的是文件", param, ctx)
        if self is FOLDER and path.is_file():
            self.fail(f"“{value}”是文件，这里要的是文件夹", param, ctx)
        return path

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """A file's name, for the shell to complete."""
        return complete_path(ctx, param, incomplete)


ANY_PATH: Final = PathArgument()
FILE: Final = PathArgument("文件")
FOLDER: Final = PathArgument("文件夹")


class TerminatedError(BaseException):
    """The system asked this process to end; like `KeyboardInterrupt` nothing but the command line catches it."""


def end_in_order() -> None:
    """From now on let a request to end (SIGTERM) end this process's own processes and half-written files too.

    A second one ends it at once. Long runs call this; for the short ones the import would take too long.
    """
    import signal  # noqa: PLC0415  # see above

    def end(_number: int, _frame: object) -> NoReturn:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        raise TerminatedError

    # Who ignores it, or has plans of their own, keeps to that; only the main thread may decide on it.
    if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL and current_thread() is main_thread():
        signal.signal(signal.SIGTERM, end)


def _named(error: OSError) -> str:
    """The file that an error of the system is about, with a colon; empty if it names none that can be shown."""
    name = error.filename
    return f"：{name}" if isinstance(name, str) and name.isprintable() else ""


def run_and_exit(command: click.Command) -> NoReturn:
    """Run a command and exit; errors of usage and in rule files are printed in Chinese, with exit code 2."""
    _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:  # a console that is not UTF-8 shows ? instead of failing
            reconfigure(errors="replace")
    try:
        _require_folder()
        result = command.main(prog_name="checker", standalone_mode=False)
    except (RulebookError, UsageError, click.ClickException) as error:
        _explain(error)
        sys.exit(EXIT_USAGE)
    except (click.Abort, KeyboardInterrupt):
        _tell("已中断。")
        sys.exit(EXIT_INTERRUPTED)
    except TerminatedError:
        _tell("收到结束的要求，检查没有做完。")
        sys.exit(EXIT_TERMINATED)
    except BrokenPipeError:
        _discard(sys.stdout)
        sys.exit(0)
    except OSError as error:
        _discard(sys.stdout)
        _tell(f"结果写不出去（{system_words(error)}{_named(error)}）。请检查路径、磁盘空间和权限。")
        sys.exit(EXIT_BROKEN)
    except MemoryError:
        _tell("内存不够，检查没有做完。请放宽内存限制，或减少 --jobs 后再试。")
        sys.exit(EXIT_BROKEN)
    except Exception as error:  # noqa: BLE001  # whatever it is, a person is told in a sentence
        _tell(f"程序内部出错（{type(error).__name__}），检查没有做完。请把命令和文件反馈给开发者。")
        sys.exit(EXIT_BROKEN)
    sys.exit(result if isinstance(result, int) else 0)


def _open_closed_streams() -> None:
    """Put nothing in the place of standard streams that the caller has closed; they are None then."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))


def _require_folder() -> None:
    try:
        Path.cwd()
    except OSError:
        text = "当前文件夹已经不在了，或没有打开它的权限。请换到别的文件夹再运行。"
        raise UsageError(text) from None


def _explain(error: RulebookError | UsageError | click.ClickException) -> None:
    """Say on the error stream what a person has to put right."""
    if isinstance(error, RulebookError):
        _tell(f"规则文件有 {len(error.faults)} 处错误，未开始检查：")
        for fault in error.faults:
            _tell(f"  {fault}")
    elif isinstance(error, UsageError):
        _tell(str(error))
    elif isinstance(error, getattr(click.exceptions, "NoArgsIsHelpError", ())):
        error.show()  # the help of the command, from click 8.2 on as an exception
    else:
        _tell(_usage_sentence(error))


def _tell(text: str) -> None:
    """Say something on the error stream; where nobody can hear it, the exit code still says what happened."""
    from checker.writers.shared.text_cells import harmless  # noqa: PLC0415  # only where something is wrong

    lines = (line[: len(line) - len(line.lstrip(" "))] + harmless(line) for line in text.split("\n"))
    with suppress(OSError, ValueError):
        click.echo("\n".join(lines), err=True)
        return
    _discard(sys.stderr)


def _discard(stream: TextIO | None) -> None:
    """Send what is still to be written nowhere, so that ending the process cannot fail on it."""
    if stream is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


_UNKNOWN_COMMAND: Final = compile_later(r"No such command '(?P<name>[^']*)'(?:.*'(?P<near>[^']*)'\?)?")


def _usage_sentence(error: click.ClickException) -> str:
    """What is wrong with the command line, in Chinese."""
    context = getattr(error, "ctx", None)
    where = context.command_path if context else "checker"
    hint = f"用 {where} --help 查看用法。"
    if isinstance(error, click.NoSuchOption):
        near = f"，是否为 {error.possibilities[0]}？" if error.possibilities else "。"
        return f"没有选项 {error.option_name}{near}{hint}"
    if isinstance(error, click.MissingParameter):
        if isinstance(error.param, click.Option):
            return f"缺少选项 {error.param.opts[0]}。{hint}"
        name = error.param.human_readable_name if error.param else ""
        return f"缺少参数 {name}。{hint}"
    if isinstance(error, click.BadParameter):
        name = error.param.opts[0] if error.param else ""
        return f"{name} 的值不对：{_choices(error)}{hint}"
    if isinstance(error, click.BadOptionUsage):
        return f"选项 {error.option_name} 后面要跟一个值。{hint}"
    message = error.format_message()
    unknown = _UNKNOWN_COMMAND.match(message)
    if unknown:
        near = f"，是否为 {unknown['near']}？" if unknown["near"] else "。"
        return f"没有命令 {unknown['name']}{near}{hint}"
    return f"命令写法不对（{message}）。{hint}"


def _choices(error: click.BadParameter) -> str:
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return f"可用 {'、'.join(map(str, kind.choices))}。"
    if isinstance(kind, click.IntRange):
        return f"应是{_range_words(kind)}的整数。"
    text = error.message
    return text if text.endswith("。") else f"{text}。"


def _range_words(kind: click.IntRange) -> str:
    if kind.max is None:
        return f"不小于 {kind.min} "
    return f" {kind.min} 到 {kind.max} " if kind.min is not None else f"不大于 {kind.max} "


def terminal_width() -> int:
    """Width of the terminal in columns: COLUMNS if it is set, 80 where there is no terminal."""
    stated = os.environ.get("COLUMNS", "")
    columns = int(stated) if stated.isdecimal() else 0
    if not columns:
        try:
            columns = os.get_terminal_size(sys.stdout.fileno()).columns
        except (OSError, ValueError, AttributeError):  # not a terminal, closed, or replaced by a test
            columns = 0
    return max(_MIN_WIDTH, min(_MAX_WIDTH, columns or 80))


def has_width() -> bool:
    """Whether lines have a width to keep to: that of a terminal, or COLUMNS."""
    return sys.stdout.isatty() or os.environ.get("COLUMNS", "").isdecimal()


def wants_colour(*, disabled: bool) -> bool:
    """Whether to write colours: on a terminal, unless switched off by option or NO_COLOR."""
    if disabled or os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()
