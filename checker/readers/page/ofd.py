"""OFD, the national format for fixed layouts (GB/T 33190)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Final

from checker.model.document import Document
from checker.model.errors import UnreadableError
from checker.readers.blocks.collector import UNSEEN_TEXT, BlockCollector
from checker.readers.limits import Limits, too_large
from checker.readers.page.join import join_pages
from checker.readers.page.layout import PageContent, lay_out
from checker.readers.page.ofd_ink import PagePainter, numbers
from checker.readers.page.printed.cost import Cost
from checker.readers.raw.archive import Archive, damaged
from checker.readers.raw.safe_xml import Element, read_tree

_A4: Final = (0.0, 0.0, 210.0, 297.0)
_LONGEST_SIDE: Final = 7000.0
"""Longest side of a page in millimetres."""
_COVERING: Final = 0.8
"""Part of the page that the image of a scan covers."""
_ADVICE: Final = "请提供 Word/WPS 源文件，或由它直接导出、文字可以选中的 OFD、PDF。"


def read(data: bytes, name: str, limits: Limits) -> Document:  # noqa: ARG001 - the interface of readers
    """Read an OFD file; annotations, watermarks and seals are left out.

    Args:
        data: the file.
        name: its name, not used.
        limits: how much reading may cost.

    Returns:
        Paragraphs with page and box, tables whose cells have theirs, as for PDF.

    Raises:
        UnreadableError: `damaged`, `encrypted`, `scan`, `empty` or `too_large`.
    """
    package = _Package(Archive(data, limits), limits)
    root = package.tree("OFD.xml")
    contents: list[PageContent] = []
    painters: list[PagePainter] = []
    cost = Cost()
    cells = limits.cells
    for body in root.all("DocBody"):
        for painter in _painted_pages(package, _text(body, "DocRoot"), len(painters), cost, limits):
            painters.append(painter)
            before = contents[-1] if contents else None
            for content in lay_out(painter.ink(), cells, before):
                contents.append(content)
                cells -= content.cells
    _refuse_useless(painters, cost)
    collector = BlockCollector(limits)
    join_pages(contents, collector)
    if any(painter.hides for painter in painters):
        collector.note(*UNSEEN_TEXT)
    title = _text(root, "DocBody", "DocInfo", "Title")
    return collector.document("ofd", {"title": title} if title else {})


def _refuse_useless(painters: list[PagePainter], cost: Cost) -> None:
    if cost.characters:
        return
    if any(painter.image_share >= _COVERING for painter in painters):
        raise UnreadableError("scan", f"OFD 是扫描件，页面是图片，没有文字可查。{_ADVICE}")
    raise UnreadableError("empty", "OFD 里没有文字。请确认导出的文件后再检查。")


class _Package:
    """Parts of the archive by the paths other parts give, each parsed once."""

    def __init__(self, archive: Archive, limits: Limits) -> None:
        self._archive = archive
        self._limits = limits
        self._names = {name.lower(): name for name in archive.names}
        self._trees: dict[str, Element] = {}

    def locate(self, path: str, *folders: str) -> str | None:
        """The part that `path` means, seen from the first of `folders` in which it exists."""
        plain = path.strip().replace("\\", "/")
        for folder in ("",) if plain.startswith("/") else folders:
            full = posixpath.normpath(posixpath.join("/", folder, plain.lstrip("/"))).lstrip("/")
            found = self._names.get(full.lower())
            if found is not None:
                return found
        return None

    def tree(self, name: str) -> Element:
        """A part as elements.

        Raises:
            UnreadableError: missing or broken.
        """
        known = self._trees.get(name)
        if known is None:
            known = self._trees[name] = read_tree(self._archive.read(name), self._limits)
        return known


def _painted_pages(
    package: _Package, doc_root: str, done: int, cost: Cost, limits: Limits
) -> Iterator[PagePainter]:
    """The pages of one document in the file, with what its templates print on them."""
    name = package.locate(doc_root, "")
    if name is None:
        raise damaged("缺少文档结构")
    document, folder = package.tree(name), posixpath.dirname(name)
    common = document.find("CommonData")
    templates = {
        template.attributes.get("ID", ""): template.attributes.get("BaseLoc", "")
        for template in (common.all("TemplatePage") if common else ())
    }
    composites = _composites(package, common, folder)
    pages = document.find("Pages")
    for number, entry in enumerate(pages.all("Page") if pages else (), done + 1):
        if number > limits.pages:
            raise too_large(f"多于 {limits.pages} 页")
        part = package.locate(entry.attributes.get("BaseLoc", ""), folder, "")
        if part is None:
            raise damaged(f"缺少第{number}页的内容")
        page = package.tree(part)
        painter = PagePainter(number, _page_box(page, common, number), composites, cost)
        for used in page.all("Template"):
            place = package.locate(templates.get(used.attributes.get("TemplateID", ""), ""), folder, "")
            if place is not None:
                _paint(painter, package.tree(place))
        _paint(painter, page)
        yield painter


def _paint(painter: PagePainter, page: Element) -> None:
    content = page.find("Content")
    if content is not None:
        painter.paint(content)


def _page_box(page: Element, common: Element | None, number: int) -> tuple[float, float, float, float]:
    """Left, top, width and height: of the page itself, else of all pages of the document."""
    for area in (page.find("Area"), common.find("PageArea") if common else None):
        box = numbers(_text(area, "PhysicalBox")) if area else []
        if len(box) == 4 and min(box[2:]) > 0:  # noqa: PLR2004 - four numbers make a box
            if max(box[2:]) > _LONGEST_SIDE:
                raise too_large(f"第{number}页的页面尺寸不正常")
            return (box[0], box[1], box[2], box[3])
    return _A4


def _composites(package: _Package, common: Element | None, folder: str) -> dict[str, Element]:
    """Content of the composite graphic units in the document's resources, by their id."""
    units: dict[str, Element] = {}
    for kind in ("PublicRes", "DocumentRes"):
        for reference in common.all(kind) if common else ():
            name = package.locate(reference.text, folder, "")
            groups = package.tree(name).all("CompositeGraphicUnits") if name else ()
            for unit in (unit for group in groups for unit in group.children):
                content = unit.find("Content")
                if content is not None:
                    units[unit.attributes.get("ID", "")] = content
    return units


def _text(element: Element, *path: str) -> str:
    found = element.find(*path)
    return found.text.strip() if found else ""
