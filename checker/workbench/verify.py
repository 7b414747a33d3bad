"""`checker rules check`: every fault of rule files, in every profile."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from checker.judging.rules import Rulebook
from checker.model.errors import Fault, RulebookError
from checker.rulebook.build import rulebook_from_data
from checker.rulebook.compile import compile_rulebook
from checker.rulebook.load.sources import parse_sources, profile_names
from checker.rulebook.store import decode_rules, rule_files
from checker.workbench.catalogue import written_rules
from checker.workbench.claim_examples import claim_example_faults
from checker.workbench.proof import dead_rules, prove


def verify(extra: Sequence[Path], *, strict: bool) -> tuple[int, list[Fault]]:
    """Check rule files together with the built-in ones.

    Args:
        extra: folders or files with more rules; without any the built-in rules are what is checked.
        strict: also ask for complete examples that come out as written.

    Returns:
        How many rules there are (those of `extra` if there are any), and all faults.

    Raises:
        UsageError: a folder does not exist or holds no rule file.
    """
    try:
        texts = decode_rules(rule_files(extra))
    except RulebookError as error:
        return 0, error.faults
    faults: dict[Fault, None] = {}
    rulebooks: list[Rulebook] = []
    for profile in profile_names(texts):
        try:
            compiled = compile_rulebook(texts, profile, strict=strict)
        except RulebookError as error:
            faults.update(dict.fromkeys(error.faults))
        else:
            rulebooks.append(rulebook_from_data({**compiled, "digest": ""}))
    if faults:
        return 0, list(faults)
    own = written_rules(extra, builtin=not extra)
    for rulebook in rulebooks:
        if strict:
            found = [fault for proof in prove(rulebook, own.values()) for fault in proof.faults()]
            for file in parse_sources(texts).of("claims"):
                found.extend(claim_example_faults(rulebook, file))
        else:
            found = dead_rules(rulebook, own)
        faults.update(dict.fromkeys(found))
    return len(own), list(faults)
