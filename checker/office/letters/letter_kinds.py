"""Which letters a unit gets, and what each of them says.

Nothing is written on a guess: a letter speaks of files that are decided to be of the unit, or of there being none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import PurePosixPath
from typing import Final

from checker.model.findings import ReportResult
from checker.model.season import Role, Season, State, Submission, UnitStanding
from checker.office.letters.discreet import Discretion
from checker.office.letters.problems import MUST, ProblemRow, problems_of, shared_problems
from checker.office.words import BASIS_WORDS, chinese_day, is_late
from checker.startup.records import dataclass

MEND: Final = "整改通知"
RESEND: Final = "退回重报"
URGE: Final = "催报"
LATE: Final = "迟报提醒"
RECEIPT: Final = "合格回执"
CHOOSE: Final = "请确认版本"
KINDS: Final = (MEND, RESEND, URGE, LATE, RECEIPT, CHOOSE)
_DAYS_TO_MEND: Final = 5
"""Working days that a unit has where the due day is over and the office has named no day."""
_ROLE_REASONS: Final = {
    Role.WRONG_YEAR: "不是本年度的报告",
    Role.WRONG_DOCUMENT: "不是年度报告",
    Role.OTHER_BODY: "不是你单位的报告",
}


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter without its layout.

    Attributes:
        kind: one of the names above.
        title: its heading.
        paragraphs: its text.
        problems: rows of its table; none if it has no table.
        deadline: until when something is to be done, as the end of “请于…”; empty if nothing is.
        submissions: the files that it is about.
    """

    kind: str
    title: str
    paragraphs: tuple[str, ...]
    problems: tuple[ProblemRow, ...]
    deadline: str
    submissions: tuple[Submission, ...] = ()


