"""The commands for those who write rules, run as a person runs them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from choice import some
from click.testing import CliRunner

from checker.cli import cli
from checker.kinds import KINDS
from checker.model.errors import RulebookError, UsageError
from checker.rulebook.store import builtin_rules, load_rulebook
from checker.workbench.catalogue import written_rules
from checker.workbench.editor_schema import editor_schema
from checker.workbench.proof import dead_rules_in

pytestmark = pytest.mark.long

REPORT = Path(__file__).resolve().parents[3] / "reports_in" / "禾川县松坪镇2024年年报.txt"

LOCAL_RULE = """\
group: 本地要求
rules:
  - id: LOC-01
    title: 总体情况写到培训
    severity: warning
    basis: [{source: PRACTICE}]
    check: {kind: mentions, where: 第一部分, topics: [{topic: 培训, any: [WORD]}]}
    message: 没有写{missing}
    examples:
      - {name: 写了, expect: pass, given: {text: {1: 组织培训2次。}}}
      - {name: 没有写, expect: fail, given: {text: {1: 公开信息120条。}}, findings: [{place: 第一部分}]}
"""


@pytest.fixture
def local(tmp_path):
    """Writes a folder with one local rule; `change` replaces a part of it."""

    def write(*changes):
        text = LOCAL_RULE.replace("WORD", "培训")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        folder = tmp_path / "local"
        folder.mkdir(exist_ok=True)
        (folder / "local.yaml").write_text(text, encoding="utf-8")
        return folder

    return write


def run(*arguments):
    """Exit code and output of a command on rules; errors of usage and rule files are raised."""
    return run_any("rules", *arguments)


def run_any(*arguments):
    """The same for any command."""
    result = CliRunner().invoke(cli, [*map(str, arguments)], standalone_mode=False)
    if result.exception:
        raise result.exception
    return result.return_value or 0, result.output


def test_list_fits_eighty_columns_and_names_every_rule():
    """What an office sees first."""
    code, output = run("list")

    rulebook = load_rulebook()
    assert code == 0
    assert all(rule in output for rule in rulebook.rules)
    assert f"共 {len(rulebook.rules)} 条规则" in output
    assert max(sum(2 if ord(c) > 0x2E7F else 1 for c in line) for line in output.splitlines()) <= 80


def test_list_as_json_says_where_each_rule_stands(local):
    """Other programs read the list."""
    _, output = run("list", "--rules", local(), "--format", "json")

    entry = next(entry for entry in json.loads(output) if entry["id"] == "LOC-01")
    assert entry["severity"] == "warning"
    assert entry["line"] == 3
    assert entry["idle"] is None


def test_list_says_why_a_rule_does_not_run(local):
    """A suspended rule is listed with its reason."""
    folder = local(("    message:", "    suspended: {since: 2020-01-01, reason: 等上级答复}\n    message:"))

    assert "等上级答复" in run("list", "--rules", folder)[1].replace("\n", "").replace(" ", "")


def test_profiles_say_what_they_rest_on(tmp_path):
    """Each built-in one names its documents; one of others that names none is told so."""
    (tmp_path / "p.yaml").write_text("profile: ours\ntitle: 本县\nextends: wuwei\n", encoding="utf-8")

    _, output = run("profiles", "--rules", tmp_path)
    _, data = run("profiles", "--rules", tmp_path, "--format", "json")

    assert "武政办发〔2025〕54号" in output
    assert "没有写依据" in output
    listed = {entry["profile"]: entry for entry in json.loads(data)}
    assert [name for name, entry in listed.items() if not entry["sources"]] == ["ours"]
    assert next(iter(listed)) == "national"
    assert listed["ours"]["extends"] == "wuwei"


def test_check_of_a_good_file_counts_its_rules(local):
    """One line when all is well."""
    assert run("check", local()) == (0, "1 条规则，没有错误\n")


@pytest.mark.parametrize("arguments", some([("check", "--strict"), ("check",)], 2), ids=" ".join)
def test_built_in_rules_are_in_order(arguments):
    """Nobody can add a rule without examples that hold, in every profile."""
    code, output = run(*arguments)

    written, listed = len(written_rules()), len(load_rulebook().rules)
    assert written > listed
    told = f"；其中 {written - listed} 条只在别的规则集里，默认的规则集有 {listed} 条"
    assert (code, output) == (0, f"{written} 条规则，没有错误{told}\n")


@pytest.mark.parametrize(
    ("change", "place", "words"),
    [
        (("title: 总体情况写到培训", "titel: 总体情况写到培训"), ":4:5", "是否为“title”"),
        (("第一部分", "第九部分"), ":7:", "第九部分"),
        (("{missing}", "{mising}"), ":8:", "是否为“missing”"),
        (("any: [培训]", "any: [教学]"), ":3:1", "没有一个查得出问题"),
    ],
    ids=["key", "scope", "placeholder", "dead"],
)
def test_check_tells_faults_with_their_place(local, change, place, words):
    """The last one is a rule whose examples show that it never speaks: 教学 stands in neither."""
    folder = local(change)
    if words.startswith("没有一个"):
        folder = local(change, ("text: {1: 公开信息120条。}", "text: {1: 组织教学2次。}"))

    with pytest.raises(RulebookError) as raised:
        run("check", folder)

    assert any(place in str(fault) and words in str(fault) for fault in raised.value.faults)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ((", findings: [{place: 第一部分}]", ""), "没有写预期的问题"),
        (
            (
                "expect: pass, given: {text: {1: 组织培训2次。}}",
                "expect: not_checked, given: {text: {1: null}}",
            ),
            "缺少合格",
        ),
        (("    check:", "    applies: {levels: [department]}\n    check:"), "缺少不适用"),
    ],
    ids=["no findings", "no pass", "no not_applicable"],
)
def test_strict_check_wants_complete_examples(local, change, words):
    """Without --strict an author may still be writing them."""
    folder = local(change)
    assert run("check", folder)[0] == 0

    with pytest.raises(RulebookError, match=words):
        run("check", "--strict", folder)


@pytest.mark.parametrize("arguments", [(), ("--strict",)], ids=["plain", "strict"])
def test_check_tells_examples_that_come_out_otherwise(local, arguments):
    """The file's examples are run in any case."""
    folder = local(("findings: [{place: 第一部分}]", "findings: [{place: 第五部分}]"))

    with pytest.raises(RulebookError, match="预期 第五部分"):
        run("check", *arguments, folder)


