"""The rulebook kept between runs: when it is used, and that nothing wrong with it costs more than time."""

from __future__ import annotations

import json
import os
import shutil
import stat

import pytest
from small_rulebook import BASE, PROFILE

from checker.model.errors import Fault, RulebookError
from checker.rulebook import compile as compiling
from checker.rulebook import kept
from checker.rulebook.store import load_rulebook

posix = pytest.mark.skipif(os.name == "nt", reason="modes and links of POSIX")


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    """The cache folder, which does not exist yet."""
    monkeypatch.setenv("CHECKER_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def rules(tmp_path):
    """A folder with a small rulebook."""
    folder = tmp_path / "rules"
    folder.mkdir()
    for name, text in {**BASE, "p.yaml": PROFILE.replace("extends: base\n", "")}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def compiled(monkeypatch):
    """The profiles that are compiled, one after another."""
    profiles = []
    compile_rulebook = compiling.compile_rulebook

    def counted(texts, profile, **more):
        profiles.append(profile)
        return compile_rulebook(texts, profile, **more)

    monkeypatch.setattr(compiling, "compile_rulebook", counted)
    return profiles


def load(rules, profile="national", **more):
    return load_rulebook([rules], builtin=False, profile=profile, **more)


def only_file(cache):
    [path] = (cache / "rulebooks").iterdir()
    return path


def test_rules_are_compiled_once(rules, compiled):
    first, second = load(rules), load(rules)
    assert compiled == ["national"]
    assert (first.rules, first.digest) == (second.rules, second.digest)
    load(rules, "local")
    assert compiled == ["national", "local"]


def test_a_change_of_a_rule_counts_at_once(rules):
    before = load(rules)
    path = rules / "checks.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("id: JN-01", "id: JN-99"), encoding="utf-8")
    after = load(rules)
    assert ("JN-01" in before.rules, "JN-99" in after.rules) == (True, True)
    assert before.digest != after.digest


@posix
def test_what_is_kept_is_the_users_alone(cache, rules):
    old = os.umask(0)
    try:
        load(rules)
    finally:
        os.umask(old)
    path = only_file(cache)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def with_checksum(content):
    return kept.checksum_of(content) + b"\n" + content


def of_content(change):
    """A change of what stands behind the checksum, which does not hold any more."""

    def damage(path):
        checksum, _, content = path.read_bytes().partition(b"\n")
        path.write_bytes(checksum + b"\n" + change(content))

    return damage


def without_rules(content):
    data = json.loads(content)
    return json.dumps({**data, "rules": data["rules"][-1:]}).encode()


def behind_a_link(path):
    path.rename(path.with_name("elsewhere"))
    path.symlink_to(path.with_name("elsewhere"))


def folder_behind_a_link(path):
    folder = path.parent
    folder.rename(folder.with_name("elsewhere"))
    folder.symlink_to(folder.with_name("elsewhere"))


def instead(make):
    def damage(path):
        path.unlink()
        make(path)

    return damage


DAMAGED = {
    "empty": lambda path: path.write_bytes(b""),
    "another shape": lambda path: path.write_bytes(b"{}"),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:-100]),
    "rules removed": of_content(without_rules),
    "one character": of_content(lambda content: content.replace(b"error", b"info", 1)),
    "not UTF-8": lambda path: path.write_bytes(with_checksum(b"\xff")),
    "no JSON": lambda path: path.write_bytes(with_checksum(b"{")),
    "nested without end": lambda path: path.write_bytes(with_checksum(b"[" * 1_000_000)),
    "a number": lambda path: path.write_bytes(with_checksum(b"1")),
    "null": lambda path: path.write_bytes(with_checksum(b"null")),
    "no keys": lambda path: path.write_bytes(with_checksum(b"{}")),
    "rules that are a number": lambda path: path.write_bytes(with_checksum(b'{"rules": 1}')),
    "rules that are numbers": of_content(lambda content: with_checksum(json.dumps({**json.loads(content), "rules": [1]}).encode())),
    "not UTF-8 in front": lambda path: path.write_bytes(b"\xff" + path.read_bytes()),
    "a folder": instead(lambda path: path.mkdir()),
}  # fmt: skip
NOT_THE_USERS = {
    "the group may write": lambda path: path.chmod(0o620),
    "others may write": lambda path: path.chmod(0o602),
    "behind a link": behind_a_link,
    "a link to nowhere": instead(lambda path: path.symlink_to("nowhere")),
    "a pipe": instead(os.mkfifo) if hasattr(os, "mkfifo") else None,
}


@pytest.mark.parametrize("case", DAMAGED)
def test_what_is_damaged_is_compiled_anew(case, cache, rules, compiled):
    before = load(rules)
    DAMAGED[case](only_file(cache))
    after = load(rules)
    assert (after.rules, after.digest) == (before.rules, before.digest)
    assert len(compiled) == 2


