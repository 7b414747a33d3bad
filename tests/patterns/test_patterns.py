"""Patterns mean the same with each engine, and none can be made to hang."""

from __future__ import annotations

import contextlib
import pickle
import sys

import pytest
import re2
from hypothesis import given, reject, settings
from hypothesis import strategies as st
from samples import COUNTY_2023, DEPARTMENT_2024, TOWNSHIP_2024, write

from checker.api import check
from checker.model.text import squeeze
from checker.patterns import pattern as remembered
from checker.patterns.engines import ENGINES, chosen_engine, compile_with_engine
from checker.patterns.literals import known_of
from checker.patterns.pattern import Pattern, compile_pattern, know_patterns, known_patterns
from checker.patterns.syntax import PatternError, parse
from checker.patterns.tree import (
    ANY,
    Alternation,
    Bracket,
    Characters,
    Concatenation,
    LineBoundary,
    Repetition,
    spelled_out,
)
from checker.rulebook.store import load_rulebook

PRESENT = re2
"""It must be installed for this comparison; a missing one fails here."""
OTHERS = [name for name in ENGINES if name != "re2"]


def forget_engines():
    chosen_engine.cache_clear()
    remembered._COMPILED.clear()  # noqa: SLF001


@contextlib.contextmanager
def only(name):
    """As on a machine that has no other engine."""
    if name != "re2":
        sys.modules["re2"] = None
    forget_engines()
    try:
        yield
    finally:
        sys.modules["re2"] = PRESENT
        forget_engines()


@pytest.fixture(params=ENGINES)
def engine(request):
    """Each test of one engine runs with all."""
    with only(request.param):
        yield request.param


def matches(source, text, engine="re2"):
    """Spans of all matches and the named groups."""
    pattern = Pattern(source)
    with only(engine):
        pattern.check()
        return [(found.start(), found.end(), found.groupdict()) for found in pattern.finditer(text)]


@pytest.mark.parametrize("name", ENGINES)
def test_the_engine_is_the_first_one_that_is_there(name):
    with only(name):
        assert chosen_engine() is ENGINES[name]


TEXT = "2024年1月24日，某县公开信息1,024条（含3件）。\n第二段：收到申请0件；未收取费用\nA-b a@b.cn 甲\t乙  丙\n〇㐀𠀀々"
CONSTRUCTS = [
    "公开", "公.信", "[公开信]+", "[^，。]+", "[^公-息]", r"\d+", r"[\d,]+", r"\s", r"[\s]+", r"\p{Han}+", r"[\p{Han}0-9]+", r"[^\p{Han}]+", r"\.", r"\（".replace("\\", ""),
    "公开|申请", "(公开|收到)(信息|申请)", "(?:公开|收到)(?:信息|申请)", "(?P<what>公开|收到)(?P<object>信息|申请)", "(?i:A-B)", "(?i:[a-z]+)@", "^第二", "^[^\n]", "用$",
    "公开?", "公开??", "[0-9]*件", "[0-9]+?件", "[0-9]{1,2}月", "[0-9]{4}年", "[0-9]{2,}", "[0-9]{1,2}?", "(?:[0-9]{1,2}[年月日]){2}", "甲(a|)+", "[a|]", "[&a&]", "[~a]", r"[&\&]", r"[|\|]",
    "[-a]", "[a-]", "[]a]", "[^]a]", "[^-a]", "[a^]", "[.*+?()]", r"[\]\[]", r"[\-\^]", r"\-", r"\{3\}", "。\n第", ".+", "[^x]+", r"\t", r"\n", "々", "〇", "(?:年|月)(?:[0-9]+)(日|条)?", "(((公)))(开)",
    "件}?", "]?段", r"[\d-]+", "(?i:[^a])", "(?:(?P<year>[0-9]+)年|(?P<month>[0-9]+)月)+", "(?:^|。)[第段]", "(?i:第A)?二", r"[!-\&]",
]  # fmt: skip


def chosen(characters):
    return st.sampled_from(characters).map(lambda one: Characters(((one, one),)))


PIECES = st.one_of(
    chosen("甲乙aBk1，. "),
    st.sampled_from(["^", "$"]).map(LineBoundary),
    st.builds(
        Characters,
        st.lists(
            st.sampled_from(
                [("甲", "甲"), ("a", "k"), ("A", "Z"), ("0", "9"), (",", ","), ("一", "龥"), ("\n", "\n")]
            ),
            min_size=1,
            max_size=3,
        ).map(tuple),
        st.booleans(),
        st.booleans(),
    ),
    st.just(ANY),
)
COUNTS = st.sampled_from([(0, None), (1, None), (0, 1), (2, 2), (1, 2), (2, None), (0, 2)])