def test_a_rule_that_is_another_one_in_one_profile_is_proved_there_too(local):
    """Rules are proved once where profiles leave them alone, and once more where one does not."""
    folder = local()
    rule = "  - " + LOCAL_RULE.partition("  - ")[2].replace("WORD", "教学").replace("公开信息", "组织教学")
    (folder / "p.yaml").write_text(f"profile: ours\ntitle: 本县\nrules:\n{rule}", encoding="utf-8")

    for arguments in ((), ("--strict",)):
        with pytest.raises(RulebookError) as raised:
            run("check", *arguments, folder)

        assert all("p.yaml:" in str(fault) for fault in raised.value.faults)


def test_a_rule_that_finds_nothing_in_its_examples_does_not_load(local):
    """It would pass every report in silence."""
    folder = local(("公开信息120条。", "组织培训3次。"))

    for arguments in (["rules", "check", folder], ["rules", "list", "--rules", folder],
                      ["explain", "LOC-01", "--rules", folder], ["check", REPORT, "--no-config", "--rules", folder],
                      ["show", REPORT, "--rules", folder]):  # fmt: skip
        with pytest.raises(RulebookError, match=r"local\.yaml:3:1 LOC-01 的不合格例子里，没有一个查得出问题"):
            run_any(*arguments)
    with pytest.raises(RulebookError, match="没有一个查得出问题"):
        load_rulebook([folder], prove=dead_rules_in)
    assert "LOC-01" in load_rulebook([folder]).rules  # a program that does not ask is not told


def test_a_check_does_not_import_what_rule_authors_use(local):
    """Its modules are a third of the program; rules of others are proved once, when they are compiled."""
    arguments = ["check", str(REPORT), "--no-config", "--fail-on", "never", "--rules", str(local())]
    program = (
        "import sys\n"
        "from checker.cli import main\n"
        "try:\n    main()\n"
        "except SystemExit as end:\n    assert not end.code, end.code\n"
        "print([name for name in sys.modules if name.startswith('checker.workbench')])\n"
    )
    seen = [
        subprocess.run(
            [sys.executable, "-c", program, *arguments], capture_output=True, text=True, encoding="utf-8", check=True,
        ).stdout.splitlines()[-1]
        for _ in range(2)
    ]  # fmt: skip
    assert "checker.workbench.proof" in seen[0]
    assert seen[1] == "[]"


@pytest.mark.parametrize("group", some(["T3", ""], 2))
def test_test_runs_all_examples(group):
    """The whole rulebook holds what it says; in an ordinary run `check --strict` tries what is not asked here."""
    code, output = run("test", *filter(None, [group]))

    assert code == 0
    count = sum(rule.startswith(group) for rule in load_rulebook().rules)
    assert output.splitlines()[-1].startswith(f"{count} 条规则，")
    assert "全部相符" in output


def test_test_shows_place_expectation_and_result(local):
    """An author sees which example, where, and what came instead."""
    folder = local(
        ("expect: pass, given: {text: {1: 组织培训2次。}}", "expect: pass, given: {text: {1: 没有组织。}}")
    )

    code, output = run("test", "LOC", "--rules", folder)

    assert code == 1
    assert "local.yaml:10:1 LOC-01 例子“写了”：预期合格，结果是不合格" in output
    assert "1 处不符" in output