@posix
@pytest.mark.parametrize("case", NOT_THE_USERS)
def test_what_others_may_have_written_is_not_used(case, cache, rules, compiled):
    before = load(rules)
    path = only_file(cache)
    NOT_THE_USERS[case](path)
    assert load(rules).rules == before.rules
    assert len(compiled) == 2
    assert path.is_file()  # put in its place
    assert not path.is_symlink()
    load(rules)
    assert len(compiled) == 2


@posix
@pytest.mark.parametrize("damage", [lambda path: path.parent.chmod(0o770), folder_behind_a_link])
def test_a_folder_that_others_may_write_to_is_not_used(damage, cache, rules, compiled):
    load(rules)
    path = only_file(cache)
    damage(path)
    path.write_bytes(b"")
    load(rules)
    assert len(compiled) == 2
    assert path.read_bytes() == b""


@posix
def test_what_another_user_owns_is_not_used(rules, compiled, monkeypatch):
    load(rules)
    user = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: user + 1)
    load(rules)
    assert len(compiled) == 2


def test_what_is_too_large_is_not_read(rules, compiled, monkeypatch):
    load(rules)
    monkeypatch.setattr(kept, "_MAX_BYTES", 100)
    load(rules)
    assert len(compiled) == 2


HOMES = {
    "no home": {"HOME": None},
    "a home that is a file": {"HOME": os.devnull},
    "a home that is no path from the root": {"HOME": "home"},
    "a cache folder that is no path from the root": {"HOME": os.devnull, "XDG_CACHE_HOME": "cache"},
    "a cache folder in a file": {"CHECKER_CACHE_DIR": os.devnull},
    "a cache folder whose name is too long": {"CHECKER_CACHE_DIR": "x" * 5000},
}


@posix
@pytest.mark.parametrize("case", HOMES)
def test_without_a_home_it_only_takes_longer(case, rules, compiled, monkeypatch, tmp_path):
    for name in ("CHECKER_CACHE_DIR", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in HOMES[case].items():
        monkeypatch.setenv(name, value) if value is not None else monkeypatch.delenv(name)
    if case == "no home":  # nor does the system know one
        monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    monkeypatch.chdir(tmp_path)
    assert load(rules).rules == load(rules).rules
    assert len(compiled) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["rules"]


def test_the_usual_place(rules, monkeypatch, tmp_path):
    monkeypatch.delenv("CHECKER_CACHE_DIR", raising=False)
    for name in ("HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / name))
    load(rules)
    base = tmp_path / ("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME")
    assert [path.name for path in (base / "nianbao-checker").iterdir()] == ["rulebooks"]


def test_a_full_disk_leaves_nothing_behind(cache, rules, monkeypatch):
    load(rules)
    shutil.rmtree(cache)

    def full(*_arguments, **_more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kept.os, "fdopen", full)
    load(rules)
    assert list((cache / "rulebooks").iterdir()) == []


def test_the_oldest_are_dropped(cache, rules, monkeypatch):
    monkeypatch.setattr(kept, "_FILES", 2)
    load(rules)
    first = only_file(cache)
    os.utime(first, (1, 1))
    (cache / "rulebooks" / "notes.txt").write_text("kept by the user", encoding="utf-8")
    load(rules, "local")
    load(rules, prove=lambda *_: [])
    names = sorted(path.name for path in (cache / "rulebooks").iterdir())
    assert first.name not in names
    assert [name.partition("-")[0] for name in names] == ["notes.txt", "rulebook", "rulebook"]


@pytest.mark.parametrize(
    "name", ["../../outside", "a/b", "/x", "甲", "Local", "local\n", "", ".", "a\0b", "x" * 300]
)
def test_a_name_that_no_profile_has_becomes_no_path(name, cache, rules):
    with pytest.raises(RulebookError) as refused:
        load(rules, name)
    assert f"没有规则集“{name}”" in str(refused.value)
    assert not cache.exists()
    with pytest.raises(RulebookError):
        load_rulebook(profile=name)


def test_rules_that_were_not_proved_are_proved_when_somebody_asks(rules, compiled):
    asked = []

    def prove(_rulebook, extra):
        asked.append(extra)
        return [Fault("checks.yaml", 3, 1, "查不出问题")] if len(asked) == 1 else []

    load(rules)
    with pytest.raises(RulebookError, match=r"checks\.yaml:3:1 查不出问题"):
        load(rules, prove=prove)
    load(rules, prove=prove)
    load(rules, prove=prove)
    assert asked == [[rules], [rules]]
    assert len(compiled) == 3
