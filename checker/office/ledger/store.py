"""Opening, reading and writing a ledger. One run has it at a time; what it writes is there as a whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from errno import EBUSY, EIO, ENOSPC, EROFS
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from checker.model.errors import UsageError
from checker.model.findings import Finding, ReportResult
from checker.model.forms import Form
from checker.model.season import Season
from checker.office.filing.filed import Filed
from checker.office.filing.register import RegisterEntry
from checker.office.ledger.tables import STEPS
from checker.run.kept.light_results import deserialise
from checker.run.kept.results import ResultStore
from checker.startup.records import dataclass, replace

if TYPE_CHECKING:
    import sqlite3

APPLICATION: Final = 0x6E6269
"""Marks a file as a ledger of this program, for SQLite and for the command `file`."""
SECONDS: Final = 60.0
"""So long a run waits for another one to finish with the ledger."""
OPINION, VERSION, ALIASES = "opinion", "version", "aliases"
"""Sorts of decisions: 处理意见 by fingerprint, 采用版本 and 别名 by unit."""


@contextmanager
def open_ledger(path: Path | None, *, seconds: float | None = None, keep: bool = True) -> Iterator[Ledger]:
    """The ledger in a file, made if there is none; nobody else has it meanwhile.

    What was written is kept if all goes well, else nothing of it.

    Args:
        path: the file, None for an empty ledger in memory.
        seconds: how long to wait for another run, None for the usual time.
        keep: whether what is written is kept at all.

    Raises:
        UsageError: the file is no ledger, is damaged, or was written by a newer version.
        OSError: it cannot be written, or another run does not let go of it.
    """
    import sqlite3  # noqa: PLC0415  # only for commands that keep a ledger

    if path is None:
        path, keep = Path(":memory:"), False
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
    try:
        connection = sqlite3.connect(
            path, timeout=SECONDS if seconds is None else seconds, isolation_level=None
        )
    except sqlite3.Error as error:
        raise _in_words(error, path) from None
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("BEGIN IMMEDIATE")
        _migrate(connection, path)
        yield Ledger(connection)
        connection.execute("COMMIT" if keep else "ROLLBACK")
    except sqlite3.Error as error:
        raise _in_words(error, path) from None
    finally:
        connection.close()  # what was not committed is undone


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring an older ledger, or an empty file, to the present tables."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application != APPLICATION and (application or version or tables):
        raise UsageError(f"“{path}”是别的程序的数据库，不是台账。请给 --ledger 换一个文件。")
    if version > len(STEPS):
        raise UsageError(f"台账“{path}”是更新版本的程序写的，请先升级本程序。")
    for step in STEPS[version:]:
        for statement in step.split(";\n"):
            if statement.strip():
                connection.execute(statement)
    if version < len(STEPS):  # else nothing would be written but the number of changes
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {len(STEPS)}")


def _in_words(error: sqlite3.Error, path: Path) -> Exception:
    """What is wrong with a ledger: the file itself, or the machine."""
    text = str(error)
    if "locked" in text or "busy" in text:
        return OSError(EBUSY, "busy", path.as_posix())
    if "full" in text:
        return OSError(ENOSPC, "full", path.as_posix())
    if "readonly" in text or "unable to open" in text:
        return OSError(EROFS, "read only", path.as_posix())
    if "disk I/O" in text:
        return OSError(EIO, "I/O", path.as_posix())
    return UsageError(f"台账“{path}”不是台账，或者已经损坏（{text}）。请换一个文件，或用备份。")


class Ledger:
    """A ledger that is open.

    Args:
        connection: to its database, within a transaction.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def last_year(self, kind: str) -> int | None:
        """The report year of the last round of a kind of report, None if there was none."""
        row = self._connection.execute(
            "SELECT season.year FROM season JOIN round ON round.season = season.id WHERE kind = ?"
            " ORDER BY round.as_of DESC, season.year DESC LIMIT 1",
            (kind,),
        ).fetchone()
        return row[0] if row else None

    def aliases(self) -> dict[str, str]:
        """Other names of units that the office has written down (别名), in any season, the latest of each unit."""
        return dict(
            self._connection.execute(
                "SELECT about, text FROM decision JOIN season ON season.id = decision.season WHERE sort = ?"
                " ORDER BY year",
                (ALIASES,),
            ).fetchall()
        )

    def season(self, kind: str, year: int) -> LedgerSeason:
        """The pages of one season; an empty one is made."""
        self._connection.execute("INSERT OR IGNORE INTO season (kind, year) VALUES (?, ?)", (kind, year))
        (number,) = self._connection.execute(
            "SELECT id FROM season WHERE kind = ? AND year = ?", (kind, year)
        ).fetchone()
        return LedgerSeason(self._connection, number)


