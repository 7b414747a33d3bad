"""What outputs print for fixed things are the names of the vocabulary, whatever they are."""

from __future__ import annotations

import re

import pytest
import writer_samples as samples

from checker.model.vocabulary import Terms, Vocabulary
from checker.rulebook.schema.vocabulary import SORTS
from checker.startup.records import replace
from checker.writers import OUTPUTS, output_named
from checker.writers.shared.options import WritingOptions

RENAMED = Vocabulary(**{
    sort: Terms(names={key: f"Z{sort}Z{key}Z" for key in samples.VOCABULARY.of(sort).names}) for sort in SORTS
})  # fmt: skip
PRINTED = {
    "text": ("severities.error", "results.fail", "results.suppressed", "verdicts.not_checked", "levels.department"),
    "html": ("severities.error", "results.fail", "results.suppressed", "verdicts.broken", "tiers.county"),
    "csv": ("severities.warning", "results.suppressed", "verdicts.not_checked", "results.skipped", "results.run"),
    "markdown": ("severities.error", "results.fail", "results.unreadable", "verdicts.not_checked", "results.run"),
    "junit": ("severities.error", "results.suppressed", "verdicts.not_checked", "results.run"),
    "gitlab": ("verdicts.not_checked", "results.unreadable", "results.skipped"),
    "github": ("severities.error", "results.fail", "verdicts.not_checked", "results.skipped"),
}  # fmt: skip
"""Some of the words that each format for people has for the run below."""


def shown(name: str, vocabulary: Vocabulary) -> str:
    """A run with findings, accepted ones, broken and unjudged rules, unreadable and skipped files."""
    run = samples.many()
    results = (*run.results, samples.excepted())
    run = replace(run, results=results, rulebook=replace(run.rulebook, vocabulary=vocabulary))
    output = "".join(output_named(name).write(run, WritingOptions(width=160, verbose=True, unjudged=True)))
    return output.replace("\\", "")  # Markdown


@pytest.mark.parametrize("name", [name for name, output in OUTPUTS.items() if not output.keys])
def test_outputs_print_the_names_of_the_vocabulary(name):
    renamed, usual = shown(name, RENAMED), shown(name, samples.VOCABULARY)

    assert name in PRINTED, "say there which words it prints, or in its record that it has keys"
    for word in PRINTED[name]:
        sort, _, key = word.partition(".")
        assert f"Z{sort}Z{key}Z" in renamed
        assert samples.VOCABULARY.of(sort).name(key) in usual
    for sort, key in (("results", "suppressed"), ("verdicts", "not_checked"), ("levels", "department")):
        assert samples.VOCABULARY.of(sort).name(key) not in renamed


@pytest.mark.parametrize(
    "name", [name for name, output in OUTPUTS.items() if output.keys and not output.binary]
)
def test_outputs_for_programs_have_keys(name):
    assert not re.search(r"Z[a-z]+Z[a-z_]+Z", shown(name, RENAMED))


def test_a_vocabulary_that_lacks_a_word_gives_the_key():
    assert "not_checked" in shown("markdown", Vocabulary())
