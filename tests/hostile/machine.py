"""Folders, special files and settings: what no single file can hold."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from .case import TARGET, Case
from .drawing import draw

_CHECKED: Final = {"status": ["checked"], "verdict": ["pass"], "values": [TARGET]}
_FAILS: Final = {"status": ["checked"], "verdict": ["fail"]}


def faulty() -> bytes:
    """The report with a table that does not add up."""
    return draw("txt").replace(b"\t91\n", b"\t92\n")


def cases() -> Iterator[Case]:
    """All of this module."""
    yield from _special()
    yield from _file_names()
    yield from _settings()
    yield from _settings_among_paths()
    yield from _special_settings()
    yield from _hidden()


def _folder(name: str, fill: Callable[[Path], object], *, quick: bool = False, **expect: Any) -> Case:
    """A folder 收件 with the report and what `fill` puts beside it."""

    def make(place: Path) -> list[str]:
        folder = place / "收件"
        folder.mkdir()
        (folder / "年报.txt").write_bytes(draw("txt"))
        fill(folder)
        return [str(folder)]

    return Case(name, "folder", make, {"of": {"年报.txt": _CHECKED}, **expect}, quick)


def _special() -> Iterator[Case]:
    yield _folder("hang/pipe", lambda f: os.mkfifo(f / "补充.docx"), exit=[0, 3])
    yield _folder("hang/endless_link", lambda f: (f / "补充.txt").symlink_to("/dev/zero"), exit=[0, 3])
    yield _folder("hang/link_to_itself", lambda f: (f / "补充.txt").symlink_to("补充.txt"), exit=[0, 3])
    yield _folder("hang/link_to_parent", lambda f: (f / "上级").symlink_to(".."), exit=[0, 3])
    yield _folder("hang/link_to_pipe", _linked_pipe, exit=[0, 3])
    yield _folder("hang/socket", _socket, exit=[0, 3])
    yield _folder("hang/link_to_nothing", lambda f: (f / "补充.docx").symlink_to("没有.docx"), exit=[0, 3])
    yield _folder("hang/folder_like_a_file", lambda f: (f / "补充.docx").mkdir(), exit=[0])
    yield _folder("hang/deep_folders", lambda f: (f / "/".join(["深"] * 60)).mkdir(parents=True), exit=[0])
    yield _folder(
        "hang/many_empty", lambda f: [(f / f"{n}.docx").touch() for n in range(300)], exit=[3], seconds=15
    )

    def named(make: Callable[[Path], object]) -> Callable[[Path], list[str]]:
        def fill(place: Path) -> list[str]:
            make(place / "补充.docx")
            return [str(place / "补充.docx")]

        return fill

    yield Case(
        "hang/pipe_by_name", "folder", named(os.mkfifo), {"exit": [2, 3], "says": ["补充"], "plain": True}
    )
    yield Case(
        "hang/device_by_name",
        "folder",
        named(lambda p: p.symlink_to("/dev/zero")),
        {"exit": [2, 3], "says": ["补充"], "plain": True},
    )
    yield Case(
        "hang/missing_by_name",
        "folder",
        named(lambda _: None),
        {"exit": [2, 3], "says": ["补充"], "plain": True},
    )


def _linked_pipe(folder: Path) -> None:
    os.mkfifo(folder.parent / "管道")
    (folder / "补充.txt").symlink_to("../管道")


def _socket(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(f"/proc/self/fd/{descriptor}/补充.html")  # a name of a socket has to be short
    finally:
        os.close(descriptor)


def _file_names() -> Iterator[Case]:
    for name, raw in (
        ("control_file", b"a\x1b[31mb.txt"), ("newline_file", b"a\nb.txt"), ("long_file", "长".encode() * 83 + b".txt"), ("surrogate_file", b"\xff\xfe.txt"), ("gbk_file", "年报二.txt".encode("gbk")), ("dash_file", b"-j.txt"), ("option_file", b"--config.txt"), ("markup_file", b"<b>&amp;.txt"), ("bracket_file", b"[red]x.txt"), ("star_file", b"*?.txt"), ("percent_file", b"%s%n.txt"), ("space_file", b"  .txt"), ("direction_file", "a\u202e.txt".encode()),
    ):  # fmt: skip
        yield _folder(
            f"names/{name}",
            lambda f, raw=raw: Path(os.fsdecode(os.fsencode(f) + b"/" + raw)).write_bytes(draw("txt")),
            exit=[0],
            reports=2,
            hides=[r"[\x00-\x08\x0b-\x1f\x7f\u202e]"],
        )  # type: ignore[misc]


def _settings() -> Iterator[Case]:
    """A setting that came with what is checked is not followed; one that is followed is named, whatever the result."""
    harmful = {
        "select": "select: [GEN-01]", "ignore": "ignore: [T3]", "off": "severity: {T3-02: 'off'}", "never": "fail_on: never", "level": "level: township", "exceptions": "exceptions: 例外.yaml", "broken": "select: [", "not_a_mapping": "- a", "unknown": "nonsense: 1", "large": "a: " + "x" * 3_000_000, "anchors": "a: &a [x]\nb: &b [*a,*a]\nc: [*b,*b]",
    }  # fmt: skip
    for name, text in harmful.items():

        def inside(place: Path, text: str = text) -> list[str]:
            folder = place / "收件"
            folder.mkdir()
            (folder / "年报.txt").write_bytes(faulty())
            (folder / ".checker.yaml").write_text(text, encoding="utf-8")
            return [str(folder)]

        yield Case(
            f"config/inside_{name}",
            "folder",
            inside,
            {"exit": [1], "config": True, "of": {"年报.txt": _FAILS}, "says": [r"\.checker\.yaml"]},
            quick=name == "never",
        )

        def given(place: Path, text: str = text) -> list[str]:
            (place / "年报.txt").write_bytes(faulty())
            (place / "设置.yaml").write_text(text, encoding="utf-8")
            return [str(place / "年报.txt"), "--config", str(place / "设置.yaml")]

        if name in ("select", "ignore", "off", "never", "level"):
            yield Case(
                f"config/given_{name}", "folder", given, {"exit": [0, 1], "config": True, "says": ["设置"]}
            )
        elif name in ("broken", "not_a_mapping", "unknown", "large"):
            yield Case(
                f"config/given_{name}",
                "folder",
                given,
                {"exit": [2], "config": True, "plain": True, "says": ["设置"]},
            )

    def linked(place: Path) -> list[str]:
        folder = place / "收件"
        folder.mkdir()
        (folder / "年报.txt").write_bytes(faulty())
        (place / "别处.yaml").write_text("fail_on: never", encoding="utf-8")
        (folder / ".checker.yaml").symlink_to("../别处.yaml")
        return [str(folder)]

    yield Case(
        "config/inside_link", "folder", linked, {"exit": [1], "config": True, "of": {"年报.txt": _FAILS}}
    )

    def below(place: Path) -> list[str]:
        folder = place / "收件" / "下级"
        folder.mkdir(parents=True)
        (folder / "年报.txt").write_bytes(faulty())
        (folder / ".checker.yaml").write_text("fail_on: never", encoding="utf-8")
        return [str(folder.parent)]

    yield Case(
        "config/inside_below", "folder", below, {"exit": [1], "config": True, "of": {"年报.txt": _FAILS}}
    )


def _settings_among_paths() -> Iterator[Case]:
    """Whichever of several paths a setting lies inside, it is not followed, and named."""

    def filled(place: Path) -> tuple[Path, Path]:
        folder = place / "收件"
        (folder / "下级").mkdir(parents=True)
        (place / "乙").mkdir()
        for report in (folder / "年报.txt", folder / "下级" / "年报.txt", place / "乙" / "年报.txt"):
            report.write_bytes(faulty())
        (folder / ".checker.yaml").write_text("fail_on: never", encoding="utf-8")
        return folder, place

    def linked(folder: Path, place: Path) -> list[Path]:
        (place / "链接").symlink_to("收件")
        return [place / "链接" / "下级", folder]

    ways: dict[str, Callable[[Path, Path], list[Path]]] = {
        "second_path": lambda folder, place: [place / "乙", folder],
        "behind_a_file": lambda folder, place: [place / "乙" / "年报.txt", folder],
        "below_then_above": lambda folder, _: [folder / "下级", folder],
        "file_below_then_folder": lambda folder, _: [folder / "下级" / "年报.txt", folder],
        "below_then_beside": lambda folder, _: [folder / "下级" / "年报.txt", folder / "年报.txt"],
        "through_a_link": linked,
    }
    for name, way in ways.items():

        def make(place: Path, way: Callable[[Path, Path], list[Path]] = way) -> list[str]:
            return [str(path) for path in way(*filled(place))]

        yield Case(
            f"config/{name}",
            "folder",
            make,
            {"exit": [1], "config": True, "says": [r"\.checker\.yaml"]},
            quick=name in ("second_path", "below_then_above"),
        )

    def odd(place: Path) -> list[str]:
        (place / "年报.txt").write_bytes(faulty())
        (place / "设置.yaml").write_text('level: "\\e[31mx\\u202e"\n"\\e[1my\\u202e": 1', encoding="utf-8")
        return [str(place / "年报.txt"), "--config", str(place / "设置.yaml")]

    hides = [r"[\x00-\x08\x0b-\x1f\x7f\u202e]"]
    yield Case(
        "config/controls_in_faults",
        "folder",
        odd,
        {"exit": [2], "config": True, "plain": True, "hides": hides},
    )


def _special_settings() -> Iterator[Case]:
    """A pipe or a device where a file of settings should be."""
    for option in ("config", "exceptions", "baseline", "units", "renames", "resume", "rules", "previous"):
        for kind, put in (("pipe", os.mkfifo), ("device", lambda path: path.symlink_to("/dev/zero"))):

            def make(place: Path, option: str = option, put: Callable[[Path], object] = put) -> list[str]:
                (place / "年报.txt").write_bytes(draw("txt"))
                put(place / "另一份.yaml")
                return [str(place / "年报.txt"), f"--{option}", str(place / "另一份.yaml")]

            name = f"hang/{kind}_as_{option}"
            yield Case(name, "folder", make, {"exit": [2], "plain": True, "config": True, "says": ["另一份"]})


def _hidden() -> Iterator[Case]:
    """A document is one whatever its name begins with; what systems leave beside documents is none."""

    def hidden(folder: Path) -> None:
        (folder / ".二.txt").write_bytes(faulty())
        (folder / "~$三.txt").write_bytes(faulty())
        (folder / "._年报.docx").write_bytes(b"\0\5\x16\7" + bytes(90))
        (folder / "~$年报.docx").write_bytes(b"\6" + bytes(161))

    yield _folder("lost/hidden_documents", hidden, quick=True, exit=[1], reports=3)

    for suffix, head in {
        "rar": b"Rar!\x1a\7\1\0",
        "7z": b"7z\xbc\xaf\x27\x1c",
        "gz": b"\x1f\x8b\x08",
        "xz": b"\xfd7zXZ\0",
    }.items():
        yield _folder(
            f"lost/packed_{suffix}",
            lambda f, suffix=suffix, head=head: (f / f"二.{suffix}").write_bytes(head + bytes(99)),  # type: ignore[misc]
            exit=[3],
            reports=2,
            says=["压缩包"],
        )

    def linked(folder: Path) -> None:
        (folder.parent / "别处").mkdir()
        (folder.parent / "别处" / "二.txt").write_bytes(faulty())
        (folder / "下级").symlink_to("../别处")

    yield _folder("lost/linked_folder", linked, exit=[0], reports=2, says=["下级"])
