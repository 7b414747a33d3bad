"""A small season with a unit in most states, put together by hand from reports that were really checked."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from county import GOVERNMENT, UNITS, report, with_wrong_cell
from samples import write

from checker.api import check, load_rulebook
from checker.model.bodies import Unit
from checker.model.document import Location
from checker.model.findings import Finding, ReportResult, Severity, Status, Verdict
from checker.model.place import Place, Related
from checker.model.season import (
    Counts,
    Receipt,
    ReceiptBasis,
    Role,
    RoundChange,
    Season,
    State,
    Stranger,
    Submission,
    UnitStanding,
)

AS_OF = date(2025, 3, 10)
DUE = date(2025, 1, 31)
FINANCE, EDUCATION, POLICE, AUDIT, CIVIL, JUSTICE = (
    f"云溪县{short}" for short in ("财政局", "教育局", "公安局", "审计局", "民政局", "司法局")
)
NO_COUNTS = Counts()
LIST_SAYS = {"联系人": "钱某", "电话": "0745-5550000", "备注": "=1+1"}
TWO_VERSIONS = (report(UNITS[POLICE]), with_wrong_cell(report(UNITS[POLICE]), "A", "natural"))


def submission(result: ReportResult, role: Role, number: int, day: date = date(2025, 1, 20)) -> Submission:
    identity = result.report.identity if result.report else None
    return Submission(
        result.path,
        result.sha256,
        1,
        role,
        "报告里写的单位",
        result.status,
        identity.agency if identity else None,
        identity.year if identity else None,
        day,
        Receipt(day, ReceiptBasis.REGISTER),
        number,
        form=result.report.form_id if result.report else "",
    )


def standing(
    name: str, state: State, submissions=(), *, counts=NO_COUNTS, late=0, day=date(2025, 1, 20), **more
):
    level = "government" if name == GOVERNMENT else "department"
    unit = Unit(name, None if name == GOVERNMENT else GOVERNMENT, level, "county", more=LIST_SAYS)
    received = Receipt(day, ReceiptBasis.REGISTER) if submissions and late is not None else None
    return UnitStanding(
        unit, state, "依据", DUE, received, late, tuple(submissions), counts, RoundChange(), **more
    )


def counts_of(result: ReportResult) -> Counts:
    silent = sum(outcome.verdict is Verdict.NOT_CHECKED for outcome in result.outcomes)
    return Counts(*(result.count(severity) for severity in Severity), silent)


@lru_cache(maxsize=1)
def season() -> Season:
    """A unit in most states.

    The government, 财政局 and 司法局 (late) have passed, 教育局 has to mend a sum, 公安局 has sent two versions,
    审计局 a file that cannot be read, 民政局 nothing.
    """
    wrong = with_wrong_cell(report(UNITS[EDUCATION]))
    files = {
        "收件箱/县政府.txt": write(report(UNITS[GOVERNMENT]), "txt"),
        "收件箱/财政局.txt": write(report(UNITS[FINANCE]), "txt"),
        "收件箱/教育局.txt": write(wrong, "txt"),
        "收件箱/公安局一.txt": write(TWO_VERSIONS[0], "txt"),
        "收件箱/公安局二.txt": write(TWO_VERSIONS[1], "txt"),
        "收件箱/审计局.docx": b"PK\x03\x04 broken",
        "收件箱/司法局.txt": write(report(UNITS[JUSTICE], signed="2月14日"), "txt"),
        "收件箱/民政周.txt": write(report(UNITS[CIVIL], name="云溪县民政周"), "txt"),
    }
    results = [check(data, name=name) for name, data in files.items()]
    whole, finance, education, one, two, audit, justice, stranger = results
    assert audit.status is Status.UNREADABLE
    late = date(2025, 2, 14)
    units = (
        standing(GOVERNMENT, State.PASSED, [submission(whole, Role.IN_FORCE, 0)], counts=counts_of(whole)),
        standing(FINANCE, State.PASSED, [submission(finance, Role.IN_FORCE, 1)], counts=counts_of(finance)),
        standing(EDUCATION, State.TO_MEND, [submission(education, Role.IN_FORCE, 2)], counts=counts_of(education)),
        standing(POLICE, State.UNDECIDED, [submission(one, Role.UNDECIDED, 3), submission(two, Role.UNDECIDED, 4)]),
        standing(AUDIT, State.UNREADABLE, [submission(audit, Role.UNREADABLE, 5)], late=None),
        standing(CIVIL, State.OVERDUE, late=38),
        standing(
            JUSTICE, State.PASSED, [submission(justice, Role.IN_FORCE, 6, late)],
            counts=counts_of(justice), late=14, day=late,
        ),
    )  # fmt: skip
    shared = Finding(
        "SET-05", "各单位的报告不互相照抄", Severity.WARNING, f"{FINANCE}、{EDUCATION}有 6 句相同", "通行做法",
        Place(Location(path=finance.path, paragraph=5), 1, excerpt="次日上午集中更新"),
        (Related(Place(Location(path=education.path, paragraph=5), 1, excerpt="次日上午集中更新")),),
        {"count": 6}, suggestion=None, fingerprint="5e05", units=(FINANCE, EDUCATION),
    )  # fmt: skip
    opinions = {education.findings[0].fingerprint: "=已电话通知"}
    strangers = (Stranger(stranger.path, stranger.sha256, "云溪县民政周", 2024, (CIVIL,), 7),)
    return Season(
        "annual_report", 2024, 1, AS_OF, units, strangers, (), results, load_rulebook().info,
        (shared,), None, "0.1.0", opinions=opinions,
    )  # fmt: skip
