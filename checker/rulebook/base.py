"""What rules refer to: what things are called, and the forms, fields, bodies and claims of each kind of report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from checker.judging.language.language import Language
from checker.model.errors import Fault
from checker.model.forms import UNNAMED_KIND, Form, form_from_data
from checker.model.place import section_number
from checker.model.vocabulary import Vocabulary, vocabulary_from_data
from checker.rulebook.load.claim_faults import with_claims
from checker.rulebook.load.form_faults import field_faults, form_faults
from checker.rulebook.load.merged import merged_bodies, merged_fields
from checker.rulebook.load.sentences import did_you_mean, nearest
from checker.rulebook.load.sources import Sources
from checker.rulebook.load.strict_yaml import YamlFile
from checker.rulebook.load.validate import Names, validate
from checker.rulebook.load.vocabulary import report_kinds_data, vocabulary_data, vocabulary_faults
from checker.rulebook.schema.bodies import TITLE_PROPERTIES
from checker.rulebook.schema.files import FILES
from checker.startup.records import dataclass
from checker.understand.fields import FIELD_PLACE_JOINT
from checker.understand.library import cell_of_field


@dataclass(frozen=True)
class KindBase:
    """What belongs to one kind of report.

    Attributes:
        forms: its forms by id, as written first and as built.
        fields, bodies: contents of its files, what it shares with other kinds included.
        claims: contents of its claim files.
        language: what names mean in its rules.
    """

    forms_data: Mapping[str, Mapping[str, Any]]
    forms: Mapping[str, Form]
    fields: Mapping[str, Any]
    bodies: Mapping[str, Any]
    claims: Sequence[Mapping[str, Any]]
    language: Language


@dataclass(frozen=True)
class Base:
    """What rules refer to.

    Attributes:
        vocabulary: what things are called, with the data it is built from.
        kinds: by key, the one of files that name none first.
        sources: entries of the files of sources by key.
    """

    vocabulary: Vocabulary
    vocabulary_data: Mapping[str, Any]
    kinds: Mapping[str, KindBase]
    sources: Mapping[str, Mapping[str, str]]

    @property
    def forms(self) -> dict[str, Form]:
        """All forms by id."""
        return {key: form for kind in self.kinds.values() for key, form in kind.forms.items()}

    def kind_of(self, file: YamlFile) -> str:
        """The kind of report that a file is about."""
        return str(file.data.get("kind", next(iter(self.kinds))))


def read_vocabulary(sources: Sources, names: Names, faults: list[Fault]) -> dict[str, Any]:
    """The vocabulary, in whose keys all files are read from here on; empty if its files are faulty or lacking."""
    files, kinds = list(sources.of("vocabulary")), list(sources.of("kinds"))
    found = [
        fault
        for role, own in (("vocabulary", files), ("kinds", kinds))
        for file in own
        for fault in validate(file, FILES[role], names)
    ]
    found += [] if found else vocabulary_faults(files)
    faults.extend(found)
    if found or not files:
        return {}
    data = {**vocabulary_data(files), **report_kinds_data(kinds)}
    names.vocabulary = vocabulary_from_data(data)
    sources.use_keys(names.vocabulary)
    return data


def read_base(
    sources: Sources, vocabulary: Mapping[str, Any], names: Names, faults: list[Fault]
) -> Base | None:
    """What rules refer to; None if its files are faulty or lacking, so that names cannot be known."""
    before = len(faults)
    for role in ("form", "fields", "levels", "titles", "sources"):
        for file in sources.of(role):
            own = validate(file, FILES[role], names)
            faults.extend(own)
            if not own and role in _MORE_CHECKS:
                faults.extend(_MORE_CHECKS[role](file))
    if len(faults) == before:
        faults.extend(_field_faults(list(sources.of("fields"))))
    files = {role: list(sources.of(role)) for role in (*_LACKING, "titles", "claims")}
    if len(faults) > before or (files["vocabulary"] and not vocabulary) or sources.unread & _NAMING:
        return None
    lacking = [word for role, word in _LACKING.items() if not files[role]]
    if lacking:
        if sources.complete:
            faults.append(Fault("rules", None, None, f"规则文件夹里缺少{'、'.join(lacking)}"))
        return None
    kinds = _kind_keys(files["form"], names.vocabulary)
    by_kind = {
        key: {
            role: [file for file in own if file.data.get("kind", kinds[0]) == key]
            for role, own in files.items()
        }
        for key in kinds
    }
    found = list(_kind_faults(by_kind, files))
    faults.extend(found if sources.complete else ())
    if found:
        return None
    data = _named(vocabulary, by_kind)
    base = Base(
        vocabulary=vocabulary_from_data(data),
        vocabulary_data=data,
        kinds={
            key: kind
            for key, own in by_kind.items()
            if (kind := _kind_base(key, own, files, names, faults)) is not None
        },
        sources={key: entry for file in sources.of("sources") for key, entry in file.data["sources"].items()},
    )
    names.vocabulary = base.vocabulary
    return base


_Files = Mapping[str, Sequence[YamlFile]]
"""Files by role."""
_LACKING: Final = {
    "form": "格式（form: …）",
    "fields": "要素（fields: …）",
    "levels": "单位（levels: …）",
    "vocabulary": "用词（vocabulary: …）",
}


def _kind_keys(forms: Sequence[YamlFile], vocabulary: Vocabulary) -> list[str]:
    """Keys of the kinds that have forms, the one of files that name none first."""
    own = dict.fromkeys(str(file.data["kind"]) for file in forms if "kind" in file.data)
    declared = list(vocabulary.kinds.names) or list(own) or [UNNAMED_KIND]
    used = {str(file.data.get("kind", declared[0])) for file in forms}
    return [key for key in (*declared, *own) if key in used]


def _kind_faults(by_kind: Mapping[str, _Files], files: _Files) -> Iterator[Fault]:
    """Kinds without titles, files of kinds without forms, and forms of two kinds with one id."""
    for role in ("fields", "titles", "claims"):
        for file in files[role]:
            if file.data.get("kind") not in (None, *by_kind):
                yield file.fault(("kind",), f"没有“{file.data['kind']}”这种报告的格式（form: …）")
    kinds: dict[str, str] = {}
    for key, own in by_kind.items():
        if not own["levels"] and not own["titles"]:
            text = "这种报告没有写标题的写法（titles: …），认不出来"
            yield own["form"][0].fault(("kind",), text)
            continue
        bodies = _bodies(own, files)
        missing = [name for name in ("titles", *_NEEDED_OF_BODIES) if name not in bodies]
        if missing:
            yield (own["levels"] or files["levels"])[0].fault((), f"缺少“{'”、“'.join(missing)}”")
        for file in own["form"]:
            if kinds.setdefault(str(file.data["form"]), key) != key:
                yield file.fault(("form",), f"“{file.data['form']}”已经是另一种报告的格式，请换一个代号")


def _named(vocabulary: Mapping[str, Any], by_kind: Mapping[str, _Files]) -> dict[str, Any]:
    """The vocabulary with the kinds that have forms; one that is not declared is called as its form calls reports."""
    named: dict[str, Any] = dict(vocabulary)
    for sort in ("kinds", "short_kinds"):
        terms = {"names": {}, "words": {}, **vocabulary.get(sort, {})}
        own = {
            key: terms["names"].get(key) or str(files["form"][-1].data["report_names"][0])
            for key, files in by_kind.items()
        }
        words = {word: key for word, key in terms["words"].items() if key in own}
        named[sort] = {**terms, "names": own, "words": {**words, **{name: key for key, name in own.items()}}}
    return named


def _kind_base(key: str, own: _Files, files: _Files, names: Names, faults: list[Fault]) -> KindBase | None:
    forms_data = {file.data["form"]: {**file.data, "kind": key} for file in own["form"]}
    forms = {form: form_from_data(data) for form, data in forms_data.items()}
    fields = merged_fields(file.data for file in own["fields"])
    titles = {
        entry["name"]: (fields["titles"][entry["name"]], entry["type"])
        for entry in reversed(fields["fields"])
    }
    language = Language(forms, titles)
    faults.extend(_cell_faults(own["fields"], forms))
    faults.extend(_section_faults(own["fields"], language.section_count))
    mine = names.of_language(language)
    mine.patterns = {}  # most of those in claim files are not looked for one by one
    language = with_claims(language, list(own["claims"]), mine, faults)
    return KindBase(
        forms_data, forms, fields, _bodies(own, files), [file.data for file in own["claims"]], language
    )


def _cell_faults(files: Sequence[YamlFile], forms: Mapping[str, Form]) -> Iterator[Fault]:
    """Fields that are read from cells which no form has."""
    for file in files:
        for index, entry in enumerate(file.data["fields"]):
            if "cell" not in entry:
                continue
            table, row, column = cell_of_field(entry["cell"])
            if not any(
                table in form.tables and (row, column) in form.tables[table].order for form in forms.values()
            ):
                cells = [
                    f"{one.key}[{', '.join(address)}]"
                    for form in forms.values()
                    for one in form.tables.values()
                    for address in one.order
                ]
                text = f"没有格子“{entry['cell']}”{did_you_mean(entry['cell'], cells)}"
                yield file.fault(("fields", index, "cell"), text)


def _section_faults(files: Sequence[YamlFile], count: int) -> Iterator[Fault]:
    """Fields that are looked for in sections which no form has."""
    for file in files:
        for index, entry in enumerate(file.data["fields"]):
            for part in entry.get("where", "").split(FIELD_PLACE_JOINT):
                if (section_number(part) or 0) > count:
                    text = (
                        f"格式只有 {count} 个部分，没有“{part}”"
                        if count
                        else f"这种报告不分部分，没有“{part}”"
                    )
                    yield file.fault(("fields", index, "where"), text)


def _bodies(own: _Files, files: _Files) -> dict[str, Any]:
    """Names of bodies, which all kinds share, with the titles of a kind's own."""
    bodies = merged_bodies(file.data for file in own["levels"])
    if not all(name in bodies for name in _NEEDED_OF_BODIES):
        bodies = merged_bodies(file.data for file in files["levels"])
    if not own["titles"]:
        return bodies
    shared = {name: value for name, value in bodies.items() if name not in TITLE_PROPERTIES}
    return {**shared, **merged_bodies(file.data for file in own["titles"])}


_NAMING: Final = {"form", "fields", "claims"}
"""What files define names that rules use; while one of them cannot be parsed, nobody knows which names are wrong."""
_NEEDED_OF_BODIES: Final = ("agencies", "levels", "tiers")
"""What the files on bodies must say together."""


def _field_faults(files: Sequence[YamlFile]) -> Iterator[Fault]:
    """Fields to which no file gives a Chinese name."""
    titles = merged_fields(file.data for file in files)["titles"]
    named = {name for file in files for name in file.data.get("titles", ())}
    for file in files:
        for index, entry in enumerate(file.data["fields"]):
            if entry["name"] not in named:
                near = nearest(entry["name"], [name for name in titles if name in named])
                how = f"；在这个文件最外层（与 fields 并列）写上 titles: {{{entry['name']}: 中文名}}"
                told = f"，是否为“{near}”？" if near else how
                text = f"titles 里没有“{entry['name']}”的中文名{told}"
                yield file.fault(("fields", index, "name"), text)


_MORE_CHECKS: Final = {"form": form_faults, "fields": field_faults}
