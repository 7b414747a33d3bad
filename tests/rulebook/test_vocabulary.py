"""One vocabulary: what is printed anywhere is accepted everywhere, and files may rename and add."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import run_checker
from package_files import rows, xlsx
from samples import DEPARTMENT_2024, write
from small_rulebook import BASE, RULES, faults_of

from checker.api import CheckOptions, check, select_rules
from checker.model.errors import UsageError
from checker.model.findings import Severity, Status, Verdict
from checker.model.vocabulary import Vocabulary, vocabulary_from_data
from checker.rulebook.compile import compile_rulebook
from checker.rulebook.schema.vocabulary import SORTS
from checker.rulebook.store import load_rulebook
from checker.run.comparison import STATES
from checker.settings.body_files import load_units
from checker.settings.config import SCHEMA, Settings, in_keys, published_schema, read_config
from checker.workbench.catalogue import written_rules
from checker.workbench.describe import describe_condition

ROOT = Path(__file__).resolve().parents[2]
RULEBOOK = load_rulebook()
VOCABULARY = RULEBOOK.vocabulary
REPORT = write(DEPARTMENT_2024, "txt")


def words(*sorts: str, without: tuple[str, ...] = ()) -> list[tuple[str, str, str]]:
    """Sort, key and word for every word: keys, printed names, and what else is accepted."""
    return [
        (sort, key, word)
        for sort in sorts
        for key, names in VOCABULARY.of(sort).names.items()
        if key not in without
        for word in dict.fromkeys(
            (key, names, *(w for w, k in VOCABULARY.of(sort).words.items() if k == key))
        )
    ]


BODY_WORDS = words("levels", "tiers")
OPTIONS = {"levels": "level", "tiers": "tier", "severities": "fail_on"}


@pytest.mark.parametrize(
    ("sort", "keys"),
    [
        ("severities", [*(severity.value for severity in Severity), "off"]),
        ("verdicts", [verdict.value for verdict in Verdict]),
        (
            "results",
            [*(status.value for status in Status), "pass", "fail", "none", "incomplete", "suppressed", "run"],
        ),
        ("changes", list(STATES)),
    ],
)
def test_everything_that_the_program_speaks_of_has_a_name(sort, keys):
    assert set(VOCABULARY.of(sort).names) == set(keys)


def test_a_word_stands_for_one_thing():
    for sort in SORTS:
        terms = VOCABULARY.of(sort)
        assert all(terms.key(name) == key for key, name in terms.names.items())
        assert len(set(terms.names.values())) == len(terms.names)
        assert terms.title


@pytest.mark.parametrize(("sort", "key", "word"), [*BODY_WORDS, *words("severities", without=("off",))])
def test_settings_accept_every_word(sort, key, word, tmp_path, monkeypatch):
    """As an option, in a configuration file, and in Python."""
    option = OPTIONS[sort]
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".checker.yaml").write_text(f"{option}: {json.dumps(word)}\n", encoding="utf-8")
    config = read_config(tmp_path / ".checker.yaml")
    config.check_names(RULEBOOK)

    assert getattr(in_keys(Settings(**{option: word}), VOCABULARY), option) == key
    assert getattr(in_keys(Settings(**{option: config.yaml.data[option]}), VOCABULARY), option) == key
    if sort != "severities":
        result = check(REPORT, name="a.txt", rulebook=RULEBOOK, options=CheckOptions(**{option: word}))
        assert getattr(result.report.identity, option) == key


@pytest.mark.parametrize(("sort", "key", "word"), words("severities"))
def test_a_configuration_may_grade_rules_in_every_word(sort, key, word, tmp_path):
    assert sort == "severities"
    (tmp_path / "c.yaml").write_text(f"severity: {{T3-02: {json.dumps(word)}}}\n", encoding="utf-8")
    config = read_config(tmp_path / "c.yaml")
    config.check_names(RULEBOOK)

    assert in_keys(Settings(severity=config.yaml.data["severity"]), VOCABULARY).severity == {"T3-02": key}


@pytest.mark.parametrize("suffix", ["yaml", "xlsx"])
def test_lists_of_units_accept_every_word(suffix, tmp_path):
    path = tmp_path / f"units.{suffix}"
    if suffix == "yaml":
        lines = [{"unit": f"甲{n}局", OPTIONS[sort]: word} for n, (sort, _, word) in enumerate(BODY_WORDS)]
        path.write_text(json.dumps({"units": lines}, ensure_ascii=False), encoding="utf-8")
    else:
        head = ["单位", "类别", "级别"]
        cells = [
            [f"甲{n}局", *((word, None) if sort == "levels" else (None, word))]
            for n, (sort, _, word) in enumerate(BODY_WORDS)
        ]
        path.write_bytes(xlsx(rows(head, *cells)))

    units = load_units(path, VOCABULARY)

    assert [unit.level or unit.tier for unit in units] == [key for _, key, _ in BODY_WORDS]


def test_rule_files_accept_every_word():
    listed = {
        sort: [word for _, _, word in words(sort)]
        for sort in ("levels", "tiers", "severities", "certainties")
    }
    rules = [
        {
            "id": f"LOC-{number:02}",
            "title": "甲",
            "severity": listed["severities"][number % len(listed["severities"])],
            "severity_when": [{"applies": {"tiers": listed["tiers"]}, "severity": "错误"}],
            "basis": [{"source": "JN"}],
            "certainty": listed["certainties"][number % len(listed["certainties"])],
            "applies": {"levels": listed["levels"], "tiers": listed["tiers"]},
            "check": {"kind": "pattern", "where": "开头", "patterns": ["用能人数"]},
            "message": "乙",
            "examples": [
                {
                    "name": f"例{n}",
                    "expect": word,
                    "given": {"level": listed["levels"][n], "tier": listed["tiers"][n]},
                }
                for n, (_, _, word) in enumerate(words("verdicts", without=("broken",)))
            ],
        }
        for number in range(10, 20)
    ]
    text = json.dumps({"group": "本县", "rules": rules}, ensure_ascii=False)

    compiled = compile_rulebook({**BASE, "local.yaml": text})

    by_id = {rule["id"]: rule for rule in compiled["rules"]}
    for rule in rules:
        found = by_id[rule["id"]]
        assert found["severity"]["default"] == VOCABULARY.severities.key(rule["severity"])
        assert found["severity_when"][0]["severity"] == "error"
        assert set(found["applies"]["levels"]) == set(VOCABULARY.levels.names)
        assert set(found["applies"]["tiers"]) == set(VOCABULARY.tiers.names)


def test_words_in_rule_files_reach_whoever_reads_the_files_again(tmp_path):
    text = RULES.replace("levels: [department]", "levels: [部门]").replace("expect: pass", "expect: 合格")
    (tmp_path / "local.yaml").write_text(text.replace("source: JN", "source: PRACTICE"), encoding="utf-8")

    rule = written_rules([tmp_path], builtin=False)["LOC-01"]

    assert rule.data["applies"]["levels"] == ["department"]
    assert {example["expect"] for example in rule.data["examples"]} == {"pass", "fail", "not_applicable"}


@pytest.mark.parametrize(("sort", "key", "word"), [*BODY_WORDS, *words("severities", without=("off",))])
def test_the_published_schemas_list_every_word(sort, key, word):
    assert key in VOCABULARY.of(sort).names
    first = published_schema(VOCABULARY)["properties"][OPTIONS[sort]]["anyOf"][0]

    assert word in first["enum"]
    assert "format" not in first
    assert SCHEMA["properties"][OPTIONS[sort]]["anyOf"][0]["format"]


def test_spaces_and_brackets_do_not_matter():
    assert VOCABULARY.levels.key(" 政府办公厅(室) ") == "office"
    assert VOCABULARY.levels.key("（）") is None
    assert VOCABULARY.levels.key("") is None


@pytest.mark.parametrize("option", ["level", "tier"])
def test_a_word_that_nobody_knows_is_answered_with_the_words_there_are(option, monkeypatch, capsys, tmp_path):
    (tmp_path / "a.txt").write_bytes(REPORT)
    ran = run_checker(monkeypatch, capsys, "check", tmp_path / "a.txt", f"--{option}", "科室")

    assert ran.code == 2
    assert "没有“科室”" in ran.err
    assert next(iter(VOCABULARY.of(f"{option}s").names.values())) in ran.err
    with pytest.raises(UsageError, match="没有“科室”这种"):
        check(REPORT, name="a.txt", options=CheckOptions(**{option: "科室"}))


def test_help_lists_the_words(monkeypatch, capsys):
    shown = "".join(run_checker(monkeypatch, capsys, "check", "--help").out.split())

    for sort in ("levels", "tiers"):
        assert "".join(VOCABULARY.of(sort).listing().split()) in shown


@pytest.mark.parametrize("guide", ["writing-rules.md", "years-and-units.md"])
def test_guides_use_the_printed_names(guide):
    text = (ROOT / "docs" / guide).read_text(encoding="utf-8")

    assert [
        name
        for sort in ("levels", "tiers")
        for name in VOCABULARY.of(sort).names.values()
        if name not in text
    ] == []


# Files of words


LOCAL = """\
vocabulary:
  levels:
    words:
      department: {name: 委办局, aliases: [科局]}
      school: {name: 学校}
  groups:
    words:
      LOC: {name: 本县的要求}
