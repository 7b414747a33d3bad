"""Examples in the claim files, run: a sentence and the figures that are read from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from checker.judging.rules import Rulebook
from checker.model.errors import Fault
from checker.model.report import Claim
from checker.rulebook.load.given import DEFAULT_YEAR, form_of_given
from checker.rulebook.load.strict_yaml import YamlFile
from checker.understand import understand
from checker.understand.claims.vocabulary import UNSURE
from checker.workbench.sample import DEFAULT_AGENCY, sample_document


def claims_in(rulebook: Rulebook, given: Mapping[str, Any]) -> tuple[Claim, ...]:
    """The claims read from the sentence of an example.

    Args:
        rulebook: the rulebook.
        given: an entry of `examples` in a claim file, with the kind of report if it is not the first.
    """
    year = given.get("year", DEFAULT_YEAR)
    form = form_of_given(rulebook.forms, {**given, "year": year})
    section = given.get("section", 1)
    sample = {"agency": given.get("agency", DEFAULT_AGENCY), "year": year, "text": {section: given["text"]}}
    report = understand(sample_document(form, sample, rulebook.forms), rulebook.library)
    return tuple(claim for claim in rulebook.subject(report).claims if claim.text.section == section)


def claim_example_faults(rulebook: Rulebook, file: YamlFile) -> Iterator[Fault]:
    """What comes out otherwise than the examples of a claim file say.

    Args:
        rulebook: the rulebook.
        file: the file, checked already.
    """
    kind = {key: value for key, value in file.data.items() if key == "kind"}
    for index, example in enumerate(file.data.get("examples", ())):
        claims = claims_in(rulebook, {**kind, **example})
        found = {"+".join(one.quantities): str(one.number) for one in claims if one.confidence != UNSURE}
        wanted = {key: str(value) for key, value in example["claims"].items()}
        unsure = {key for one in claims if one.confidence == UNSURE for key in one.quantities}
        missing = set(example.get("unsure", ())) - unsure
        text = f"例子“{example['text']}”"
        if found != wanted:
            yield file.fault(
                ("examples", index), f"{text}：预期读出{_words(wanted)}，实际读出{_words(found)}"
            )
        elif missing:
            yield file.fault(
                ("examples", index),
                f"{text}：这些数没有读出（说不准的也应读出）：{'、'.join(sorted(missing))}",
            )


def _words(numbers: Mapping[str, str]) -> str:
    return "、".join(f"{key} {number}" for key, number in numbers.items()) or "无"
