"""What a template must not hold: every letter would carry it to a unit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from checker.model.errors import UsageError
from checker.readers.limits import DEFAULT_LIMITS
from checker.readers.raw.ooxml import OoxmlPackage
from checker.readers.raw.safe_xml import create_parser, feed, local_name, read_tree

_PARTS: Final = ("vbaproject", "vbadata", "/embeddings/", "/activex/", "oleobject", "customui")
_PURPOSES: Final = (
    "afchunk",
    "attachedtemplate",
    "oleobject",
    "control",
    "subdocument",
    "vbaproject",
    "frame",
)
_LINKS: Final = "hyperlink"
_FIELDS: Final = re.compile(
    r"\b(?:DDE|DDEAUTO|INCLUDE|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|MACROBUTTON|DATABASE|RD)\b",
    re.IGNORECASE,
)
"""Codes of fields that load, link or run something."""


def refuse_what_runs(package: OoxmlPackage, name: str) -> None:
    """Make sure that nothing in a document runs or loads by itself.

    Args:
        package: the document.
        name: what the user calls it, for messages.

    Raises:
        UsageError: something does.
        UnreadableError: a part cannot be read.
    """
    for part in package.names:
        lowered = f"/{part.lower()}"
        if any(word in lowered for word in _PARTS):
            raise _refusal(name, "宏或者嵌入的对象")
        if lowered.endswith(".rels"):
            _refuse_relations(package.read(part), name)
        elif (
            lowered.startswith("/word/")
            and lowered.endswith(".xml")
            and _FIELDS.search(_field_codes(package.read(part)))
        ):
            raise _refusal(name, "会装入别的文件或运行命令的域")


def _refuse_relations(data: bytes, name: str) -> None:
    for relation in read_tree(data, DEFAULT_LIMITS).all("Relationship"):
        purpose = relation.attributes.get("Type", "").rpartition("/")[2].lower()
        external = relation.attributes.get("TargetMode", "").lower() == "external"
        if purpose in _PURPOSES or (external and purpose != _LINKS):
            raise _refusal(name, "对外部文件的引用")


def _field_codes(data: bytes) -> str:
    """The instructions of all fields in a part, one after the other."""
    codes: list[str] = []
    inside = False

    def start(element: str, attributes: Mapping[str, str]) -> None:
        nonlocal inside
        inside = local_name(element) == "instrText"
        if local_name(element) == "fldChar":
            codes.append(" ")
        codes.extend(text for key, text in attributes.items() if local_name(key) == "instr")

    def end(_element: str) -> None:
        nonlocal inside
        inside = False

    def text(characters: str) -> None:
        if inside:
            codes.append(characters)

    parser = create_parser()
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    feed(parser, data)
    return "".join(codes)


def _refusal(name: str, what: str) -> UsageError:
    return UsageError(
        f"信函模板“{name}”里有{what}，会随信发给各单位，没有采用。请在 Word、WPS 里去掉后另存为 .docx。"
    )
