"""How a report says whose it is and whom to ask: names, telephone numbers, mail addresses, the address."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from checker.judging.subject import Subject
from checker.model.report import Field
from checker.startup.lazy_re import compile_later
from checker.startup.records import dataclass

_MOST: Final = 12
_LONGEST: Final = 60
_SHORTEST_NUMBER: Final = 7
"""Shorter ones are hotlines that everybody may name."""
_AREA: Final = compile_later(r"^(0[0-9]{2,3})-?(?=[0-9]{7})")


@dataclass(frozen=True)
class Contact:
    """What a report says of its body.

    Attributes:
        names: bodies that stand where the body's own name should, with where: signature, subject, contact.
        numbers: telephone numbers and mail addresses.
        address: the first address, empty if there is none.
        signed_on: ordinal of the day of the signature, 0 if there is none.
    """

    names: tuple[tuple[str, str], ...]
    numbers: tuple[str, ...]
    address: str
    signed_on: int


def contact_text(subject: Subject, of_subject: Sequence[str], of_contact: Sequence[str]) -> str:
    """What a report says of its body, to be read by `contact_of`."""
    report = subject.report
    names = [("signature", str(field.value)) for field in report.fields.get("signature", ())]
    view = subject.view("正文")
    for where, patterns in (("subject", of_subject), ("contact", of_contact)):
        names += [(where, match.group("name") or "") for match in view.matches(patterns)]
    signed = report.field("signed_on")
    address = report.field("address")
    return json.dumps(
        {
            "names": [[where, name[:_LONGEST]] for where, name in list(dict.fromkeys(names))[:_MOST] if name],
            "numbers": list(dict.fromkeys(_numbers(report.fields)))[:_MOST],
            "address": str(address.value)[:_LONGEST] if address else "",
            "signed_on": signed.value.toordinal() if signed and isinstance(signed.value, date) else 0,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _numbers(fields: Any) -> Iterator[str]:
    found: list[Field] = [*fields.get("phone", ()), *fields.get("email", ())]
    for field in found:
        values = field.value if isinstance(field.value, tuple) else (field.value,)
        for value in map(str, values):
            if "@" in value or sum(one.isdigit() for one in value) >= _SHORTEST_NUMBER:
                yield value[:_LONGEST].lower()


def contact_of(text: str) -> Contact:
    """What `contact_text` wrote."""
    data = json.loads(text)
    names = tuple((where, name) for where, name in data["names"])
    return Contact(names, tuple(data["numbers"]), data["address"], data["signed_on"])


def shared_contacts(contacts: Sequence[Contact]) -> dict[str, list[int]]:
    """Which of the contacts have the same number, by number; one without area code is that of any area."""
    found: dict[str, list[tuple[int, str]]] = {}
    for index, contact in enumerate(contacts):
        for number in contact.numbers:
            area = _AREA.match(number)
            local = number[area.end() :] if area else number
            holders = found.setdefault(local, [])
            if all(holder != index for holder, _ in holders):
                holders.append((index, area[1] if area else ""))
    shared: dict[str, list[int]] = {}
    for local, holders in found.items():
        areas = {area for _, area in holders if area}
        for code in sorted(areas) or [""]:
            own = [index for index, other in holders if other in ("", code)]
            if len(own) > 1:
                shared[f"{code}-{local}" if code else local] = own
    return shared
