"""Reads annotated Word documents with another library, and undoes what was put into them, as a person would."""

from __future__ import annotations

import io
import zipfile
from copy import deepcopy

import docx
from docx.oxml.ns import qn
from lxml import etree

OURS = "年报检查"
MARKS = ("commentRangeStart", "commentRangeEnd", "commentReference")
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def opened(data):
    """The document as python-docx sees it."""
    return docx.Document(io.BytesIO(data))


def comments(data):
    """Text and enclosed text of each comment of ours, in order of their ids."""
    document = opened(data)
    ranges = enclosed(document.element)
    return [
        (comment.text, ranges[comment.comment_id])
        for comment in sorted(document.comments, key=lambda one: one.comment_id)
        if comment.author == OURS
    ]


def enclosed(root):
    """Text between the marks of each comment by its id; text that a change deletes is not there."""
    texts, begun = {}, []
    for element in root.iter():
        number = element.get(qn("w:id"))
        if element.tag == qn("w:commentRangeStart"):
            begun.append(int(number))
            assert int(number) not in texts
            texts[int(number)] = ""
        elif element.tag == qn("w:commentRangeEnd"):
            begun.remove(int(number))
        for one in begun:
            texts[one] += shown(element)
    assert not begun
    return texts


def shown(element):
    """What stands in the file before our changes."""
    change = next(element.iterancestors(qn("w:ins"), qn("w:del")), None)
    mine = change is not None and change.get(qn("w:author")) == OURS
    inserted = change is not None and change.tag == qn("w:ins")
    if element.tag == qn("w:delText" if mine and not inserted else "w:t") and not (mine and inserted):
        return element.text or ""
    return {qn("w:tab"): "\t", qn("w:br"): "\n"}.get(element.tag, "") if is_in_run(element) else ""


def is_in_run(element):
    return element.getparent() is not None and element.getparent().tag == qn("w:r")


def holders(data):
    """The paragraphs and cells in which the ranges of our comments begin, as paths of elements, by id."""
    tree = opened(data).element
    return {
        int(start.get(qn("w:id"))): [one.tag for one in start.iterancestors()]
        for start in tree.iter(qn("w:commentRangeStart"))
    }


def main_part(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/document.xml")


def with_main_part(data, content):
    """The package with another main part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w") as copy:
        for info in archive.infolist():
            copy.writestr(info, content if info.filename == "word/document.xml" else archive.read(info))
    return out.getvalue()


def without_comments(root, numbers):
    """Remove the marks of some comments, and the runs that refer to them."""
    for name in MARKS:
        for mark in list(root.iter(qn(f"w:{name}"))):
            gone = mark.getparent() if name == "commentReference" else mark
            if mark.get(qn("w:id")) in numbers:
                gone.getparent().remove(gone)
    return root


def ours(data):
    """Ids of our comments, as they are written."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "word/comments.xml" not in archive.namelist():
            return set()
        notes = parsed(archive.read("word/comments.xml"))
    return {one.get(qn("w:id")) for one in notes if one.get(qn("w:author")) == OURS}


def unwrapped(element):
    parent = element.getparent()
    place = parent.index(element)
    for child in reversed(list(element)):
        parent.insert(place, child)
    parent.remove(element)


def decided(root, accept):
    """Accept or reject our changes."""
    for name in ("ins", "del"):
        for change in list(root.iter(qn(f"w:{name}"))):
            if change.get(qn("w:author")) != OURS:
                continue
            if not accept:
                for text in change.iter(qn("w:delText")):
                    text.tag = qn("w:t")
            if (name == "ins") == accept:
                unwrapped(change)
            else:
                change.getparent().remove(change)
    return root


def joined(root):
    """Put runs of the same look that touch each other together, and say nothing of white space."""
    for run in list(root.iter(qn("w:r"))):
        before = run.getprevious()
        if before is None or before.tag != run.tag or dict(before.attrib) != dict(run.attrib):
            continue
        if look(before) == look(run):
            for child in list(run):
                if child.tag != qn("w:rPr"):
                    before.append(child)
            run.getparent().remove(run)
    for text in list(root.iter(qn("w:t"))):
        text.attrib.pop(SPACE, None)
        before = text.getprevious()
        if before is not None and before.tag == text.tag:
            before.text = (before.text or "") + (text.text or "")
            text.getparent().remove(text)
    return root


def look(run):
    properties = run.find(qn("w:rPr"))
    return b"" if properties is None else etree.tostring(properties, method="c14n")


def parsed(content):
    return etree.fromstring(content)


def canonical(root):
    return etree.tostring(root, method="c14n")


def left_of(data):
    """The main part of an annotated file as it is when everything of ours is taken out and rejected."""
    return canonical(joined(decided(without_comments(parsed(main_part(data)), ours(data)), accept=False)))


def as_it_was(data):
    """The main part of a source, to compare with `left_of`."""
    return canonical(joined(parsed(main_part(data))))


def accepted(data):
    """An annotated file with every change of ours accepted and its comments left in."""
    return with_main_part(
        data, etree.tostring(decided(deepcopy(parsed(main_part(data))), accept=True), encoding="UTF-8")
    )
