"""Clean sample reports and the slips people make in them: what the mutation score is measured on.

They are data (`coverage_samples.yaml`, or a file of the same shape for another form): nothing here knows
what a report says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from checker.judging.rules import Rulebook
from checker.model.errors import Fault, RulebookError
from checker.model.forms import Address, Form, FormTable
from checker.model.numerals import parse_cell
from checker.model.report import Report
from checker.rulebook.load.given import SampleError, form_of_given, written_text
from checker.rulebook.load.strict_yaml import load_yaml
from checker.rulebook.load.validate import Names, validate
from checker.rulebook.load.vocabulary import with_keys
from checker.rulebook.schema.examples import SAMPLES_FILE
from checker.startup.records import dataclass, replace
from checker.understand import understand
from checker.workbench.sample import sample_document
from checker.workbench.sample_subject import Given, is_run

OWN_SAMPLES: Final = Path(__file__).with_name("coverage_samples.yaml")


@dataclass(frozen=True)
class Sample:
    """A clean report, or a clean run of which the report is the first.

    Attributes:
        key: short name.
        title: what it is, for people.
        given: what it is built from, totals included.
        form: the form it follows.
        report: the report as understood.
        forms: all forms by id.
    """

    key: str
    title: str
    given: Given
    form: Form
    report: Report
    forms: Mapping[str, Form]

    def texts(self) -> dict[str, str]:
        """Section number to text, sections without text left out."""
        return {
            number: text
            for number, value in self.given.get("text", {}).items()
            if (text := written_text(value))
        }

    def figure(self, table: str, address: Address) -> str:
        """What stands in a cell."""
        value = self.given["cells"].get(cell_name(table, address), self.given.get("rest", 0))
        return "" if value is None else str(value)


@dataclass(frozen=True)
class Slip:
    """A mistake people make, written down in the sample file; `data` is its entry."""

    name: str
    data: Mapping[str, Any]

    def given(self, sample: Sample) -> Given | None:
        """What the sample is built from once the slip is made, None if it cannot be made there.

        A slip that names no sample is made in every report, and in no run.
        """
        if self.data.get("sample", None if is_run(sample.given) else sample.key) != sample.key:
            return None
        if "cells" in self.data:
            return with_cells(sample, self.data["cells"])
        if "given" in self.data:
            own = self.data["given"]
            merged = {**sample.given, **own, **self._merged_text(sample)}
            return {**merged, **_neighbours(own, sample.form, sample.forms)}
        for action in ("replace", "add", "repeat"):
            if action in self.data:
                return _with_words(sample, self.data[action])
        return self._with_others(sample)

    def _with_others(self, sample: Sample) -> Given | None:
        """The run with some of its other reports changed, or there a second time."""
        changed: Mapping[str, Given] = self.data.get("others", {})
        again: Mapping[str, Given] = self.data.get("again", {})
        others = list(sample.given.get("others", ()))
        made = [_changed(one, changed.get(one["agency"], {})) for one in others]
        made += [_changed(one, again[one["agency"]]) for one in others if one["agency"] in again]
        return {**sample.given, "others": made}

    def _merged_text(self, sample: Sample) -> Given:
        own = self.data["given"].get("text")
        return {"text": {**sample.given.get("text", {}), **own}} if own else {}


def _changed(given: Given, change: Given) -> Given:
    text = {**given.get("text", {}), **change.get("text", {})}
    return {**given, **change, "text": text}


def _with_words(sample: Sample, change: Mapping[str, Any]) -> Given | None:
    """The sample with words replaced or added in a section, in the title or in the signature."""
    where = change["where"]
    named = isinstance(where, str)
    before = str(sample.given[where]) if named else sample.texts().get(str(where))
    if before is None:
        return None
    if "old" in change:
        after = before.replace(change["old"], change["new"])
    else:
        after = before + change["text"] * change.get("times", 1)
    if after == before:
        return None
    return {**sample.given, where: after} if named else with_text(sample, str(where), after)


def with_text(sample: Sample, number: str, text: str | None) -> Given:
    """The sample with another text in one section."""
    return {**sample.given, "text": {**sample.given.get("text", {}), number: text}}


def with_cells(sample: Sample, cells: Mapping[str, Any]) -> Given:
    """The sample with other figures in some cells."""
    return {**sample.given, "cells": {**sample.given["cells"], **cells}}


def cell_name(table: str, address: Address) -> str:
    """A cell as examples write it."""
    return f"{table}[{address[0]}, {address[1]}]"


def load_samples(rulebook: Rulebook, path: Path = OWN_SAMPLES) -> tuple[list[Sample], list[Slip]]:
    """Samples and slips.

    Raises:
        RulebookError: the file has faults.
    """
    file, faults = load_yaml(path.read_text(encoding="utf-8"), path.name)
    if not faults:
        file = replace(file, data=with_keys(file.data, rulebook.vocabulary))
        faults = validate(file, SAMPLES_FILE, Names(rulebook.language, vocabulary=rulebook.vocabulary))
    if faults:
        raise RulebookError(faults)
    samples: list[Sample] = []
    for index, entry in enumerate(file.data["samples"]):
        try:
            samples.append(_sample(rulebook, entry))
        except SampleError as error:
            faults.append(file.fault(("samples", index), str(error)))
    keys = {sample.key for sample in samples}
    slips = [Slip(entry["name"], entry) for entry in file.data.get("slips", ())]
    for index, slip in enumerate(slips):
        if slip.data.get("sample", next(iter(keys), "")) not in keys:
            faults.append(file.fault(("slips", index, "sample"), f"没有代号为“{slip.data['sample']}”的样本"))
        elif all(slip.given(sample) is None for sample in samples):
            faults.append(_idle_slip(file.fault(("slips", index), "")))
    if faults:
        raise RulebookError(faults)
    return samples, slips


def _idle_slip(fault: Fault) -> Fault:
    return Fault(fault.file, fault.line, fault.column, "这处差错在样本里没有可改的地方：原文对不上")


def _sample(rulebook: Rulebook, entry: Mapping[str, Any]) -> Sample:
    given: dict[str, Any] = dict(entry["given"])
    form = form_of_given(rulebook.forms, given)
    title = f"{given.get('agency', '')}{given.get('year', '')}年{form.report_names[0]}"
    given = {"title": title, **given, "cells": _added_up(form, given.get("cells", {}))}
    given |= _neighbours(given, form, rulebook.forms)
    document = sample_document(form, given, rulebook.forms)
    report = understand(document, rulebook.library, level=given.get("level"), tier=given.get("tier"))
    return Sample(entry["key"], entry["name"], given, form, report, rulebook.forms)


def _neighbours(given: Given, form: Form, forms: Mapping[str, Form]) -> Given:
    """The reports of other years and of other units that are given, totals included."""

    def whole(other: Given) -> Given:
        own = forms.get(other.get("form", ""), form)
        return {**other, "cells": _added_up(own, other.get("cells", {}))}

    years = {year: whole(given[year]) for year in ("previous", "next") if given.get(year) is not None}
    return {**years, "others": [whole(other) for other in given["others"]]} if "others" in given else years


def _added_up(form: Form, cells: Mapping[str, Any]) -> dict[str, Any]:
    """The figures with every total that was not written."""
    figures = dict(cells)
    for table in form.tables.values():
        for row, column, parts in _totals(table):
            name = cell_name(table.key, (row, column))
            values = [parse_cell(str(figures.get(cell_name(table.key, part), 0))).value for part in parts]
            amount = sum((value for value in values if value is not None), start=0)
            if amount and name not in cells:
                figures[name] = str(amount)
    return figures


def _totals(table: FormTable) -> Iterator[tuple[str, str, Sequence[Address]]]:
    """Row and column of every total with its parts; totals of rows first, so that columns can use them."""
    for one in sorted(table.sums, key=lambda one: one.axis):
        if one.axis == "columns":
            for row in table.rows:
                if (row, one.total) in table.order:
                    yield row, one.total, [(row, part) for part in one.parts]
        else:
            for column in table.columns:
                yield one.total, column, [(part, column) for part in one.parts]