@dataclass(frozen=True, slots=True)
class KeptSubmission:
    """A file of an earlier round.

    Attributes:
        key: as in `Filed.key`.
        below: as in `Filed.below`.
        path: the file, as it was named last.
        round: the round in which it came.
        seen_on: the day of that round.
        data: the file as it was checked.
    """

    key: tuple[str, str, int]
    below: str
    path: str
    round: int
    seen_on: date
    data: bytes

    def result(self, forms: Mapping[str, Form]) -> ReportResult:
        """The file as it was checked.

        Raises:
            ValueError: this version cannot read what the ledger has: another one wrote it, or it is damaged.
        """
        return replace(deserialise(self.data, forms), path=self.path)


class LedgerSeason:
    """What a ledger holds of one season.

    Args:
        connection: to the database.
        season: number of the season.
    """

    def __init__(self, connection: sqlite3.Connection, season: int) -> None:
        self._connection = connection
        self._season = season

    def _rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql, (self._season, *values)).fetchall()

    def last_round(self) -> int:
        """Number of the last round, 0 before the first."""
        ((number,),) = self._rows("SELECT coalesce(max(number), 0) FROM round WHERE season = ?")
        return int(number)

    def submissions(self) -> Iterator[KeptSubmission]:
        """Everything that came in earlier, in the order in which it came."""
        rows = self._connection.execute(
            "SELECT place, sha256, part, below, path, round, seen_on, result FROM submission"
            " JOIN document USING (sha256, part) WHERE season = ? ORDER BY id",
            (self._season,),
        )
        for place, sha256, part, below, path, number, seen_on, data in rows:
            day = date.fromisoformat(seen_on)
            yield KeptSubmission((place, sha256, part), below, path, number, day, data)

    def findings(self, number: int) -> dict[str, set[tuple[str, str]]]:
        """Rule and fingerprint of the errors and warnings of each unit after a round."""
        found: dict[str, set[tuple[str, str]]] = {}
        for unit, rule, fingerprint in self._rows(
            "SELECT unit, rule, fingerprint FROM finding WHERE season = ? AND round = ?"
            " AND severity IN ('error', 'warning')",
            number,
        ):
            found.setdefault(unit, set()).add((rule, fingerprint))
        return found

    def register(self) -> tuple[RegisterEntry, ...]:
        """The lines of the register that was given last."""
        rows = self._rows("SELECT unit, day, file FROM receipt WHERE season = ? ORDER BY rowid")
        return tuple(RegisterEntry(unit, date.fromisoformat(day), file) for unit, day, file in rows)

    def keep_register(self, entries: Iterable[RegisterEntry]) -> None:
        """Put a register in the place of the last one."""
        rows = [(one.unit, one.day.isoformat(), one.file) for one in entries]
        self._replace("receipt", {"season": self._season}, rows)

    def decisions(self, sort: str) -> dict[str, str]:
        """The office's decisions of a sort, by what they are about."""
        return dict(
            self._rows("SELECT about, text FROM decision WHERE season = ? AND sort = ? ORDER BY about", sort)
        )

    def decide(self, sort: str, about: str, text: str | None) -> None:
        """Keep a decision, or take it back."""
        rows = [] if text is None else [(text,)]
        self._replace("decision", {"season": self._season, "sort": sort, "about": about}, rows)

    def keep_findings(self, number: int, unit: str, findings: Iterable[Finding]) -> None:
        """Keep what is to be mended in the version in force of a unit after a round."""
        here = {"season": self._season, "round": number, "unit": unit}
        rows: dict[tuple[str, str], tuple[str, ...]] = {}
        for one in findings:
            row = (one.rule, one.fingerprint, one.severity.value, one.message)
            rows.setdefault((one.rule, one.fingerprint), row)
        self._replace("finding", here, list(rows.values()))

    def keep(self, season: Season, files: Sequence[Filed], results: ResultStore) -> None:
        """Keep a round, in the place of what there was of it; its findings are kept by `keep_findings`.

        Args:
            season: how the season stands.
            files: everything that has come in, in the order in which it came.
            results: the same as checked.
        """
        here = {"season": self._season, "number": season.round}
        self._replace(
            "round", here, [(season.as_of.isoformat(), season.rulebook.digest, season.tool_version)]
        )
        self._keep_documents(files, results)
        self._keep_submissions(season, files)
        rows = [_standing_row(season, number) for number in range(len(season.units))]
        self._replace("standing", {"season": self._season, "round": season.round}, rows)
        listed = {one.unit.name for one in season.units if one.in_force}
        for (unit,) in self._rows(
            "SELECT DISTINCT unit FROM finding WHERE season = ? AND round = ?", season.round
        ):
            if unit not in listed:
                self.keep_findings(season.round, unit, ())

    def _replace(self, table: str, here: Mapping[str, Any], rows: Sequence[tuple[Any, ...]]) -> None:
        """Put rows into the place of those there are; where they are the same nothing is written.

        Args:
            table: name of the table, whose first columns are those of `here`.
            here: what the rows have in common.
            rows: the other columns, in the order in which they are to be found again.
        """
        where = " AND ".join(f"{name} = ?" for name in here)
        common = tuple(here.values())
        kept = self._connection.execute(f"SELECT * FROM {table} WHERE {where} ORDER BY rowid", common)  # noqa: S608  # fixed names
        if [row[len(here) :] for row in kept] == rows:
            return
        self._connection.execute(f"DELETE FROM {table} WHERE {where}", common)  # noqa: S608  # fixed names
        for row in rows:
            marks = ", ".join("?" * len((*common, *row)))
            self._connection.execute(f"INSERT INTO {table} VALUES ({marks})", (*common, *row))  # noqa: S608  # fixed names

    def _keep_documents(self, files: Sequence[Filed], results: ResultStore) -> None:
        kept: set[tuple[str, int]] = set()
        for one in files:
            if one.content not in kept:
                kept.add(one.content)
                self._connection.execute(
                    "INSERT INTO document VALUES (?, ?, ?) ON CONFLICT (sha256, part)"
                    " DO UPDATE SET result = excluded.result WHERE result IS NOT excluded.result",
                    (*one.content, results.at_rest(one.result)),
                )

    def _keep_submissions(self, season: Season, files: Sequence[Filed]) -> None:
        by_result = {
            one.result: (standing.unit.name, one.role.value, one.why)
            for standing in season.units
            for one in standing.submissions
        }
        for one in files:
            self._connection.execute(
                "INSERT INTO submission (season, place, sha256, part, path, below, round, seen_on, unit, role, why)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (season, place, sha256, part)"
                " DO UPDATE SET path = excluded.path, unit = excluded.unit, role = excluded.role, why = excluded.why"
                " WHERE (path, unit, role, why) IS NOT (excluded.path, excluded.unit, excluded.role, excluded.why)",
                (
                    self._season,
                    one.place,
                    *one.content,
                    one.path,
                    one.below,
                    one.round,
                    one.seen_on.isoformat(),
                    *by_result.get(one.result, (None, None, None)),
                ),
            )


def _standing_row(season: Season, number: int) -> tuple[Any, ...]:
    standing = season.units[number]
    in_force = standing.in_force
    received = standing.received
    return (
        standing.unit.name,
        standing.state.value,
        standing.why,
        standing.due.isoformat() if standing.due else None,
        received.on.isoformat() if received else None,
        received.by.value if received else None,
        standing.days_late,
        in_force.sha256 if in_force else None,
        in_force.part if in_force else None,
        standing.counts.error,
        standing.counts.warning,
    )