@pytest.mark.parametrize(
    ("given", "code", "words"),
    [("没有组织。", 0, "已知误报"), ("组织培训2次。", 1, "请去掉 known_false_alarm")],
)
def test_known_wrong_behaviour_is_listed_and_must_still_be_wrong(local, given, code, words):
    """A mark that is no longer true is a fault."""
    folder = local(
        (
            "given: {text: {1: 组织培训2次。}}",
            f"given: {{text: {{1: {given}}}}}, known_false_alarm: 认不出别的说法",
        )
    )

    result = run("test", "LOC-01", "--rules", folder)

    assert result[0] == code
    assert words in result[1]


def test_an_unknown_id_is_answered():
    """Instead of testing nothing and saying that all is well."""
    with pytest.raises(UsageError, match="ZZZ"):
        run("test", "ZZZ-99")


def test_new_rules_of_every_kind_are_accepted_and_their_examples_hold(tmp_path):
    """What an author starts from is right; all in one check, which reads the built-in rules once."""
    for number, kind in enumerate(KINDS, 1):
        assert run("new", f"LOC-{number:02}", "--kind", kind, "--output", tmp_path / f"{kind}.yaml")[0] == 0

    assert run("check", "--strict", tmp_path) == (0, f"{len(KINDS)} 条规则，没有错误\n")


def test_new_explains_each_line_and_overwrites_nothing(tmp_path):
    """Comments are what a newcomer reads."""
    file = tmp_path / "new.yaml"
    run("new", "LOC-07", "--kind", "length", "--title", "开头不超过二百字", "--output", file)
    text = file.read_text(encoding="utf-8")

    assert "title: 开头不超过二百字" in text
    assert "basis: [{source: PRACTICE}]" in text
    head = text.partition("    examples:")[0].splitlines()
    assert all("#" in line for line in head if ": " in line)
    with pytest.raises(UsageError, match="不覆盖"):
        run("new", "LOC-07", "--kind", "length", "--output", file)


@pytest.mark.parametrize(("rule", "kind", "words"), [("loc1", "sum", "LOC-01"), ("LOC-01", "summ", "“sum”")])
def test_new_refuses_wrong_names(rule, kind, words):
    """With the right ones named."""
    with pytest.raises(UsageError, match=words):
        run("new", rule, "--kind", kind)


def test_the_published_schema_is_fresh():
    """Written by `checker rules schema --output rules/schema.json`."""
    published = (builtin_rules() / "schema.json").read_text(encoding="utf-8")

    assert json.loads(published) == json.loads(json.dumps(editor_schema(load_rulebook())))
    assert run("schema")[1] == published


@pytest.mark.parametrize("file", sorted(builtin_rules().rglob("*.yaml")), ids=lambda file: file.name)
def test_every_rule_file_names_its_schema(file):
    """So that editors complete and check it; the path leads to the published schema."""
    first = file.read_text(encoding="utf-8").partition("\n")[0]

    prefix = "# yaml-language-server: $schema="
    assert first.startswith(prefix), f"{file} 第一行应是 {prefix}…/schema.json"
    assert (file.parent / Path(first.removeprefix(prefix))).resolve() == (
        builtin_rules() / "schema.json"
    ).resolve()


def test_audit_over_a_folder_counts_what_each_rule_said(local, tmp_path):
    """A rule that fires, one that passes, and files that are no reports; JSON and text say the same."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name in ("甲.txt", "乙.txt"):
        (inbox / name).write_bytes(REPORT.read_bytes())
    (inbox / "通知.txt").write_text("关于召开会议的通知", encoding="utf-8")
    folder = local(("[培训]", "[从来不写的词]"))
    arguments = ("audit", "--rules", folder, "--over", inbox, "--today", "2025-06-01")

    code, output = run(*arguments, "--format", "json")

    tally = json.loads(output)
    rules = {entry.pop("id"): entry for entry in tally["rules"]}
    assert (code, tally["files"], tally["reports"]) == (0, 3, 2)
    assert (rules["LOC-01"]["fail"], rules["SEC-01"]["pass"]) == (2, 2)
    assert "SEC-01" in tally["never_fired"]
    assert "LOC-01" not in tally["never_fired"]
    assert set(tally["never_fired"]) == {key for key, e in rules.items() if not e["fail"] and not e["idle"]}

    code, output = run(*arguments)

    fired, _, silent = output.partition("从没有报过问题的规则")
    assert re.search(r"LOC-01 +0 +2 +0 +0 +0 +总体情况写到培训", fired)
    assert re.search(r"SEC-01 +六个部分齐全（合格 2）", silent)
    assert f"没有报过 {len(tally['never_fired'])} 条" in silent


def test_audit_over_a_folder_tells_of_rules_of_ones_own_first(local):
    folder = local(("[培训]", "[培训, 政府信息]"))
    output = run("audit", "--rules", folder, "--over", REPORT, "--today", "2025-06-01")[1]

    assert output.partition("从没有报过问题的规则")[2].splitlines()[1].split()[0] == "LOC-01"


def test_audit_over_nothing_is_told(tmp_path):
    """A folder that is not there is a wrong path, not a folder in which no rule fired."""
    with pytest.raises(UsageError, match="没有"):
        run("audit", "--over", tmp_path / "没有的文件夹")
