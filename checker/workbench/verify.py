"""`checker rules check`: every fault of rule files, in every profile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from checker.judging.rules import Rulebook
from checker.model.errors import Fault, RulebookError
from checker.rulebook.build import rulebook_from_data
from checker.rulebook.compile import Compiler
from checker.rulebook.load.sources import BUILTIN, Sources
from checker.rulebook.store import decode_rules, read_rule_files
from checker.startup.records import dataclass, replace
from checker.workbench.catalogue import WrittenRule, rules_written_in
from checker.workbench.claim_examples import claim_example_faults
from checker.workbench.proof import dead_rules, prove


@dataclass(frozen=True, slots=True)
class Verified:
    """What came of a check of rule files.

    Attributes:
        count: how many rules there are, those of others if there are any.
        elsewhere: how many of them the first profile does not have.
        faults: everything that is wrong.
        rulebook: the rules of the first profile, None if files are faulty.
    """

    count: int
    faults: list[Fault]
    rulebook: Rulebook | None = None
    elsewhere: int = 0


def verify(extra: Sequence[Path], *, strict: bool) -> Verified:
    """Check rule files together with the built-in ones.

    Args:
        extra: folders or files with more rules; without any the built-in rules are what is checked.
        strict: also ask for complete examples, and that those of built-in rules come out as written.

    Raises:
        UsageError: a folder does not exist or holds no rule file.
    """
    try:
        read = read_rule_files(extra)
        compiler = Compiler(decode_rules(read.contents), strict=strict, packs=read.packs)
    except RulebookError as error:
        return Verified(0, error.faults)
    sources = compiler.files.sources
    faults: dict[Fault, None] = {}
    rulebooks: list[Rulebook] = []
    for profile in sources.profile_titles():
        try:
            built = rulebook_from_data({**compiler.compiled(profile), "digest": ""})
            # No profile changes what reports are read by: samples are understood once for all of them.
            rulebooks.append(replace(built, library=rulebooks[0].library) if rulebooks else built)
        except RulebookError as error:
            faults.update(dict.fromkeys(error.faults))
    if faults:
        return Verified(0, list(faults))
    own = list(rules_written_in(_without_builtin(sources) if extra else sources))
    for rulebook, unproved in _to_prove(rulebooks, own):
        proved = prove(rulebook, unproved.values()) if strict or extra else ()
        found = [fault for proof in proved for fault in proof.faults(complete=strict)]
        faults.update(dict.fromkeys([*found, *([] if strict else dead_rules(rulebook, unproved))]))
    if strict:
        for file in sources.of("claims"):
            faults.update(dict.fromkeys(claim_example_faults(rulebooks[0], file)))
    ids = {rule.id for rule in own}
    return Verified(len(ids), list(faults), rulebooks[0], len(ids - rulebooks[0].rules.keys()))


def _without_builtin(sources: Sources) -> Sources:
    return Sources([(role, file) for role, file in sources.files if not file.name.startswith(BUILTIN)])


def _to_prove(
    rulebooks: Sequence[Rulebook], written: Sequence[WrittenRule]
) -> Iterator[tuple[Rulebook, dict[str, WrittenRule]]]:
    """Each rulebook with the rules whose examples may come out otherwise there than in the ones before.

    Examples are about rules as written, which most profiles leave alone. A rule about the whole run also asks
    what other rules say, so that it may differ anywhere.
    """
    proved: set[tuple[str, int]] = set()
    for rulebook in rulebooks:
        unproved: dict[str, WrittenRule] = {}
        for rule in written:
            compiled, place = rulebook.rules.get(rule.id), (rule.file, rule.line)
            if compiled is None or place != (compiled.file, compiled.line):
                continue  # another profile has it
            if compiled.of_run or (place not in proved and not rulebook.idle_reason(compiled)):
                proved.add(place)
                unproved[rule.id] = rule
        yield rulebook, unproved
