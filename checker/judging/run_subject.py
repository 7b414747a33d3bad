"""What is under examination for rules about a whole run: its reports, the listed units, accepted findings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from checker.judging.figures import Figures
from checker.judging.publication import Notice, Publication
from checker.judging.reported import Reported, reported_in
from checker.model.bodies import Bodies, Unit
from checker.model.place import Place, Scalar
from checker.startup.records import dataclass
from checker.understand.bodies import BodyNames
from checker.understand.own_names import OwnNameRules

if TYPE_CHECKING:
    from checker.model.season import Season


@dataclass(frozen=True, slots=True)
class EntryOutcome:
    """One entry of an exceptions file, as it came out of a run.

    Attributes:
        state: `used`, `undecided` (its rule could not be judged), `unused`, `expired` or `malformed`.
        place: file and line of the entry.
        evidence: what messages may say of it.
        variant: `no_report` for entries whose report was not in the run.
    """

    state: str
    place: Place
    evidence: Mapping[str, Scalar]
    variant: str | None = None


@dataclass(frozen=True)
class RunSubject:
    """A whole run under examination, for kinds that are not about one report.

    Attributes:
        accepted: the entries of the exceptions file, as they came out of the run.
        reports: the figures of every report whose body and year are known.
        bodies: the units that should report, None if the user has declared nothing.
        unmatched: how many files could not be read, or are of a body or year that is not known.
        season: how the listed units stand, None where files are checked outside of a season. `reports` then has
            the versions in force and nothing else.
        today: the day that counts for deadlines, None if all of them have passed.
        publication: links to the published reports and pages that were saved, None if nothing is known.
        model_texts: paragraphs of a text that all units were given to write by.
        notices: documents that are no reports, and saved pages without one.
        deadline: the last day for a report that the rules set, from its year and its body's level and tier.
        names: how names of bodies are written.
        own_names: how bodies shorten their names.
        earlier: the figures of reports of earlier years that were given besides.
    """

    accepted: Sequence[EntryOutcome] = ()
    reports: Sequence[Figures] = ()
    bodies: Bodies | None = None
    unmatched: int = 0
    season: Season | None = None
    today: date | None = None
    publication: Publication | None = None
    model_texts: Sequence[str] = ()
    notices: Sequence[Notice] = ()
    deadline: Callable[[int, str | None, str | None], date | None] | None = None
    names: BodyNames | None = None
    own_names: OwnNameRules | None = None
    earlier: Sequence[Figures] = ()

    @cached_property
    def reported(self) -> Reported:
        """The reports by unit and year."""
        return reported_in(self.reports, self.bodies or Bodies(), self.season)

    def level(self, unit: Unit) -> str | None:
        """The level of a unit: what the list says, else what its name shows."""
        return unit.level or (self.names.level(unit.name) if self.names else None)

    def tier(self, unit: Unit) -> str | None:
        """The tier of a unit: what the list says, else what its name shows."""
        return unit.tier or (self.names.tier(unit.name, self.level(unit)) if self.names else None)
