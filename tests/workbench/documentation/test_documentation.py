"""The generated rule reference: complete, linked, and fresh on disk."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from checker.kinds import KINDS
from checker.rulebook.store import load_rulebook
from checker.workbench.catalogue import written_rules
from checker.workbench.documentation.pages import MARK, Reference, pages, stale_pages

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "rules"


@pytest.fixture(scope="module")
def reference():
    """All pages but that about the mutation score."""
    return pages(Reference(load_rulebook(), written_rules()))


def test_pages_on_disk_are_fresh(reference):
    """After a change of rules run `checker rules docs`; the page of the score stands with its tests."""
    wanted = {**reference, "coverage.md": (FOLDER / "coverage.md").read_text(encoding="utf-8")}

    assert stale_pages(wanted, FOLDER) == [], "请运行 checker rules docs"


def test_every_rule_has_an_anchor_with_its_id(reference):
    """Findings link to it; the anchor never changes."""
    text = "\n".join(reference.values())

    for rule in load_rulebook().rules:
        assert text.count(f'<a id="{rule}"></a>') == 1


def test_links_lead_somewhere(reference):
    """To a page that exists, and to an anchor on it."""
    for name, text in reference.items():
        for page, anchor in re.findall(r"\]\(([\w.-]+\.md)(?:#([\w-]+))?\)", text):
            if page == "coverage.md":
                continue
            assert page in reference, f"{name}: {page}"
            assert not anchor or f'<a id="{anchor}"></a>' in reference[page], f"{name}: {page}#{anchor}"


def test_a_rule_is_told_completely(reference):
    """Title, reason, basis, applicability, messages with their severities, examples."""
    section = reference["opening.md"].partition('<a id="INT-01"></a>')[2].partition("<a id=")[0]

    for words in (
        "## INT-01",
        "**依据**",
        "（依据待核）",
        "**适用**：全部报告",
        "[应出现的写法](check-kinds.md#pattern)",
        "| 没有写明编制依据 | 提示 |",
        "| 国务院令的文号写作“第{found}号”，修订后的《中华人民共和国政府信息公开条例》是国务院令第711号 | 警告 |",
        "| 没有依据 |",
        "不合格：开头",
        "<details>",
    ):
        assert words in section, words


def test_how_stands_in_place_of_the_bare_kind(tmp_path):
    """A rule may say in words how it is decided; the options stay in the details."""
    (tmp_path / "local.yaml").write_text(
        """\
group: 本地
rules:
  - id: LOC-01
    title: 总体情况写到培训
    how: 看总体情况里有没有“培训”两个字。
    severity: warning
    basis: [{source: PRACTICE}]
    check: {kind: mentions, where: 第一部分, topics: [{topic: 培训, any: [培训]}]}
    message: 没有写{missing}
    examples: []
""",
        encoding="utf-8",
    )
    text = pages(Reference(load_rulebook([tmp_path]), written_rules([tmp_path])))["local.md"]

    assert "- **怎么判**：看总体情况里有没有“培训”两个字。" in text
    assert "应提到的内容——范围：第一部分" in text


def test_every_kind_is_described_with_its_options(reference):
    """The page about kinds is what authors work with."""
    for name, kind in KINDS.items():
        section = reference["check-kinds.md"].partition(f'<a id="{name}"></a>')[2].partition("<a id=")[0]

        assert f"check: {{kind: {name}" in section
        assert all(f"`{option}`" in section for option in kind.options["properties"])
        assert all(f"`{{{word}}}`" in section for word in kind.evidence)


KEYS_OF_ITEMS = {
    "mentions": ("topic", "any", "near", "within"),
    "fixed_phrases": ("phrase", "like", "also"),
    "self_designation": ("pattern", "suits"),
}


@pytest.mark.parametrize("kind", KEYS_OF_ITEMS)
def test_an_option_that_lists_objects_tells_what_their_keys_say(kind, reference):
    section = reference["check-kinds.md"].partition(f'<a id="{kind}"></a>')[2].partition("<a id=")[0]
    assert "若干“键: 值”" not in section
    for key in KEYS_OF_ITEMS[kind]:
        assert f"`{key}` " in section.partition("每项里写：")[2]


def test_stale_pages_are_named(tmp_path):
    """A missing page, a changed one, and one left over; files of others are left alone."""
    (tmp_path / "same.md").write_text("甲", encoding="utf-8")
    (tmp_path / "changed.md").write_text("乙", encoding="utf-8")
    (tmp_path / "left.md").write_text(MARK, encoding="utf-8")
    (tmp_path / "own.md").write_text("自己写的", encoding="utf-8")

    assert stale_pages({"same.md": "甲", "changed.md": "丙", "new.md": "丁"}, tmp_path) == [
        "changed.md",
        "new.md",
        "left.md",
    ]


def test_the_same_rules_give_the_same_pages(reference):
    """So that the check in CI can compare bytes."""
    assert pages(Reference(load_rulebook(), written_rules())) == reference