"""


def vocabulary_with(*texts: str) -> Vocabulary:
    files = {f"{number}.yaml": text for number, text in enumerate(texts)}
    return vocabulary_from_data(compile_rulebook({**BASE, **files})["vocabulary"])


def test_a_later_file_renames_and_adds():
    levels = vocabulary_with(LOCAL).levels

    assert levels.name("department") == "委办局"
    assert [levels.key(word) for word in ("委办局", "科局", "部门", "学校")] == ["department"] * 3 + [
        "school"
    ]
    assert levels.name("office") == VOCABULARY.levels.name("office")


def test_local_words_reach_rules_and_messages(tmp_path):
    (tmp_path / "words.yaml").write_text(LOCAL, encoding="utf-8")
    text = RULES.replace("levels: [department]", "levels: [科局]").replace("source: JN", "source: PRACTICE")
    (tmp_path / "rules.yaml").write_text(text.replace("某县中学校", "某县人民政府"), encoding="utf-8")

    rulebook = load_rulebook([tmp_path])

    assert describe_condition(rulebook.rules["LOC-01"].condition, rulebook.vocabulary) == "委办局"
    assert rulebook.rules["LOC-01"].group == "本县的要求"
    assert list(select_rules(rulebook, ["本县的要求"], ()).rules) == ["LOC-01"]
    assert rulebook.info.vocabulary is rulebook.vocabulary


FAULTS = {
    "no name": ("vocabulary:\n  levels: {words: {school: {aliases: [学校]}}}\n", "school 里缺少“name”"),
    "unknown sort": ("vocabulary:\n  level: {title: 类}\n", "没有“level”这个键，是否为“levels”？"),
    "unknown key": ("vocabulary:\n  verdicts: {words: {good: {name: 好}}}\n", "verdicts 里没有“good”"),
    "key in Chinese": (
        "vocabulary:\n  levels: {words: {学校: {name: 学校}}}\n",
        "words 里的键应写字母、数字和下划线",
    ),
    "a word of two": (
        "vocabulary:\n  levels: {words: {school: {name: 部门}}}\n",
        "“部门”已经是 department 的称呼",
    ),
    "alias of two": (
        "vocabulary:\n  tiers: {words: {city: {name: 市, aliases: [县级]}}}\n",
        "“县级”已经是 county 的称呼",
    ),
    "a list": ("vocabulary: [部门]\n", "“vocabulary”应是若干“键: 值”"),
}


@pytest.mark.parametrize("case", FAULTS)
def test_faults_of_words_are_told_with_their_place(case):
    text, sentence = FAULTS[case]
    [fault] = faults_of({"words.yaml": text})

    assert sentence in fault.text
    assert (fault.file, fault.line is not None) == ("words.yaml", True)


def test_words_are_there_without_built_in_rules(tmp_path):
    for name, text in BASE.items():
        if name != "vocabulary.yaml":
            (tmp_path / name).write_text(text, encoding="utf-8")

    vocabulary = load_rulebook([tmp_path], builtin=False).vocabulary
    assert all(vocabulary.of(sort) == VOCABULARY.of(sort) for sort in SORTS)


# Groups


def test_rules_stand_in_the_order_of_the_groups():
    order = list(VOCABULARY.groups.names)
    groups = list(dict.fromkeys(rule.rpartition("-")[0] for rule in RULEBOOK.rules))

    assert groups == [group for group in order if group in groups]
    assert all(
        rule.group == VOCABULARY.groups.name(key.rpartition("-")[0]) for key, rule in RULEBOOK.rules.items()
    )


@pytest.mark.parametrize("group", VOCABULARY.groups.names)
def test_a_group_is_selected_by_its_printed_name(group):
    chosen = select_rules(RULEBOOK, [VOCABULARY.groups.name(group)], ())

    assert list(chosen.rules) == [rule for rule in RULEBOOK.rules if rule.rpartition("-")[0] == group]
    assert set(select_rules(RULEBOOK, (), [VOCABULARY.groups.name(group)]).rules) == set(
        RULEBOOK.rules
    ) - set(chosen.rules)
