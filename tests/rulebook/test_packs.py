"""Rule packs: read by path, told with version and digest, refused where they are hostile or were changed."""

from __future__ import annotations

import hashlib
import os
import zipfile
from pathlib import Path

import pytest
from command_line import run_checker

from checker.model.errors import RulebookError, UsageError
from checker.rulebook.store import load_rulebook, read_rule_files

PROFILE = "profile: mousheng\ntitle: 某省\nversion: '1.2'\nextends: national\nparameters: {GEN-07: {at_most: 900}}\n"
RULES = """\
group: 省
rules:
  - id: LOC-01
    title: 写培训
    severity: warning
    basis: [{source: PRACTICE}]
    check: {kind: pattern, where: 第一部分, patterns: ['培训']}
    message: 没写培训
    examples:
      - {name: 没写, expect: fail, given: {text: {1: 全年。}}}
      - {name: 写了, expect: pass, given: {text: {1: 培训。}}}
"""
LOCAL = "profile: benxian\ntitle: 本县\nextends: {extends}\nseverity: {{LOC-01: error}}\n"


def packed(path: Path, members: dict[str, str]) -> str:
    """Write an archive; its digest."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()


def local(folder: Path, extends: str, more: str = "") -> Path:
    (folder / "本县").mkdir()
    (folder / "本县/集.yaml").write_text(LOCAL.format(extends=extends) + more, encoding="utf-8")
    return folder / "本县"


MEMBERS = {
    "某省规则/集.yaml": PROFILE,
    "某省规则/规则.yaml": RULES,
    "__MACOSX/规则.yaml": "[",
    "某省规则/说明.txt": "说明",
}


def test_an_archive_with_its_digest(tmp_path):
    digest = packed(tmp_path / "某省规则-1.2.zip", MEMBERS)
    rulebook = load_rulebook(
        [local(tmp_path, "../某省规则-1.2.zip", f"digest: {digest}\n")], profile="benxian"
    )
    (pack,) = rulebook.packs
    assert (pack.title, pack.version, pack.digest) == ("某省", "1.2", digest)
    assert pack.path.endswith("某省规则-1.2.zip")
    assert rulebook.rules["LOC-01"].worst.value == "error"
    assert rulebook.rules["GEN-07"].checks[0].options["at_most"] == 900


def test_a_folder_and_packs_in_a_row(tmp_path):
    packed(tmp_path / "省.zip", MEMBERS)
    (tmp_path / "市").mkdir()
    city = "profile: moushi\ntitle: 某市\nversion: '3'\nextends: ../省.zip\noff: {STY-08: 网页统一抓取}\n"
    (tmp_path / "市/集.yaml").write_text(city, encoding="utf-8")
    rulebook = load_rulebook([local(tmp_path, "../市")], profile="benxian")
    assert [pack.title for pack in rulebook.packs] == ["某市", "某省"]
    assert rulebook.rules["STY-08"].off
    assert rulebook.rules["GEN-07"].checks[0].options["at_most"] == 900
    assert "LOC-01" in rulebook.rules


@pytest.mark.skipif(os.name == "nt", reason="names of files are text there")
def test_a_folder_with_a_file_whose_name_is_no_text(tmp_path):
    folder = tmp_path / "某省规则"
    folder.mkdir()
    (folder / "集.yaml").write_text(PROFILE, encoding="utf-8")
    try:
        (folder / "规则\udcff.yaml").write_text(RULES, encoding="utf-8")
    except OSError:
        pytest.skip("the file system takes no such names")

    assert "LOC-01" in load_rulebook([local(tmp_path, "../某省规则")], profile="benxian").rules
    assert "LOC-01" in load_rulebook([folder], profile="mousheng").rules


def test_an_archive_as_rules(tmp_path):
    digest = packed(tmp_path / "某省规则.zip", MEMBERS)
    rulebook = load_rulebook([tmp_path / "某省规则.zip"], profile="mousheng")
    assert [(pack.version, pack.digest) for pack in rulebook.packs] == [("1.2", digest)]


def test_a_pack_that_changes_is_compiled_anew(tmp_path, monkeypatch):
    monkeypatch.setenv("CHECKER_CACHE_DIR", str(tmp_path / "cache"))
    packed(tmp_path / "p.zip", MEMBERS)
    folder = local(tmp_path, "../p.zip")
    assert load_rulebook([folder], profile="benxian").rules["GEN-07"].checks[0].options["at_most"] == 900
    packed(tmp_path / "p.zip", {**MEMBERS, "某省规则/集.yaml": PROFILE.replace("900", "700")})
    assert load_rulebook([folder], profile="benxian").rules["GEN-07"].checks[0].options["at_most"] == 700


REFUSED = {
    "no such file": ("./没有.zip", None, "不存在"),
    "a path without a point": ("某省.zip", None, "要写成 ./某省规则-1.2.zip 这样"),
    "an absolute path": ("/etc/rules", None, "要写成 ./某省规则-1.2.zip 这样"),
    "a share": ("'\\\\server\\share\\p.zip'", None, "要写成 ./某省规则-1.2.zip 这样"),
    "no archive": ("../p.zip", b"PK\x03\x04" + b"x" * 100, "不是完整的压缩包"),
    "out of the pack": ("../p.zip", {**MEMBERS, "../../x.yaml": RULES}, "里有指向包外的文件名"),
    "out of the pack by a drive": ("../p.zip", {**MEMBERS, "C:/x.yaml": RULES}, "里有指向包外的文件名"),
    "two of one name": ("../p.zip", {**MEMBERS, "某省规则//规则.yaml": RULES}, "里有两个“某省规则/规则.yaml”"),
    "a bomb": ("../p.zip", {**MEMBERS, "b.yaml": "# " + "0" * 2_000_000}, "解压后太大|太大，超出安全上限"),
    "very many files": ("../p.zip", {f"{n}.yaml": RULES for n in range(501)}, "太大，超出安全上限"),
    "no rule file": ("../p.zip", {"说明.txt": "说明"}, "里没有 .yaml 文件"),
    "no version": ("../p.zip", {"集.yaml": PROFILE.replace("version: '1.2'\n", "")}, "里没有写明 version 的规则集"),
    "two versions": ("../p.zip", {"集.yaml": PROFILE, "乙.yaml": PROFILE.replace("mousheng", "yi")}, "里有几个写了 version 的规则集：yi、mousheng；只能有一个"),
    "a file of the file system from an archive": ("../p.zip", {"集.yaml": PROFILE.replace("national", "../别处")}, "写在压缩包里"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_refused(tmp_path, case):
    extends, content, text = REFUSED[case]
    if isinstance(content, bytes):
        (tmp_path / "p.zip").write_bytes(content)
    elif content:
        packed(tmp_path / "p.zip", content)
    with pytest.raises(RulebookError, match=text) as caught:
        load_rulebook([local(tmp_path, extends)], profile="benxian")
    assert all(fault.line for fault in caught.value.faults)


def test_another_pack_than_the_one_that_was_meant(tmp_path):
    packed(tmp_path / "p.zip", MEMBERS)
    with pytest.raises(RulebookError, match="包换过了") as caught:
        load_rulebook([local(tmp_path, "../p.zip", f"digest: sha256:{'0' * 64}\n")], profile="benxian")
    assert (caught.value.faults[0].line, caught.value.faults[0].column) == (5, 9)


def test_digest_without_a_pack(tmp_path):
    with pytest.raises(RulebookError, match="只在 extends 写规则包的路径时写"):
        load_rulebook([local(tmp_path, "national", f"digest: sha256:{'0' * 64}\n")], profile="benxian")


def test_packs_that_extend_one_another(tmp_path):
    folder = local(tmp_path, "../甲")
    for name, other in (("甲", "乙"), ("乙", "甲")):
        (tmp_path / name).mkdir()
        own = f"profile: {'a' if name == '甲' else 'b'}\ntitle: {name}\nversion: '1'\nextends: ../{other}\n"
        (tmp_path / name / "集.yaml").write_text(own, encoding="utf-8")
    with pytest.raises(RulebookError, match="规则集互相继承成了环"):
        load_rulebook([folder], profile="benxian")


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_or_pipe_in_a_folder(tmp_path):
    (tmp_path / "省").mkdir()
    (tmp_path / "secret.yaml").write_text(RULES, encoding="utf-8")
    (tmp_path / "省/规则.yaml").symlink_to(tmp_path / "secret.yaml")
    folder = local(tmp_path, "../省")
    with pytest.raises(RulebookError, match="是链接，或不是普通文件"):
        read_rule_files([folder])
    (tmp_path / "省/规则.yaml").unlink()
    os.mkfifo(tmp_path / "省/规则.yaml")
    with pytest.raises(RulebookError, match="是链接，或不是普通文件"):
        read_rule_files([folder])


def test_an_archive_as_rules_that_is_none(tmp_path):
    (tmp_path / "p.zip").write_bytes(b"PK")
    with pytest.raises(UsageError, match="不是完整的压缩包"):
        load_rulebook([tmp_path / "p.zip"])


def test_packs_and_what_they_replace_are_told(tmp_path, monkeypatch, capsys):
    digest = packed(tmp_path / "p.zip", {**MEMBERS, "某省规则/规则.yaml": RULES.replace("LOC-01", "T3-02")})
    folder = local(tmp_path, "../p.zip").joinpath("集.yaml")
    folder.write_text("profile: benxian\ntitle: 本县\nextends: ../p.zip\n", encoding="utf-8")
    (tmp_path / "本县/依据.yaml").write_text("sources: {PRACTICE: {title: 本县做法}}\n", encoding="utf-8")
    (tmp_path / "本县/要素.yaml").write_text(
        "fields: [{name: signed_on, type: date, where: signature, patterns: ['(?P<year>[0-9]{4})年(?P<month>[0-9]+)月(?P<day>[0-9]+)日']}]\n", encoding="utf-8"
    )  # fmt: skip
    monkeypatch.chdir(tmp_path)
    said = run_checker(monkeypatch, capsys, "rules", "check", "本县")
    assert said.code == 0, said.err
    assert said.out.splitlines()[1:] == [
        f"采用了规则包“某省” 1.2 版（./p.zip，{digest}）。",
        "自带的规则被另加的同号规则替换：T3-02。",
        "自带的内容被另加的同名内容替换：要素 落款日期、依据 PRACTICE。",
    ]