def grown(inside):
    """Larger parts of smaller ones, in brackets wherever they may be needed."""
    parts = st.lists(inside, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        parts.map(Concatenation).map(Bracket),
        st.lists(inside | st.just(Concatenation(())), min_size=2, max_size=3)
        .map(tuple)
        .map(Alternation)
        .map(Bracket),
        st.builds(
            lambda part, counts, lazy: Repetition(part, *counts, lazy),
            inside.map(Bracket),
            COUNTS,
            st.booleans(),
        ),
        st.builds(Bracket, inside, st.sampled_from(["(", "(?P<g>", "(?P<h>"])),
    )


def trees():
    """Patterns of every shape."""
    return st.recursive(PIECES, grown, max_leaves=8)


@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize("source", CONSTRUCTS)
def test_a_construct_means_the_same_in_all_engines(source, other):
    assert matches(source, TEXT, other) == matches(source, TEXT)


@given(trees(), st.text(st.sampled_from("甲乙aBk1，. \n"), max_size=24))
@settings(max_examples=300)
def test_generated_patterns_mean_the_same(tree, text):
    """Whatever a pattern consists of, and whatever it is looked for in."""
    source = spelled_out(tree)
    try:
        found = matches(source, text)
    except PatternError:
        reject()
    for other in OTHERS:
        assert matches(source, text, other) == found


@given(st.text(st.sampled_from("甲a1.*+?()[]{}|^$\\-,:<>=!Pidsbn"), max_size=12))
@settings(max_examples=400)
def test_what_is_not_refused_every_engine_understands(source):
    """Any text: refused with a sentence, or compiled by all; nothing else happens."""
    try:
        matches(source, "甲a1")
    except PatternError:
        reject()
    for other in OTHERS:
        matches(source, "甲a1", other)


def texts_of_samples():
    """Sample reports as rules see them, those on forms of 2021 and one in bad shape."""
    samples = [COUNTY_2023, DEPARTMENT_2024, TOWNSHIP_2024]
    return [
        "\n".join(squeeze(line).text for line in write(sample, "txt").decode().splitlines())
        for sample in samples
    ]


def built_in_patterns():
    """Every pattern of the rule files, the word lists of the claim files among them."""
    vocabulary = load_rulebook().language.claim_vocabulary
    lists = [finder.source for finder in (*vocabulary.topic_finders, *vocabulary.finders)]
    return [*known_patterns(), *lists]


def spans_with(name, sources, texts):
    """Spans of all matches of all patterns in all texts, and of their groups."""
    with only(name):
        compiled = {source: compile_with_engine(spelled_out(parse(source))) for source in sources}
        return {
            source: [
                [(match.start(), match.end(), match.groupdict()) for match in engine.finditer(text, 0, 0)]
                for text in texts
            ]
            for source, engine in compiled.items()
        }


@pytest.mark.parametrize("other", OTHERS)
def test_the_built_in_patterns_mean_the_same(other):
    """All of them, in reports as they are written."""
    sources, texts = built_in_patterns(), texts_of_samples()
    expected = spans_with("re2", sources, texts)
    assert sum(len(spans) for found in expected.values() for spans in found) > 1000
    assert spans_with(other, sources, texts) == expected


ACROSS_PARAGRAPHS = ["甲\\n乙", "甲\n乙", "甲[，\\n]乙", "甲\\s?\\n乙"]


@pytest.mark.parametrize("source", ACROSS_PARAGRAPHS)
def test_a_pattern_may_run_over_the_end_of_a_paragraph_if_it_says_so(source):
    """Also when it is known which words it needs, and where the text may be cut."""
    assert len(list(Pattern(source, known_of(source)).finditer("甲\n乙"))) == 1


LARGE = [
    "甲{1000}",
    "(?:甲{10}){100}",
    "(?:甲{10}b{10}){100}",
    "(?:甲{2,40}|乙){1,25}",
    "(?:(?:甲{10})+){100}",
    "(甲{30}){30}(甲{30}){30}",
    r"\p{Han}{1000}" * 4,
    "[^甲]{0,1000}乙" * 9,
    "[\x01-\U0010ffff]{1000}" * 20,
    "[\x80-\U0010fffe]{1000}" * 20,
]


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("source", LARGE)
def test_no_engine_refuses_what_is_as_large_as_it_may_be(source, name):
    compiled = ENGINES[name](spelled_out(parse(source)))
    with contextlib.suppress(TimeoutError):
        for text in ("丙" * 20, "丙" * 700):
            assert list(compiled.finditer(text, 0, 0)) == []


