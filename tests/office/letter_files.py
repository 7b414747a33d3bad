"""Word files of letters: made with nothing but what a test asks for, and read back."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree as ET

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{NAMESPACE}}}"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
PURPOSE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def run(text):
    return f"<w:r><w:t>{text}</w:t></w:r>"


def paragraph(*texts):
    return f"<w:p>{''.join(map(run, texts))}</w:p>"


def document(body, before="", **parts):
    """A document; `parts` are further ones, with `__` for `/`."""
    files = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r" Type="{PURPOSE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'{before}<w:document xmlns:w="{NAMESPACE}"><w:body>{body}</w:body></w:document>',
        **{name.replace("__", "/"): text for name, text in parts.items()},
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, text in files.items():
            package.writestr(name, text)
    return made.getvalue()


def texts(root):
    return ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in root.iter(f"{W}p")]


def first_paragraph(file):
    with zipfile.ZipFile(file) as package:
        return texts(ET.fromstring(package.read("word/document.xml")))[0]  # noqa: S314  # of our own making


def text_of(file):
    """The paragraphs of a document, cells of tables included."""
    with zipfile.ZipFile(file) as package:
        assert package.testzip() is None
        root = ET.fromstring(package.read("word/document.xml"))  # noqa: S314  # of our own making
    return "\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in root.iter(f"{W}p"))
