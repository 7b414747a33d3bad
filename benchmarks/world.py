"""How well real reports are read: collected pages and lines with labels by people, held against what is said of them.

`python -m benchmarks.world FOLDER [GROUP]` prints a table of agreement and every disagreement. The folder has
`pages/` (a page and its label side by side, or in one folder a group) and `lists/` (lines with labels); with a
group nothing of the others is looked at.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.labels import read_labels
from checker.api import CheckOptions, check_all
from checker.model.findings import ReportResult, Severity
from checker.model.text import squeeze
from checker.rulebook.store import load_rulebook

TODAY = date(2026, 11, 29)
NEIGHBOURS = ("YOY", "SET")
OPENING = (
    "根据《中华人民共和国政府信息公开条例》和《中华人民共和国政府信息公开工作年度报告格式》"
    "（国办公开办函〔2021〕30号）编制本报告。"
)
HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
BODY = "按要求开展了有关工作。"


@dataclass
class Aspect:
    """How often one aspect was right, and where not."""

    right: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, place: str, found: object, *expected: object) -> None:
        """One comparison; right if what was found is one of what is expected."""
        if found in expected:
            self.right += 1
        else:
            self.wrong.append(f"{place}: {found!r}, right is {' or '.join(map(repr, expected))}")

    def hold(self, place: str, *, held: bool) -> None:
        """One thing that should be so."""
        if held:
            self.right += 1
        else:
            self.wrong.append(f"{place}: no")

    @property
    def total(self) -> int:
        """How many comparisons."""
        return self.right + len(self.wrong)


class Agreement(dict[str, Aspect]):
    """Aspects by name, in the order in which they were first looked at."""

    def __missing__(self, key: str) -> Aspect:
        self[key] = Aspect()
        return self[key]


def measure(folder: Path, group: str | None = None) -> Agreement:
    """Agreement over everything in the folder, or over one group of it."""
    agreement = Agreement()
    for path, label in pages(folder, group):
        compare_page(agreement, path, label)
    for name, compare in LISTS.items():
        for entry in entries(folder, name, group):
            compare(agreement, entry)
    return agreement


def pages(folder: Path, group: str | None = None) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """The pages with their labels."""
    place = folder / "pages" / group if group else folder / "pages"
    for label in sorted(place.glob("*.yaml") if group else place.rglob("*.yaml")):
        page = next(path for path in sorted(label.parent.glob(f"{label.stem}.*")) if path != label)
        yield page, read_labels(label)


def entries(folder: Path, name: str, group: str | None = None) -> list[Mapping[str, Any]]:
    """The entries of a list."""
    path = folder / "lists" / f"{name}.yaml"
    found = read_labels(path) if path.is_file() else []
    return [entry for entry in found if group is None or entry["group"] == group]


def checked(data: bytes, name: str) -> ReportResult:
    """What is said of one file by itself."""
    return next(iter(check_all(data, name=name, rulebook=load_rulebook(), options=CheckOptions(today=TODAY))))


def rules_of(result: ReportResult, *severities: Severity) -> set[str]:
    """Rules with a finding, those told under another one included."""
    found = [one for one in result.findings if not severities or one.severity in severities]
    return {rule for one in found for rule in (one.rule, *one.explains) if not rule.startswith(NEIGHBOURS)}


def compare_page(agreement: Agreement, path: Path, label: Mapping[str, Any]) -> None:
    """Add one page."""
    result = checked(path.read_bytes(), path.name)
    agreement["page: status"].add(path.stem, result.status.value, label["expected_status"])
    report = result.report
    if not label["is_report"] or report is None:
        return
    identity, right = report.identity, label["identity"]
    also = right.get("agency_also") or []
    agreement["page: agency"].add(path.stem, identity.agency, right["agency"], *also)
    for key in ("level", "tier", "year"):
        agreement[f"page: {key}"].add(path.stem, getattr(identity, key), right[key])
    form = str(right["form"]) if right["form"] else None
    agreement["page: form"].add(path.stem, report.form_id, form)
    title = squeeze(label["title"]).text if label["title"] else None
    declared = squeeze(report.document.properties.get("title", "")).text or None
    agreement["page: title"].add(
        path.stem, title_of(result) or (declared if title == declared else None), title
    )
    compare_fields(agreement, path.stem, result, label)
    compare_findings(agreement, path.stem, result, label)


def title_of(result: ReportResult) -> str | None:
    """The title as found, squeezed."""
    return result.report.identity.title if result.report else None


def compare_fields(agreement: Agreement, place: str, result: ReportResult, label: Mapping[str, Any]) -> None:
    """Add period, dates and contact."""
    values = {}
    for name in ("period", "signed_on", "published", "phone", "address", "postcode"):
        found = result.report.field(name) if result.report else None
        values[name] = found.value if found else None
    period = values["period"] if isinstance(values["period"], tuple) else (None, None)
    agreement["page: period"].add(place, [str(day) if day else None for day in period], label["period"])
    for name in ("signed_on", "published"):
        agreement[f"page: {name}"].add(place, str(values[name]) if values[name] else None, label[name])
    contact = label["contact"]
    phones = list(values["phone"]) if isinstance(values["phone"], tuple) else []
    agreement["page: phone"].add(place, phones, contact["phones"])
    for name in ("address", "postcode"):
        agreement[f"page: {name}"].add(place, values[name], contact[name])


def compare_findings(
    agreement: Agreement, place: str, result: ReportResult, label: Mapping[str, Any]
) -> None:
    """Add expected findings, and errors and warnings that nobody expects."""
    found = rules_of(result)
    expected: set[str] = set()
    for entry in label["expected_findings"]:
        wanted = {entry["rule"]} if "rule" in entry else set(entry["any_of"])
        expected |= wanted
        agreement["page: expected finding"].hold(
            f"{place} {'/'.join(sorted(wanted))} {entry['why']}", held=bool(found & wanted)
        )
    debatable = {entry["rule"] for entry in label["debatable"]}
    for severity in (Severity.ERROR, Severity.WARNING):
        false = sorted(
            one.rule
            for one in result.findings
            if one.severity is severity
            and not {one.rule, *one.explains} & (expected | debatable)
            and not one.rule.startswith(NEIGHBOURS)
        )
        agreement[f"page: no false {severity.value}"].add(place, false, [])


def report_of(first: Sequence[str], opening: str = OPENING, headings: Sequence[str] = HEADINGS) -> bytes:
    """A small report: title lines, opening, sections."""
    lines = [*first, opening, *(line for heading in headings for line in (heading, BODY))]
    return "\n".join(lines).encode()


def compare_title(agreement: Agreement, entry: Mapping[str, Any]) -> None:
    """Add a title: whether it is seen, what it says, and whether a deviation is told."""
    result = checked(report_of(entry["lines"]), "一.txt")
    place = f"{entry['id']} {'⏎'.join(entry['lines'])}"
    agreement["title: seen"].hold(place, held=title_of(result) is not None)
    identity = result.report.identity if result.report else None
    for key in ("agency", "year", "level", "tier"):
        agreement[f"title: {key}"].add(place, getattr(identity, key, None), entry[key])
    if entry["deviates"] != "debatable":
        told = bool({"DOC-04", "DOC-07"} & rules_of(result))
        agreement["title: deviation"].add(place, told, entry["deviates"])


def compare_opening(agreement: Agreement, entry: Mapping[str, Any]) -> None:
    """Add an opening without a title: whose report, period, contact, parts; also with one section alone."""
    place = f"{entry['id']} {entry['text'][:40]}"
    torn = checked(report_of((), entry["text"], HEADINGS[:1]), "一.txt")
    agreement["opening: torn report is checked"].add(place, torn.status.value, "checked")
    result = checked(report_of((), entry["text"]), "一.txt")
    report = result.report
    if report is None:
        agreement["opening: report"].add(place, result.status.value, "checked")
        return
    agreement["opening: agency"].add(
        place, report.identity.agency, entry["agency"], entry["agency_as_written"]
    )
    lost = entry["period"] == "characters lost"
    agreement["opening: lost characters"].add(place, "READ-01" in rules_of(result), lost)
    values = {
        name: found.value if (found := report.field(name)) else None
        for name in ("period", "phone", "address", "postcode")
    }
    if not lost:
        period = values["period"] if isinstance(values["period"], tuple) else (None, None)
        agreement["opening: period"].add(
            place, [str(day) if day else None for day in period], entry["period"]
        )
    contact = entry["contact"]
    phones = values["phone"][0] if isinstance(values["phone"], tuple) else None
    agreement["opening: phone"].add(place, phones, contact["phone"])
    for name in ("address", "postcode"):
        agreement[f"opening: {name}"].add(place, values[name], contact[name])
    agreement["opening: download"].add(place, report.field("download") is not None, entry["download"])
    announced, listed = entry["parts_announced"], entry["parts_listed"]
    wrong = announced is not None and (announced != len(HEADINGS) or listed not in (None, announced))
    agreement["opening: parts"].add(place, "SEC-07" in rules_of(result), wrong)


def compare_heading(agreement: Agreement, entry: Mapping[str, Any]) -> None:
    """Add a heading: which section it opens, and how its wording is judged."""
    number = entry["section"]
    if not isinstance(number, int):
        return
    headings = [entry["text"] if index == number else heading for index, heading in enumerate(HEADINGS, 1)]
    result = checked(report_of(["槐川县民政局2024年政府信息公开工作年度报告"], headings=headings), "一.txt")
    section = result.report.section(number) if result.report else None
    agreement["heading: section"].hold(entry["text"], held=section is not None)
    warned = "SEC-04" in rules_of(result, Severity.WARNING, Severity.ERROR)
    agreement["heading: warning"].add(entry["text"], warned, entry["deviation"] == "warning")


def compare_own_name(agreement: Agreement, entry: Mapping[str, Any]) -> None:
    """Add a body: its own names are its own, those of others are not."""
    names = load_rulebook().language.own_name_rules.of(entry["body"])
    spoken = ("我", "全", "本")  # marks of the claim files say what these mean
    for name in entry["own_names"]:
        known = names.recognises(name) or name.startswith(spoken)
        agreement["name: own"].hold(f"{entry['body']} {name}", held=known)
    for name in entry["other_bodies"]:
        agreement["name: of others"].hold(f"{entry['body']} {name}", held=not names.recognises(name))


LISTS = {
    "titles": compare_title,
    "openings": compare_opening,
    "headings": compare_heading,
    "own_names": compare_own_name,
}


def main() -> None:
    """Print the table, then what disagrees."""
    folder, *group = sys.argv[1:]
    agreement = measure(Path(folder), *group)
    for name, aspect in agreement.items():
        print(f"{name:32} {aspect.right:4}/{aspect.total:<4} {aspect.right / max(aspect.total, 1):7.1%}")
    for name, aspect in agreement.items():
        for line in aspect.wrong:
            print(f"- {name}: {line}")


if __name__ == "__main__":
    main()
