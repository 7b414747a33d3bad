"""Markdown: read back by a parser, so that text of reports is shown as it is and does nothing."""

from __future__ import annotations

import pytest
import writer_samples as samples
from formats import RUNS, assert_golden, hostile_run, hostile_words, written
from hypothesis import given
from markdown_it import MarkdownIt

PARSER = MarkdownIt("commonmark").enable("table").enable("strikethrough")

ALLOWED = {
    "heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "bullet_list_open",
    "bullet_list_close", "list_item_open", "list_item_close", "table_open", "table_close", "thead_open",
    "thead_close", "tbody_open", "tbody_close", "tr_open", "tr_close", "th_open", "th_close", "td_open", "td_close",
}  # fmt: skip
ALLOWED_INSIDE = {"text", "strong_open", "strong_close", "softbreak", "text_special"}


def tokens(run):
    parsed = PARSER.parse(written("markdown", run))
    assert {token.type for token in parsed} <= ALLOWED
    for token in parsed:
        assert {child.type for child in token.children or ()} <= ALLOWED_INSIDE, token.content
    return parsed


@pytest.mark.parametrize("name", RUNS)
def test_output_is_the_one_looked_at(name):
    tokens(RUNS[name]())
    assert_golden("markdown", name)


def test_a_long_run_stays_short_and_says_what_is_left_out():
    results = [
        samples.checked(f"年报/{number}.docx", findings=samples.failing().findings) for number in range(130)
    ]
    text = written("markdown", samples.run(*results))

    assert "另有 30 个文件没有列出。" in text
    assert f"另有 {130 * 5 - 60} 处问题没有列出" in text
    assert len(text) < 60_000


def test_every_file_has_its_row():
    parsed = tokens(samples.many())

    assert sum(token.type == "tr_open" for token in parsed) == 1 + 6


@given(hostile_words)
def test_hostile_text_is_only_text(words):
    parsed = tokens(hostile_run(words))
    shown = "".join(
        child.content for token in parsed for child in token.children or () if child.type == "text"
    )

    assert sum(token.type == "tr_open" for token in parsed) == 1 + 2
    assert not set(shown) & set("@#")
    written("markdown", hostile_run(words)).encode("utf-8")