class LetterWriter:
    """Writes the letters of a season.

    Args:
        season: the season.
        reply_by: until when units have to answer whose due day has passed, None for some days after the letter.
    """

    def __init__(self, season: Season, reply_by: date | None = None) -> None:
        self._season = season
        self._reply_by = reply_by
        self._report = f"{season.year}年{_report_name(season)}"
        self._discretion = Discretion([one.unit for one in season.units])

    def shown(self, unit: str, text: str) -> str:
        """A text without the names of other units."""
        return self._discretion.text_for(unit, text)

    def letters(self, standing: UnitStanding) -> Iterator[Letter]:
        """The letters to a unit, the one that matters most first.

        A unit that stands as another one does, with which it reports together, gets none: the other gets it.
        """
        if standing.follows or (not standing.submissions and standing.state is not State.OVERDUE):
            return
        if standing.state is State.TO_MEND:
            yield self._mend(standing)
        elif standing.state is State.PASSED and standing.in_force:
            yield self._receipt(standing, standing.in_force)
        elif standing.state is State.UNDECIDED:
            yield self._choose(standing)
        elif standing.state in (State.WRONG_DOCUMENT, State.UNREADABLE):
            yield self._resend(standing)
        elif standing.state is State.OVERDUE:
            yield self._urge(standing)
        if is_late(standing) and standing.state in (State.PASSED, State.TO_MEND, State.UNDECIDED):
            yield self._late(standing)

    def _mend(self, standing: UnitStanding) -> Letter:
        submission = standing.in_force
        problems = self._problems(standing, (submission,) if submission else ())
        must = sum(one.count for one in problems if one.demand == MUST)
        should = sum(one.count for one in problems) - must
        deadline, file = self._deadline(standing), self._file(standing, submission)
        counted = f"有 {must} 处必须改正" + (f"，另有 {should} 处请一并核实" if should else "")
        return Letter(
            MEND,
            f"关于改正{self._report}的通知",
            (
                f"你单位报送的{self._report}（{file}）收悉。经核对，{counted}，按原因归并后列在下表。",
                "表中应当怎样改，是根据报告里的数和文字推算的，改之前请与你单位的台账、记录核对。",
                *_signed_ahead(standing),
                f"请于{deadline}改正后重新报送。",
            ),
            problems,
            deadline,
            (submission,) if submission else (),
        )

    def _receipt(self, standing: UnitStanding, submission: Submission) -> Letter:
        problems = self._problems(standing, (submission,))
        received = f"于{chinese_day(standing.received.on)}" if standing.received else ""
        unjudged, file = standing.counts.not_checked, self._file(standing, submission)
        paragraphs = [f"你单位报送的{self._report}（{file}）{received}收到，经核对没有发现必须改正的错误。"]
        if problems:
            count = sum(one.count for one in problems)
            paragraphs.append(f"另有 {count} 处请核实，列在下表；核实后确有不妥的，请改正后重新报送。")
        paragraphs += _signed_ahead(standing)
        if unjudged:
            paragraphs.append(f"有 {unjudged} 条规则因报告或对照材料不足未能判断，不在本回执之内。")
        paragraphs += [
            f"采用的文件摘要（SHA-256）：{submission.sha256 or '无'}",
            f"核对所用规则集：{self._season.rulebook.title}，摘要 {self._season.rulebook.digest}",
        ]
        return Letter(RECEIPT, f"{self._report}合格回执", tuple(paragraphs), problems, "", (submission,))

    def _choose(self, standing: UnitStanding) -> Letter:
        submissions = standing.with_role(Role.UNDECIDED)
        deadline = self._deadline(standing)
        files = [
            f"{number}．{self._file(standing, one)}，摘要 {(one.sha256 or '')[:12]}"
            for number, one in enumerate(submissions, 1)
        ]
        problems = self._problems(standing, submissions)
        paragraphs = [
            f"收到你单位 {len(submissions)} 份内容不同的{self._report}，看不出以哪一份为准：",
            *files,
            f"请于{deadline}书面说明以哪一份为准，其余的作废。说明以前，你单位的数不计入汇总。",
        ]
        if problems:
            paragraphs.append("各份里发现的问题列在下表，供改正时参考。")
        return Letter(
            CHOOSE, f"关于确认{self._report}版本的通知", tuple(paragraphs), problems, deadline, submissions
        )

    def _resend(self, standing: UnitStanding) -> Letter:
        submissions = standing.with_role(*_ROLE_REASONS, Role.UNREADABLE)
        deadline = self._deadline(standing)
        reasons = [
            f"{number}．{self._file(standing, one)}：{self._reason(standing, one)}。"
            for number, one in enumerate(submissions, 1)
        ]
        return Letter(
            RESEND,
            f"关于退回重新报送{self._report}的通知",
            (
                f"你单位报送的下列文件不能作为{self._report}接收，现予退回：",
                *reasons,
                f"请于{deadline}重新报送{self._report}，用 Word 文档（.docx），文字和表格要能选中、复制，不要扫描。",
            ),
            (),
            deadline,
            submissions,
        )

    def _urge(self, standing: UnitStanding) -> Letter:
        deadline = self._deadline(standing)
        due = f"应于{chinese_day(standing.due)}前报送，" if standing.due else ""
        late = f"，已逾期 {standing.days_late} 天" if standing.days_late else ""
        came = f"截至{chinese_day(self._season.as_of)}没有收到{late}。"
        ask = f"请于{deadline}报送。已经报送的，请告知报送的日期、方式和文件名，以便查找。"
        if standing.registered:
            came = f"收件登记上写着{chinese_day(standing.registered)}收到过，但没有找到文件。"
            ask = f"请于{deadline}再发一次电子版。"
        return Letter(
            URGE,
            f"关于报送{self._report}的催办通知",
            (
                f"你单位的{self._report}{due}{came}",
                ask,
            ),
            (),
            deadline,
        )

    def _late(self, standing: UnitStanding) -> Letter:
        received = standing.received
        due = chinese_day(standing.due) if standing.due else ""
        day = f"{chinese_day(received.on)}（依据：{BASIS_WORDS[received.by]}）" if received else ""
        return Letter(
            LATE,
            f"关于{self._report}报送时间的提醒",
            (
                f"你单位的{self._report}应于{due}前报送，收到日期是{day}，迟了 {standing.days_late} 天。",
                "以后请按期报送。对收到日期有异议的，请提供报送的记录。",
            ),
            (),
            "",
        )

    def _problems(self, standing: UnitStanding, submissions: Sequence[Submission]) -> tuple[ProblemRow, ...]:
        name = standing.unit.name
        rows: list[ProblemRow] = []
        for one in submissions:
            file = self._file(standing, one) if len(submissions) > 1 else ""
            rows += problems_of(
                self._result(one), self._season.rulebook.rules, lambda text: self.shown(name, text), file
            )
        if len(submissions) == 1:
            rows += shared_problems(self._season, name, lambda text: self.shown(name, text))
        return tuple(sorted(rows, key=lambda row: row.demand != MUST))

    def _reason(self, standing: UnitStanding, submission: Submission) -> str:
        problem = self._result(submission).problem
        if submission.role is Role.UNREADABLE and problem:
            return self.shown(standing.unit.name, problem.text.rstrip("。"))
        return _ROLE_REASONS.get(submission.role, "读不出来")

    def _file(self, standing: UnitStanding, submission: Submission | None) -> str:
        """The file's own name, without the folders of the office."""
        name = PurePosixPath(submission.path.replace("!", "/")).name if submission else ""
        return self.shown(standing.unit.name, name)

    def _result(self, submission: Submission) -> ReportResult:
        return self._season.results[submission.result]

    def _deadline(self, standing: UnitStanding) -> str:
        days = [day for day in (standing.due, self._reply_by) if day and day >= self._season.as_of]
        if days:
            return f"{chinese_day(max(days))}前"
        return f"收到本通知后 {_DAYS_TO_MEND} 个工作日内"


def _signed_ahead(standing: UnitStanding) -> Iterator[str]:
    if standing.signed_ahead:
        yield f"落款日期写的是{chinese_day(standing.signed_ahead)}，这一天还没有到，请核对改正。"


def _report_name(season: Season) -> str:
    """What the form calls this kind of report."""
    forms = (result.report.form for result in season.results if result.report)
    found = next((form.report_names for form in forms if form.kind == season.kind and form.report_names), ())
    return found[0] if found else "年度报告"
