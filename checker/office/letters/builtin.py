"""The built-in template of letters, laid out as official documents are (GB/T 9704—2012).

Its parts are the XML files of the folder `template`; an office takes the document, changes it, and gives it back with
`--letter-template`.
"""

from __future__ import annotations

import io
import zipfile
from importlib.resources import files
from typing import Final

_PARTS: Final = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "package_relations.xml",
    "word/document.xml": "document.xml",
    "word/_rels/document.xml.rels": "document_relations.xml",
    "word/styles.xml": "styles.xml",
    "word/fontTable.xml": "font_table.xml",
    "word/footer.xml": "footer.xml",
}
"""Files of the folder by name of the part."""


def builtin_template() -> bytes:
    """The document; always the same bytes."""
    folder = files("checker.office.letters").joinpath("template")
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, file in _PARTS.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            package.writestr(entry, folder.joinpath(file).read_bytes())
    return made.getvalue()
