"""`docs/writing-rules.md`, followed literally: its files are written, its commands are run, their output is compared."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from click.testing import CliRunner

from checker.cli import cli
from checker.model.errors import RulebookError
from checker.rulebook.compile import compile_rulebook
from checker.rulebook.store import decode_rules, rule_files

DOCS = Path(__file__).resolve().parent.parent.parent / "docs"
GUIDE = (DOCS / "writing-rules.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
FILE = re.compile(r"# (\S+\.yaml)\n")
FRAGMENTS = [text for kind, text in BLOCKS if kind == "yaml" and not FILE.match(text)]
SOUND = """\
group: 甲
rules:
  - id: LOC-09
    title: 篇幅合适
    severity: warning
    basis: [{source: PRACTICE}]
    check: {kind: length, where: 第五部分, at_least: 10, at_most: 500}
    message: 不合适
    examples: []
"""


def test_the_guide_followed_literally(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    Path("年报").mkdir()
    report = "某县某局2024年政府信息公开工作年度报告\n一、总体情况\n全年组织业务培训3次。\n"
    Path("年报/某局.txt").write_text(report, encoding="utf-8")
    commands = 0
    for kind, text in BLOCKS:
        if kind == "yaml" and (named := FILE.match(text)):
            Path(named[1]).parent.mkdir(exist_ok=True)
            Path(named[1]).write_text(text, encoding="utf-8")
            if not commands:
                wrong = text.replace("severity", "sevrity").replace("第一部分", "第一节", 1)
                Path("错的.yaml").write_text(wrong, encoding="utf-8")
        for part in text.split("$ ")[1:] if kind == "console" else ():
            line, _, expected = part.partition("\n")
            commands += 1
            assert output_of(line) == expected or not expected, line
    assert commands == 10


def output_of(line):
    program, *arguments = shlex.split(line)
    assert program == "checker"
    result = CliRunner().invoke(cli, arguments, standalone_mode=False)
    if isinstance(result.exception, RulebookError):
        return "".join(f"{fault}\n" for fault in result.exception.faults)
    assert result.exception is None, line
    return result.output


def test_fragments_fit_into_a_rule():
    """Each in a rule and a file of its own, which a fault would name; compiled together."""
    texts = decode_rules(rule_files())
    for number, fragment in enumerate(FRAGMENTS, 10):
        keys = [line.partition(":")[0] for line in fragment.splitlines() if line[:1].isalpha()]
        kept = [line for line in SOUND.splitlines() if line.strip().partition(":")[0] not in keys]
        lines = [*kept, *(f"    {line}" for line in fragment.splitlines())]
        texts[f"fragment-{number}.yaml"] = "\n".join(lines).replace("LOC-09", f"LOC-{number}") + "\n"
    ids = {rule["id"] for rule in compile_rulebook(texts)["rules"]}
    assert {f"LOC-{number}" for number, _ in enumerate(FRAGMENTS, 10)} <= ids


def test_kinds_in_the_overview_are_checks_that_load():
    checks = re.findall(r"`(\{kind: .*?\})`", GUIDE)
    assert len(checks) == 16
    texts = decode_rules(rule_files())
    for number, check in enumerate(checks, 10):
        rule = SOUND.replace("{kind: length, where: 第五部分, at_least: 10, at_most: 500}", check)
        texts[f"check-{number}.yaml"] = rule.replace("LOC-09", f"LOC-{number}")
    ids = {rule["id"] for rule in compile_rulebook(texts)["rules"]}
    assert {f"LOC-{number}" for number, _ in enumerate(checks, 10)} <= ids


def test_links_lead_somewhere():
    headings = {
        re.sub(r"[^\w一-鿿-]", "", heading) for heading in re.findall(r"^## (.+)$", GUIDE, re.MULTILINE)
    }
    for target in re.findall(r"\]\(([^)]+)\)", GUIDE):
        file, _, anchor = target.partition("#")
        assert not file or (DOCS / file).is_file(), target
        assert not anchor or anchor in headings, target
