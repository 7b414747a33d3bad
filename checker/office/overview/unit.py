"""The block of one unit: how it stands, what it has sent in, what is to be mended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from checker.model.findings import Finding, ReportResult, Severity
from checker.model.season import Role, Season, State, Stranger, UnitStanding
from checker.model.vocabulary import Vocabulary
from checker.office.words import ROLE_WORDS, STATE_WORDS, chinese_day, receipt_words
from checker.writers.html.markup import EMPTY, Markup, joined, tag
from checker.writers.shared.outcomes import LocatedFinding, advice, findings_of, omissions

_CALM = (State.PASSED, State.NOT_DUE, State.EXEMPT)


def anchor_of(position: int) -> str:
    """The anchor of a unit by its position in the list, from 0."""
    return f"u{position + 1}"


def state_class(state: State) -> str:
    """How a state is coloured."""
    return "good" if state is State.PASSED else "quiet" if state in _CALM else "bad"


class UnitBlocks:
    """Makes the blocks.

    Args:
        season: the season.

    Attributes:
        rules: by rule, how many of the units whose blocks were made have something to mend by it.
    """

    def __init__(self, season: Season) -> None:
        self._season = season
        self.rules: Counter[str] = Counter()
        self._words: Vocabulary = season.rulebook.vocabulary
        self._anchors = {one.unit.name: anchor_of(number) for number, one in enumerate(season.units)}
        self._shared: dict[str, list[Finding]] = {}
        for finding in season.findings:
            for name in finding.units:
                self._shared.setdefault(name, []).append(finding)
        self._likely: dict[str, list[Stranger]] = {}
        for candidate in season.unmatched:
            for name in candidate.nearest:
                self._likely.setdefault(name, []).append(candidate)

    def link(self, name: str) -> Markup:
        """The name of a unit as a link to its block."""
        anchor = self._anchors.get(name)
        return tag("a", name, href=f"#{anchor}") if anchor else tag("span", name)

    def block(self, position: int) -> Markup:
        """The block of a unit by its position in the list."""
        standing = self._season.units[position]
        reports = [
            (one, self._season.results[one.result]) for one in standing.submissions if one.role in _SHOWN
        ]
        findings = [
            located for _, result in reports for located in findings_of(result) if not located.accepted
        ]
        findings.sort(key=lambda one: one.finding.severity.rank)
        shared = self._shared.get(standing.unit.name, ())
        rules = dict.fromkeys(one.rule for one in (*(located.finding for located in findings), *shared))
        self.rules.update(rules.keys())
        body = tag(
            "div", *self._body(standing, findings, shared, [result for _, result in reports]), class_="body"
        )
        return tag(
            "section",
            tag("details", self._summary(standing), body),
            id=anchor_of(position),
            class_="unit",
            data_state=standing.state.value,
            data_level=standing.unit.level or "",
            data_rules=" ".join(rules),
            data_errors=standing.errors,
            data_late=standing.days_late or 0,
        )

    def _summary(self, standing: UnitStanding) -> Markup:
        counts = standing.counts
        figures = [
            tag(
                "span",
                f"{self._words.severities.name(severity.value)} {count}",
                class_=f"count {severity.value}",
            )
            for severity, count in zip(Severity, (standing.errors, counts.warning, counts.info), strict=True)
            if count
        ]
        days = f"{'逾期' if standing.state is State.OVERDUE else '迟'} {standing.days_late} 天"
        late = tag("span", days, class_="count late") if standing.days_late else EMPTY
        state = tag("span", STATE_WORDS[standing.state], class_=f"state {state_class(standing.state)}")
        return tag("summary", tag("h2", standing.unit.name), " ", state, " ", joined(late, *figures, by=" "))

    def _body(
        self,
        standing: UnitStanding,
        findings: Sequence[LocatedFinding],
        shared: Sequence[Finding],
        results: Sequence[ReportResult],
    ) -> Iterator[Markup]:
        entries = [
            tag("div", tag("dt", name), tag("dd", words)) for name, words in self._facts(standing) if words
        ]
        yield tag("dl", *entries)
        if standing.submissions:
            yield tag(
                "ul",
                *(self._submission(standing, number) for number in range(len(standing.submissions))),
                class_="files",
            )
        if findings or shared:
            many = len(results) > 1
            yield tag(
                "ol",
                *(self._finding(one.finding, one.place, one.path if many else None) for one in findings),
                *(self._finding(one, self._others(one, standing.unit.name), None) for one in shared),
                class_="findings",
            )
        for result in results:
            silent = [one for one in omissions(result) if one.rules]
            if silent:
                count = sum(len(one.rules) for one in silent)
                words = "；".join(f"{one.reason.rstrip('。')}（{len(one.rules)} 条）" for one in silent)
                yield tag("p", f"未能判断的 {count} 条规则：{words}。", class_="silent")
        yield tag("p", tag("button", "打印这一家", type="button", class_="print"), class_="tools", hidden="")

    def _facts(self, standing: UnitStanding) -> Iterator[tuple[str, object]]:
        unit, progress = standing.unit, standing.since_last_round
        levels = (
            self._words.levels.name(unit.level) if unit.level else "",
            self._words.tiers.name(unit.tier) if unit.tier else "",
        )
        yield "依据", standing.why
        yield "类别", "，".join(word for word in levels if word)
        yield "别名", "、".join(unit.aliases)
        yield "到期日", chinese_day(standing.due) if standing.due else ""
        yield "收到", receipt_words(standing.received)
        yield (
            "上一轮以来",
            "，".join(
                f"{word} {count}"
                for word, count in (
                    ("已改", progress.mended),
                    ("仍在", progress.remaining),
                    ("新增", progress.new),
                    ("未再报", progress.not_resubmitted),
                    ("读不出", progress.unreadable),
                )
                if count
            ),
        )
        if standing.notice:
            yield "信函", tag("a", standing.notice, href=quote(standing.notice))
        likely = self._likely.get(unit.name, ())
        yield (
            "可能是它的报告",
            "；".join(f"{one.path}（写的是{one.agency}）" if one.agency else one.path for one in likely),
        )
        yield from unit.more.items()

    def _submission(self, standing: UnitStanding, number: int) -> Markup:
        one = standing.submissions[number]
        return tag(
            "li",
            tag("b", ROLE_WORDS[one.role]),
            f" {one.path} ",
            tag("span", f"第 {one.round} 轮；{one.why}", class_="why"),
        )

    def _others(self, finding: Finding, name: str) -> Markup:
        others = [self.link(one) for one in finding.units if one != name]
        return joined("涉及", joined(*others, by="、")) if others else EMPTY

    def _finding(self, finding: Finding, place: object, path: str | None) -> Markup:
        severity = finding.severity.value
        opinion = self._season.opinions.get(finding.fingerprint)
        return tag(
            "li",
            tag("span", self._words.severities.name(severity), class_="grade"),
            " ",
            tag("span", finding.rule, class_="rule"),
            " ",
            tag("span", place, class_="place"),
            tag("span", f"（{path}）", class_="why") if path else EMPTY,
            tag("p", finding.message),
            tag("p", f"修改：{advice(finding)}", class_="advice") if finding.suggestion else EMPTY,
            tag("p", f"处理意见：{opinion}", class_="opinion") if opinion else EMPTY,
            class_=f"finding {severity}",
        )


_SHOWN = (Role.IN_FORCE, Role.UNDECIDED, Role.UNREADABLE)
"""Roles of the files whose findings are listed."""
