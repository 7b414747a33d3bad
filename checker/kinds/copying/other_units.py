"""`other_units`: 没有留下别家的名称和电话."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

from checker.judging.judgement import Breach, Judgement
from checker.judging.language.language import Language
from checker.judging.rules import LooksAt
from checker.judging.run_subject import RunSubject
from checker.judging.subject import Subject
from checker.kinds.copying.clusters import clusters_of
from checker.kinds.copying.contacts import Contact, contact_of, contact_text, shared_contacts
from checker.kinds.kind import Gather, Judge, Kind, Options, gathering_key
from checker.kinds.options import PATTERNS, WHOLE, options_schema
from checker.model.bodies import Bodies, Unit
from checker.model.document import Location
from checker.model.place import OneOrMany, Place
from checker.model.text import label_key
from checker.startup.records import dataclass

_NAME: Final = "other_units"
_OFFICE: Final = "office"
_WHERE: Final = {"signature": "落款", "subject": "正文", "contact": "联系方式"}


@dataclass(frozen=True)
class _UnitMember:
    """A unit with what its report says of who it is."""

    unit: Unit
    path: str
    contact: Contact


def compile_other_units(options: Options, _language: Language) -> Judge:
    """No report speaks for another unit of the list, or gives its telephone number or mail address.

    A name counts where it stands for the body that reports: as who has done something, as who is to be asked,
    in the signature. Names of bodies above and below, of one staff, and of the government's office are fine.
    Units at one address may have one number; a number that many have belongs to a hotline.
    """
    key = gathering_key(_NAME, options)

    def judge(subject: RunSubject) -> Iterator[Judgement]:
        for year in subject.reported.years if subject.bodies else ():
            members = [
                _UnitMember(unit, report.path, contact_of(report.gathered[key]))
                for unit, report in subject.reported.of_year(year)
                if key in report.gathered
            ]
            if members:
                yield from _judged(subject, year, members, options, key)

    return judge


def gather_contacts(options: Options, _language: Language) -> Gather:
    """The names in whose place the body's own should stand, and how it can be reached."""

    def gather(subject: Subject) -> str:
        return contact_text(subject, options["subject"], options["contact"])

    return gather


def _judged(
    subject: RunSubject, year: int, members: Sequence[_UnitMember], options: Options, key: str
) -> Iterator[Judgement]:
    named = {
        (index, other): names
        for index, member in enumerate(members)
        for other, names in _foreign(
            subject, member, {one.unit.name: i for i, one in enumerate(members)}
        ).items()
    }
    bodies = subject.bodies or Bodies()
    shared = shared_contacts([one.contact for one in members])
    numbers: dict[tuple[int, int], list[str]] = {}
    earlier = _earlier_numbers(subject, year, key) if shared else {}
    silent = True
    for number, holders in shared.items():
        if len(holders) >= options["hotline"]:
            yield _hotline(year, number, [members[index].unit.name for index in holders])
            silent = False
            continue
        for pair in combinations(holders, 2):
            if not bodies.are_related(members[pair[0]].unit, members[pair[1]].unit):
                numbers.setdefault(pair, []).append(number)
    for (index, other), names in named.items():
        known = [pair for pair in numbers if isinstance(other, int) and set(pair) == {index, other}]
        same_numbers = [number for pair in known for number in numbers.pop(pair)]
        yield _foreign_name(year, members, (index, other), names, same_numbers)
        silent = False
    for cluster in clusters_of(numbers):
        own = sorted({number for pair, found in numbers.items() if pair[0] in cluster for number in found})
        yield _same_number(year, [members[index] for index in cluster], own, earlier)
        silent = False
    if silent:
        yield None


def _foreign(
    subject: RunSubject, member: _UnitMember, places: Mapping[str, int]
) -> dict[int | str, list[tuple[str, str]]]:
    """What the report says in the name of other units: where and how, by their number in the set or their name."""
    bodies = subject.bodies or Bodies()
    own = subject.own_names.of(member.unit.name) if subject.own_names else None
    found: dict[int | str, list[tuple[str, str]]] = {}
    for where, name in member.contact.names:
        other = bodies.unit(name)
        if other is None or (own and own.recognises(name)) or bodies.are_related(member.unit, other):
            continue
        if subject.level(other) == _OFFICE and where != "signature":
            continue
        found.setdefault(places.get(other.name, other.name), []).append((where, name))
    return found


def _foreign_name(
    year: int,
    members: Sequence[_UnitMember],
    pair: tuple[int, int | str],
    names: Sequence[tuple[str, str]],
    numbers: Sequence[str],
) -> Breach:
    index, other = pair
    named = other if isinstance(other, str) else members[other].unit.name
    evidence: dict[str, OneOrMany] = {
        "year": year,
        "agency": members[index].unit.name,
        "other": named,
        "names": tuple(name for _, name in names),
        "where": tuple(where for where, _ in names),
        "numbers": tuple(numbers),
    }
    places = "、".join(dict.fromkeys(_WHERE[where] for where, _ in names))
    others_names = [name for _, name in names if name != named]
    written = f"（写作{'、'.join(dict.fromkeys(others_names))}）" if others_names else ""
    also = f"，电话或邮箱（{'、'.join(numbers)}）也与它相同" if numbers else ""
    return Breach(
        Place(Location(path=members[index].path), excerpt=names[0][1]),
        evidence,
        "name",
        units=(members[index].unit.name, named),
        words={"places": places, "written": written, "also": also},
    )


