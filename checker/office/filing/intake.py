"""What the office has given, and how it is laid to what came before: which round it is, and everything in its order."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from checker.judging.rules import Rulebook
from checker.model.errors import UsageError
from checker.model.findings import ReportResult
from checker.office.filing.filed import Filed, filed
from checker.office.filing.outdated import CheckedAgain, OutdatedError
from checker.office.filing.whose import Owners
from checker.office.ledger.store import KeptSubmission, LedgerSeason
from checker.run.kept.results import ResultStore
from checker.run.stores.address import CHAIN, is_address, shown
from checker.startup.records import dataclass, replace

_LEDGER: Final = "台账.db"
SENT_INSTEAD: Final = ("jpg", "jpeg", "png", "bmp", "tif", "tiff", "heic", "rar", "7z")
"""Endings of what people send in the place of a document: it cannot be read, and its sender has to be told."""


@dataclass(frozen=True)
class Inbox:
    """What the office has given.

    Attributes:
        arguments: files and folders as on the command line.
        files: the files in them.
        as_of: the day that counts as today.
        folder: where results go.
        ledger: file of the ledger, None for the usual one in the folder of the results.
        year: the report year, None to find it out.
        register: register of what came in, None if there is none.
        decisions: workbook with what the office has decided, None if there is none.
        kind: the kind of report, None for the usual one.
        letter_template: a document of its own that letters are made of, None for the built-in one.
        sender: who signs the letters, empty if the office writes that itself.
        reply_by: until when units have to answer whose due day has passed, None for some days after the letter.
        own_files: other files of the office that are no submissions, such as the list of units.
    """

    arguments: tuple[str, ...]
    files: tuple[Path, ...]
    as_of: date
    folder: Path
    ledger: Path | None = None
    year: int | None = None
    register: Path | None = None
    decisions: Path | None = None
    kind: str | None = None
    letter_template: Path | None = None
    sender: str = ""
    reply_by: date | None = None
    own_files: tuple[Path, ...] = ()

    @property
    def ledger_file(self) -> Path:
        """The file of the ledger."""
        return self.ledger or self.folder / _LEDGER

    def kind_in(self, rulebook: Rulebook) -> str:
        """The kind of report that is collected.

        Raises:
            UsageError: the rules know no such kind.
        """
        known = [one.kind for one in rulebook.library.kinds]
        if self.kind is None:
            return known[0]
        key = rulebook.vocabulary.kinds.key(self.kind) or rulebook.vocabulary.short_kinds.key(self.kind)
        if key not in known:
            listed = "、".join(f"{rulebook.vocabulary.kinds.name(one)}（{one}）" for one in known)
            raise UsageError(f"没有“{self.kind}”这一类报告；--kind 可用 {listed}。")
        return key

    def submitted(self) -> list[Path]:
        """The files without those that the command reads or writes itself."""
        own = {
            os.path.realpath(file)
            for file in (
                self.ledger_file,
                self.register,
                self.decisions,
                self.letter_template,
                *self.own_files,
            )
            if file is not None
        }
        results = os.path.realpath(self.folder) + os.sep
        places = ((file, os.path.realpath(file)) for file in self.files)
        return [file for file, place in places if place not in own and not place.startswith(results)]

    def place(self, path: str) -> str:
        """A path from the folder of the ledger: by this a file is known again when it is named once more."""
        if is_address(path):
            return path
        whole, folder = _absolute(path), _absolute(self.ledger_file.parent)
        try:
            return os.path.relpath(whole, folder).replace(os.sep, "/")
        except ValueError:  # on another drive
            return whole.replace(os.sep, "/")

    def below(self, path: str) -> str:
        """A path from the folder that was given: what stands above it says nothing about whose a file is."""
        if is_address(path):
            heads = [
                shown(one).partition(CHAIN)[0].rstrip("/") + "/" for one in self.arguments if is_address(one)
            ]
            inside = path.partition(CHAIN)[0]
            head = max((one for one in heads if inside.startswith(one)), key=len, default="")
            return inside[len(head) :] if head else inside.rpartition("/")[2]
        whole = _absolute(path)
        roots = [
            root for argument in self.arguments if whole.startswith((root := _absolute(argument)) + os.sep)
        ]
        below = os.path.relpath(whole, max(roots, key=len)) if roots else path.rpartition("/")[2]
        return below.replace(os.sep, "/")


def _absolute(path: str | Path) -> str:
    return os.path.abspath(path)  # noqa: PTH100  # links stay as written


@dataclass(frozen=True)
class Intake:
    """Everything that has come in so far and comes in now.

    Attributes:
        round: number of the round; that of the last one if nothing is new.
        files: in the order in which they came.
        results: each file as checked, see `Filed.result`.
    """

    round: int
    files: Sequence[Filed]
    results: ResultStore

    def result_of(self, one: Filed) -> ReportResult:
        """A file as checked."""
        return self.results[one.result]


def arrivals(inbox: Inbox, fresh: Sequence[ReportResult], owners: Owners) -> list[Filed]:
    """What comes in now, not yet laid to what came before.

    Args:
        inbox: what the office has given.
        fresh: the files as checked now.
        owners: finds out whose they are.
    """
    arrived: list[Filed] = []
    for number, result in enumerate(fresh):
        below = inbox.below(result.path)
        arrived.append(
            filed(
                result,
                owners.of(result, below),
                place=inbox.place(result.path),
                below=below,
                number=number,
                round_number=0,
                seen_on=inbox.as_of,
            )
        )
    return arrived


def take_in(
    arrived: Sequence[Filed],
    fresh: ResultStore,
    rulebook: Rulebook,
    pages: LedgerSeason,
    owners: Owners,
    *,
    again: CheckedAgain | None = None,
) -> Intake:
    """Lay what comes in now to what the ledger has.

    Files of earlier rounds that are named again are taken as they were checked now.

    Args:
        arrived: what comes in now.
        fresh: the same as checked now.
        rulebook: the rules, whose forms results refer to.
        pages: the season's pages of the ledger.
        owners: finds out whose the files of earlier rounds are.
        again: files of earlier rounds that were checked once more, None if there was no need to.

    Raises:
        OutdatedError: files of earlier rounds have to be checked once more.
    """
    last = pages.last_round()
    waiting = {one.key: one for one in reversed(arrived)}
    files: list[Filed] = []
    store = ResultStore(rulebook.forms)
    outdated: list[KeptSubmission] = []
    for kept in pages.submissions():
        named = waiting.pop(kept.key, None)
        if named is not None and named.below == kept.below:
            files.append(replace(named, round=kept.round, seen_on=kept.seen_on, result=len(store)))
            store.take(fresh, named.result)
            continue
        result = _kept_result(kept, rulebook, again) if named is None else fresh[named.result]
        if result is None:
            outdated.append(kept)
            continue
        files.append(
            filed(
                result,
                owners.of(result, kept.below),
                place=kept.key[0],
                below=kept.below,
                number=len(store),
                round_number=kept.round,
                seen_on=kept.seen_on,
            )
        )
        store.append(result)
    if outdated:
        raise OutdatedError(outdated)
    contents = {one.content for one in files}
    new = [one for one in arrived if waiting.get(one.key) is one]
    is_new_round = not last or any(one.content not in contents for one in new)
    number = last + is_new_round
    if not files and len(new) == len(fresh):  # there is nothing to lay them to
        return Intake(number, [replace(one, round=number) for one in new], fresh)
    for one in new:
        files.append(replace(one, round=number, result=len(store)))
        store.take(fresh, one.result)
    return Intake(number, files, store)


def _kept_result(kept: KeptSubmission, rulebook: Rulebook, again: CheckedAgain | None) -> ReportResult | None:
    """A file of an earlier round as it was checked, None if that cannot be read and it was not checked once more."""
    result = again.result(kept) if again else None
    if result is not None:
        return result
    try:
        return kept.result(rulebook.forms)
    except ValueError:
        return None