CATASTROPHIC = {
    "nested plus": ("(甲+)+$", "甲" * 30_000 + "乙"),
    "nested star": ("(?:甲*)*乙", "甲" * 5_000),
    "alternatives that overlap": ("(甲|甲甲)+$", "甲" * 5_000 + "乙"),
    "dots": (".*.*.*.*=.*", "甲" * 3_000),
    "optional pieces": ("(?:甲?){30}甲{30}", "甲" * 29),
    "ranges": ("(?:甲{1,9}乙?){9}丙", "甲" * 2_000),
    "nearly": ("[^，]{0,90}(?:甲.{0,90}){3}，", "甲" * 2_000),
}


@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize("case", CATASTROPHIC)
def test_re2_answers_and_the_others_answer_or_give_up(case, other):
    """Within half a million steps; a test that hangs would say more than an assertion."""
    source, text = CATASTROPHIC[case]
    found = matches(source, text)
    with contextlib.suppress(TimeoutError):
        assert matches(source, text, other) == found


def test_the_own_engine_answers_where_going_back_would_take_for_ever():
    source, text = "(甲|甲甲)+$", "甲" * 2_000 + "乙"
    assert matches(source, text, "re") == []
    assert matches(source, text + "\n甲甲甲", "re") == matches(source, text + "\n甲甲甲")


def test_the_own_engine_gives_up_by_steps_and_not_by_the_clock():
    """The same every time, wherever it runs."""
    pattern = Pattern("(?:甲?){300}甲{300}乙")
    with only("re"):
        for _ in range(3):
            with pytest.raises(TimeoutError):
                list(pattern.finditer("甲" * 5_000))


LOCAL_RULE = """group: 本地
rules:
  - id: LOC-01
    title: 不写甲
    severity: warning
    basis: [{source: PRACTICE, clause: 本地}]
    check: {kind: forbidden_pattern, where: 正文, patterns: ['(?:甲?){300}甲{300}乙']}
    message: 写了甲
    examples:
      - {name: 没有, expect: pass, given: {text: {1: 全年公开信息3条。}}}
"""


def test_a_rule_whose_pattern_had_to_be_stopped_says_so(tmp_path):
    """The others are judged as ever."""
    (tmp_path / "local.yaml").write_text(LOCAL_RULE, encoding="utf-8")
    written = write(DEPARTMENT_2024, "txt").decode()
    report = written.replace("一、总体情况\n", f"一、总体情况\n{'甲' * 5_000}丙乙\n", 1)
    assert report != written
    with only("re"):
        result = check(report.encode(), name="report.txt", rulebook=load_rulebook([tmp_path]))
    stopped = [
        (one.rule, one.verdict.value) for one in result.outcomes if one.reason and "步数" in one.reason
    ]
    assert stopped == [("LOC-01", "not_checked")]
    assert not any(one.verdict.value == "broken" for one in result.outcomes)


@pytest.mark.usefixtures("engine")
def test_groups_that_took_no_part():
    [found] = Pattern("(?P<a>甲)|(?P<b>乙)").finditer("乙")
    assert (found.group("a"), found.start("a"), found.end("a")) == (None, -1, -1)
    assert (found.group("b"), found.start("b"), found.end("b")) == ("乙", 0, 1)
    assert [found.has(name) for name in "abc"] == [False, True, False]


@pytest.mark.usefixtures("engine")
def test_search_from_an_offset():
    found = Pattern("甲").search("甲乙甲", 1)
    assert found is not None
    assert (found.start(), found.end()) == (2, 3)
    assert Pattern("甲").search("甲乙", 1) is None


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("known", [None, known_of("(?P<a>甲)乙")])
def test_a_pattern_passes_to_another_process(known):
    """Also one that has searched before, with whatever its engine keeps."""
    pattern = Pattern("(?P<a>甲)乙", known)
    assert pattern.search("甲乙")
    sent = pickle.loads(pickle.dumps(pattern))  # noqa: S301  # bytes of this line
    assert [match.groupdict() for match in sent.finditer("丙甲乙")] == [{"a": "甲"}]


def test_what_is_worked_out_later_counts_for_a_pattern_that_is_there_already():
    """Compiling rules examines their patterns; whoever checks in the same process shall not be slower for it."""
    source = "(?:还没|尚未)有人见过的甲乙"
    early = compile_pattern(source)
    assert early.may_match("丙")

    know_patterns({source: known_of(source).packed()})

    assert compile_pattern(source) is early
    assert not early.may_match("丙")
    assert early.search("丙丁，尚未有人见过的甲乙")