def _same_number(
    year: int, sharing: Sequence[_UnitMember], numbers: Sequence[str], earlier: Mapping[str, Collection[str]]
) -> Breach:
    """Units with one number: those first that have it wrongly, if it is known whose it is."""
    owners, source = _owners(sharing, numbers, earlier)
    members = sorted(sharing, key=lambda one: one in owners)
    addresses = {label_key(one.contact.address) for one in members}
    variant = "one_place" if len(addresses) == 1 and "" not in addresses else "number"
    evidence: dict[str, OneOrMany] = {
        "year": year,
        "agency": members[0].unit.name,
        "other": tuple(one.unit.name for one in members[1:]),
        "numbers": tuple(numbers),
        "addresses": tuple(one.contact.address for one in members),
        "owners": tuple(one.unit.name for one in owners),
    }
    whose = f"{source}是{'、'.join(one.unit.name for one in owners)}的" if owners else "看不出是哪一家的"
    return Breach(
        Place(Location(path=members[0].path), excerpt=numbers[0]),
        evidence,
        variant,
        units=tuple(one.unit.name for one in members),
        words={"whose": whose},
    )


def _hotline(year: int, number: str, names: Sequence[str]) -> Breach:
    evidence: dict[str, OneOrMany] = {
        "year": year,
        "numbers": (number,),
        "count": len(names),
        "other": tuple(names),
    }
    return Breach(Place(), evidence, "hotline", units=tuple(names))


def _owners(
    sharing: Sequence[_UnitMember], numbers: Sequence[str], earlier: Mapping[str, Collection[str]]
) -> tuple[list[_UnitMember], str]:
    """Whose a number is that several have, and what says so; nobody's if nothing does, or all of them have it there.

    When they reported says nothing: neither of two that have the same number need have it from the other.
    """

    def listed(member: _UnitMember) -> bool:
        return any(_has_number(value, number) for value in member.unit.more.values() for number in numbers)

    def had_it(member: _UnitMember) -> bool:
        return any(
            _has_number(one, number) for one in earlier.get(member.unit.name, ()) for number in numbers
        )

    for owns, source in ((listed, "按单位清单"), (had_it, "按别的年度的报告")):
        owners = [member for member in sharing if owns(member)]
        if owners and len(owners) < len(sharing):
            return owners, source
    return [], ""


def _has_number(text: str, number: str) -> bool:
    """Whether a text holds a telephone number, with or without its area code, or a mail address."""
    if "@" in number:
        return number in text.lower()
    local = number.rpartition("-")[2]
    return local in "".join(one for one in text if one.isdecimal())


def _earlier_numbers(subject: RunSubject, year: int, key: str) -> dict[str, set[str]]:
    """The numbers that units give in their reports about other years, by name of the unit."""
    found: dict[str, set[str]] = {}
    reports = [(name, other, report) for (name, other), report in subject.reported.texts.items()]
    for report in subject.earlier:
        unit = (subject.bodies or Bodies()).unit(report.identity.agency, report.identity.year)
        if unit and report.identity.year:
            reports.append((unit.name, report.identity.year, report))
    for name, other, report in reports:
        if other != year and key in report.gathered:
            found.setdefault(name, set()).update(contact_of(report.gathered[key]).numbers)
    return found


KIND: Final = Kind(
    title="没有留下别家的名称和电话",
    about="报告里没有留下别家单位的名称、电话和邮箱。",
    compile=compile_other_units,
    options=options_schema(
        ("subject", "contact", "hotline"),
        subject={**PATTERNS, "description": "写明谁做了什么的说法，分组 name 是那个单位"},
        contact={**PATTERNS, "description": "写明找谁联系、由谁编制的说法，分组 name 是那个单位"},
        hotline={**WHOLE, "description": "这么多家都用的号码是公用的"},
    ),
    evidence=(
        "year", "agency", "other", "names", "where", "numbers", "addresses", "owners", "count", "places", "written", "also",
        "whose",
    ),
    variants=("name", "number", "one_place", "hotline"),
    looks_at=LooksAt.RUN,
    gather=gather_contacts,
    words={"subject": "写明谁做的说法", "contact": "写明找谁的说法", "hotline": "公用号码（几家用）"},
    skeleton=r"""
title: 报告里没有别家的名称和电话
check: {subject: ['^(?P<name>\p{Han}{2,20}局)认真'], contact: ['请与(?P<name>\p{Han}{2,20}局)联系'], hotline: 5}
message: "{agency}的报告里有{other}的名称或电话"
examples:
  - {name: 都是自己的, expect: pass, given: {agency: 某县财政局, units: [{unit: 某县财政局}, {unit: 某县民政局}]}}
  - {name: 别家的名称, expect: fail, given: {agency: 某县财政局, text: {1: 某县民政局认真落实各项要求。}, units: [{unit: 某县财政局}, {unit: 某县民政局}]}, findings: [{units: [某县财政局, 某县民政局]}]}
""",
)  # fmt: skip
