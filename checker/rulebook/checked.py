"""Rule files read and checked, as far as it does not matter which profile is used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from checker.model.errors import Fault, RulebookError
from checker.rulebook.base import Base, read_base, read_vocabulary
from checker.rulebook.chains import Chains
from checker.rulebook.load.called import CalledNames
from checker.rulebook.load.rule_faults import RuleEntry, rule_faults
from checker.rulebook.load.sentences import did_you_mean
from checker.rulebook.load.sources import Sources, parse_sources, written_ids
from checker.rulebook.load.validate import Names
from checker.rulebook.schema.files import ALL_KINDS
from checker.rulebook.sound import Sound, file_faults, sound_of
from checker.startup.records import dataclass


@dataclass
class CheckedFiles:
    """All rule files with what is sound in them.

    Attributes:
        sources: the files, parsed.
        chains: what their profiles extend.
        names: the names in force.
        base: what rules refer to.
        entries: the sound rules of all files, also of profiles that are not used.
        heads: names of the files that are sound besides their rules.
        known: ids of all rules, None if some cannot be read.
        strict: whether rules must have the examples they should have.
        faults: what is wrong in any profile.
    """

    sources: Sources
    chains: Chains
    names: Names
    base: Base
    entries: tuple[RuleEntry, ...]
    heads: frozenset[str]
    known: tuple[str, ...] | None
    strict: bool
    faults: list[Fault]

    def faults_of(self, entry: RuleEntry, names: Names) -> Iterator[Fault]:
        """All faults of a rule, with what a profile has changed of it; patterns are noted in `names`."""
        languages = [self.base.kinds[kind].language for kind in entry.kinds]
        return rule_faults(entry, names, languages, known=self.known, strict=self.strict)


def check_files(
    texts: Mapping[str, str], faults: Iterable[Fault], packs: Mapping[str, str], *, strict: bool
) -> CheckedFiles:
    """Read and check rule files; a fault hides no other one.

    Args:
        texts: file contents by name, in order of precedence.
        faults: what was found wrong while reading the files.
        packs: digests of the rule packs among them by name, which the names of their files begin with.
        strict: also refuse rules without the examples they should have.

    Raises:
        RulebookError: what rules refer to is faulty, so that they cannot be judged; with all faults.
    """
    sources = parse_sources(texts, faults)
    found = sources.faults
    names = Names()
    vocabulary = read_vocabulary(sources, names, found)
    base = read_base(sources, vocabulary, names, found)
    if base:
        called = {
            key: CalledNames(kind.forms.values(), kind.fields["titles"]) for key, kind in base.kinds.items()
        }
        sources.use_names(called)
    if base and sources.complete:
        names.sources = list(base.sources)
        names.profiles = [str(file.data["profile"]) for file in sources.of("profile")]
    sound: dict[str, Sound] = {}
    for role in ("rules", "profile"):
        for file in sources.of(role):
            own = file_faults(file, role, names, base)
            found.extend(own)
            sound[file.name] = sound_of(file, own)
    if base is None:
        raise RulebookError(found)
    checked = CheckedFiles(
        sources=sources,
        chains=Chains(sources, packs),
        names=names,
        base=base,
        entries=tuple(_sound_rules(sources, sound, base, found)),
        heads=frozenset(name for name, parts in sound.items() if parts.head),
        known=tuple(written_ids(sources)) if sources.complete else None,
        strict=strict,
        faults=found,
    )
    found.extend(checked.chains.faults())
    for entry in checked.entries:
        found.extend(checked.faults_of(entry, names))
    return checked


def _sound_rules(
    sources: Sources, sound: Mapping[str, Sound], base: Base, faults: list[Fault]
) -> Iterator[RuleEntry]:
    """All sound rules of all files, also of profiles that are not used; ids used twice in a file are faults."""
    for role in ("rules", "profile"):
        for file in sources.of(role):
            here: dict[str, int] = {}
            group = str(file.data.get("group") or file.data.get("title"))
            for index in sound[file.name].rules:
                data = file.data["rules"][index]
                kinds = _report_kinds_of_rule(data, base.kind_of(file), base)
                entry = RuleEntry(file, ("rules", index), data, group, kinds)
                missing = [kind for kind in kinds if kind not in base.kinds]
                if missing:
                    text = (
                        f"没有“{missing[0]}”这种报告的格式（form: …）{did_you_mean(missing[0], base.kinds)}"
                    )
                    faults.append(file.fault((*entry.path, "applies", "kinds"), text))
                    continue
                if entry.id in here:
                    text = f"编号“{entry.id}”在本文件里用了两次（另一处在第 {here[entry.id]} 行）"
                    faults.append(file.fault((*entry.path, "id"), text))
                here.setdefault(entry.id, file.values[entry.path][0])
                yield entry


def _report_kinds_of_rule(data: Mapping[str, Any], own: str, base: Base) -> tuple[str, ...]:
    """The kinds of report that a rule is for: that of its file, unless it says otherwise."""
    written = data.get("applies", {}).get("kinds", [own])
    return tuple(base.kinds) if written == ALL_KINDS else tuple(dict.fromkeys(written))
