"""The main part of a DOCX, event by event, into drafts of paragraphs and tables.

Word nests paragraphs (text boxes stand inside runs) and tables (inside cells), so whatever is open is
kept on stacks. Every start handler that pushes has an end handler that pops; XML itself guarantees the
order. Parts that are not shown are skipped whole.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from checker.readers.blocks.colours import UNKNOWN
from checker.readers.blocks.drafts import DraftItem, DraftNote, DraftParagraph
from checker.readers.blocks.marks import ABOVE, BELOW, END_OF_DIRECTION, ON_LINE, RIGHT_TO_LEFT, shifted
from checker.readers.blocks.numbering import labelled
from checker.readers.limits import Limits
from checker.readers.raw.ooxml import COMPATIBILITY, DRAWING, MATHS, PLACED_DRAWING, VML, WORD, WORD_2010
from checker.readers.raw.safe_xml import whole_number
from checker.readers.raw.xml_events import Attributes, ElementEvents, End, Start
from checker.readers.word.docx_paragraphs import BodyParagraph, Container, OpenShapes
from checker.readers.word.docx_runs import RUN_PROPERTIES, RunLook, TextEffects
from checker.readers.word.docx_styles import AutomaticNumbers, DocxStyles, attribute, shade_of
from checker.readers.word.docx_tables import OpenTables

SKIPPED: Final = (
    "delText", "delInstrText", "instrText", "rt", "sdtPr", "tblPrEx", "sectPr",
    "pPrChange", "rPrChange", "tblPrChange", "trPrChange", "tcPrChange", "tblGridChange", "numberingChange",
)  # fmt: skip
"""Elements that hold nothing a person sees, or what used to be before a tracked change."""
_NO_OUTLINE: Final = 9
_FORMULA_PARTS: Final = {
    "sup": ABOVE, "sub": BELOW, **dict.fromkeys(("deg", "den", "e", "fName", "lim", "num", "oMath"), ON_LINE),
}  # fmt: skip
"""Parts of a formula that stand beside, above or below one another."""


class BodyReader:
    """Reads the main part of one document.

    Args:
        styles: the document's styles.
        lists: its list definitions.
        limits: bound for the nesting of elements.
    """

    def __init__(self, styles: DocxStyles, lists: AutomaticNumbers, limits: Limits) -> None:
        self.has_tracked_changes = False
        self.has_unseen_text = False
        self._styles = styles
        self._lists = lists
        self._properties_of = ""
        self._run: RunLook | None = None
        self._looks: dict[str | None, RunLook] = {}
        self._body_seen = False
        self._containers = [Container()]
        self._paragraphs: list[BodyParagraph] = []
        self._shapes = OpenShapes()
        self._effects = TextEffects()
        self._parts: list[int] = []
        self._overrides: list[str] = []
        self._alternatives: list[bool] = []
        self._events = ElementEvents(limits)
        self._parser = self._events.parser
        self._tables = OpenTables(self._parser, styles, self._containers, self._end_container)
        self._handle_blocks()
        self._handle_text()
        self._handle_drawings()

    def read(self, data: bytes) -> list[DraftItem] | None:
        """What the part holds, in reading order; None if it is no document.

        Args:
            data: the part.

        Raises:
            UnreadableError: `damaged` or `too_large`.
        """
        self._events.run(data)
        body = self._containers[0]
        self._end_container(body)
        return body.items if self._body_seen else None

    def _handle(self, namespaces: tuple[str, ...], name: str, start: Start, end: End | None = None) -> None:
        """Say what happens at an element."""
        for namespace in namespaces:
            self._events.starts[f"{namespace} {name}"] = start
            if end is not None:
                self._events.ends[f"{namespace} {name}"] = end

    def _handle_blocks(self) -> None:
        """What happens at paragraphs, tables, boxes and changes."""
        handle = self._handle
        for name in SKIPPED:
            handle(WORD, name, self._skip)
        handle(WORD, "body", self._start_body)
        handle(WORD, "p", self._start_paragraph, self._end_paragraph)
        for name in ("pPr", "trPr", "tcPr", "tblPr"):
            handle(WORD, name, self._start_properties(name), self._end_properties)
        handle(WORD, "pStyle", self._paragraph_style)
        handle(WORD, "numId", self._paragraph_number)
        handle(WORD, "ilvl", self._paragraph_level)
        handle(WORD, "outlineLvl", self._paragraph_outline)
        handle(WORD, "framePr", self._frame)
        handle(WORD, "shd", self._shade)
        for name in ("del", "moveFrom"):
            handle(WORD, name, self._deleted)
        for name in ("ins", "moveTo"):
            handle(WORD, name, self._inserted)
        for name, (start, end) in self._tables.handlers().items():
            handle(WORD, name, start, end)
        handle(WORD, "txbxContent", self._start_box, self._end_box)
        handle(WORD, "altChunk", self._embedded)
        handle(WORD, "object", self._object)

    def _handle_text(self) -> None:
        """What happens inside a line."""
        handle = self._handle
        handle(WORD, "r", self._new_run, self._new_run)
        for name in RUN_PROPERTIES:
            handle(WORD, name, self._run_property(name))
        for name in TextEffects.NAMES:
            handle(WORD_2010, name, partial(self._effects.start, name), self._end_effect)
        handle(WORD, "t", self._start_text, self._end_text)
        handle(WORD, "bdo", self._start_override, self._end_override)
        handle(MATHS, "t", self._start_formula, self._end_text)
        for name, place in _FORMULA_PARTS.items():
            handle(MATHS, name, partial(self._start_part, place), self._end_part)
        handle(WORD, "footnoteReference", self._note)
        handle(WORD, "endnoteReference", self._note)
        for name, text in (("tab", "\t"), ("ptab", "\t"), ("br", "\n"), ("cr", "\n"), ("noBreakHyphen", "-")):
            handle(WORD, name, self._start_character(text))
        handle(WORD, "fldChar", self._field_mark)

    def _handle_drawings(self) -> None:
        """What happens at shapes, pictures and alternatives of one another."""
        handle = self._handle
        for name in OpenShapes.NAMES:
            handle(VML, name, self._shapes.start, self._shapes.end)
        handle(WORD, "drawing", self._shapes.start, self._shapes.end)
        handle(PLACED_DRAWING, "docPr", self._shapes.describe)
        handle(DRAWING, "blip", self._picture)
        handle(VML, "imagedata", self._picture)
        handle(COMPATIBILITY, "AlternateContent", self._start_alternatives, self._end_alternatives)
        handle(COMPATIBILITY, "Choice", self._alternative)
        handle(COMPATIBILITY, "Fallback", self._alternative)

    def _skip(self, _: Attributes) -> None:
        """Leave out the element that just began and all inside it."""
        self._events.skip()

    def _start_body(self, _: Attributes) -> None:
        self._body_seen = True

    # Paragraphs

    def _start_paragraph(self, _: Attributes) -> None:
        container = self._containers[-1]
        place = self._parser.CurrentByteIndex
        self._paragraphs.append(BodyParagraph(place, container.ground, container.carried))
        container.carried = None

    def _end_paragraph(self) -> None:
        paragraph = self._paragraphs.pop()
        container = self._containers[-1]
        if paragraph.joins_next:
            container.carried = paragraph
        else:
            self._finish(paragraph, container)
        container.items.extend(paragraph.boxes)

    def _finish(self, paragraph: BodyParagraph, container: Container) -> None:
        style = self._styles.paragraph(paragraph.style)
        own = text = paragraph.text
        if style.number_id is not None or paragraph.number_id is not None:
            label = self._lists.label_of(paragraph.style, style, paragraph.number_id, paragraph.level)
            text = labelled(label, own)
        heading = style.heading
        if paragraph.outline is not None:
            heading = paragraph.outline + 1 if paragraph.outline < _NO_OUTLINE else None
        if text:
            container.items.append(paragraph.draft(text, len(text) - len(own), heading))

    def _end_container(self, container: Container) -> None:
        """A deleted paragraph end with nothing after it joins nothing."""
        if container.carried is not None:
            container.items.append(container.carried.draft(container.carried.text))

    def _start_properties(self, name: str) -> Start:
        def start(_: Attributes) -> None:
            self._properties_of = name

        return start

    def _end_properties(self) -> None:
        self._properties_of = ""

    def _paragraph_style(self, attributes: Attributes) -> None:
        if self._paragraphs:
            paragraph = self._paragraphs[-1]
            paragraph.style = attribute(attributes)
            paragraph.ground = self._styles.paragraph(paragraph.style).ground or paragraph.ground

    def _paragraph_number(self, attributes: Attributes) -> None:
        if self._paragraphs:
            self._paragraphs[-1].number_id = attribute(attributes)

    def _paragraph_level(self, attributes: Attributes) -> None:
        if self._paragraphs:
            self._paragraphs[-1].level = whole_number(attribute(attributes), 0)

    def _paragraph_outline(self, attributes: Attributes) -> None:
        if self._paragraphs:
            self._paragraphs[-1].outline = whole_number(attribute(attributes), _NO_OUTLINE)

    # Runs and their text

    def _new_run(self, _: Attributes | None = None) -> None:
        self._run = None

    def _look(self) -> RunLook:
        """The look of the open run, which is there from the first property that matters."""
        if self._run is None:
            style = self._paragraphs[-1].style if self._paragraphs else None
            self._run = RunLook.of(self._styles.paragraph(style))
        return self._run

    def _look_of(self, style: str | None) -> RunLook:
        """The look of runs without properties in a paragraph of a style; nothing may change it."""
        look = self._looks.get(style)
        if look is None:
            look = self._looks[style] = RunLook.of(self._styles.paragraph(style))
        return look

    def _note(self, attributes: Attributes) -> None:
        self._look().note(attribute(attributes, "customMarkFollows"))

    def _run_property(self, name: str) -> Start:
        def start(attributes: Attributes) -> None:
            if not self._properties_of:
                self._look().take(name, attributes, self._styles)

        return start

    def _start_text(self, _: Attributes) -> None:
        self._parser.CharacterDataHandler = self._text

    def _start_formula(self, _: Attributes) -> None:
        self._parser.CharacterDataHandler = self._formula

    def _end_text(self) -> None:
        self._parser.CharacterDataHandler = None

    def _text(self, text: str) -> None:
        # A line break in the source is a space; only `br` breaks a line.
        self._append(text.replace("\n", " ") if "\n" in text else text)

    def _formula(self, text: str) -> None:
        """Text of a formula is shown, but is none of the paragraph's own."""
        place = next((place for place in reversed(self._parts) if place != ON_LINE), ON_LINE)
        for character in shifted(text.replace("\n", " "), place):
            self._append(character, counted=0)

    def _start_part(self, place: int, _: Attributes) -> None:
        self._parts.append(place)
        self._part_ends()

    def _end_part(self) -> None:
        self._parts.pop()
        self._part_ends()

    def _part_ends(self) -> None:
        """Parts of a fraction, or above one another, make no figure together."""
        if self._paragraphs:
            self._paragraphs[-1].apart = True

    def _end_effect(self) -> None:
        effect = self._effects.end()
        if effect is not None and not self._properties_of:
            self._look().affect(effect)

    def _start_override(self, attributes: Attributes) -> None:
        """Text is written from right to left, figures too."""
        mark = RIGHT_TO_LEFT if attribute(attributes) == "rtl" else ""
        self._overrides.append(mark)
        self._append(mark, counted=0)

    def _end_override(self) -> None:
        self._append(END_OF_DIRECTION if self._overrides.pop() else "", counted=0)

    def _start_character(self, text: str) -> Start:
        return lambda _: self._append(text)

    def _append(self, text: str, counted: int = 1) -> None:
        if self._paragraphs and not self._properties_of:
            paragraph = self._paragraphs[-1]
            length = counted * len(text)
            run = self._run or paragraph.look
            if run is None:
                run = paragraph.look = self._look_of(paragraph.style)
            if True in paragraph.fields:
                text = ""
            elif self._shapes.hide or run.hides(paragraph.ground):
                self.has_unseen_text = self.has_unseen_text or not text.isspace()
                text = ""
            else:
                text = run.shown(text)
            paragraph.append(text, length)

    def _field_mark(self, attributes: Attributes) -> None:
        if self._paragraphs:
            self._paragraphs[-1].field_mark(attribute(attributes, "fldCharType"))

    def _shade(self, attributes: Attributes) -> None:
        """The ground of a run, or of what its properties are open of."""
        kind = self._properties_of
        if kind == "":
            self._look().take("shd", attributes, self._styles)
            return
        ground = shade_of(attributes)
        if ground is None:
            return
        if kind == "pPr" and self._paragraphs:
            self._paragraphs[-1].ground = ground
        else:
            self._tables.shade(kind, ground)

    def _frame(self, _: Attributes) -> None:
        """The paragraph stands somewhere else on the page."""
        if self._paragraphs:
            self._paragraphs[-1].framed = True

    # Tracked changes

    def _deleted(self, _: Attributes) -> None:
        self.has_tracked_changes = True
        if self._properties_of == "pPr" and self._paragraphs:
            self._paragraphs[-1].joins_next = True
        elif self._properties_of == "trPr":
            self._tables.delete_row()
        self._events.skip()

    def _inserted(self, _: Attributes) -> None:
        self.has_tracked_changes = True

    # Text boxes, pictures and alternatives

    def _start_box(self, _: Attributes) -> None:
        self._containers.append(Container(UNKNOWN))

    def _end_box(self) -> None:
        container = self._containers.pop()
        self._end_container(container)
        for item in container.items:
            if isinstance(item, DraftParagraph):
                item.apart = True
        self._beside(*container.items)
        # The run that holds the box is shown, or the box would not be.
        self._run = None

    def _beside(self, *items: DraftItem) -> None:
        """Items that stand beside the current paragraph come after it."""
        target = self._paragraphs[-1].boxes if self._paragraphs else self._containers[-1].items
        target.extend(items)

    def _picture(self, _: Attributes) -> None:
        self._beside(DraftNote("image", "文档里有图片，图片里的文字和表格没有检查，请人工核对。"))

    def _embedded(self, _: Attributes) -> None:
        self._beside(
            DraftNote("embedded_document", "文档里嵌有另一份文件，那一部分没有检查。请用 Word 另存后再检查。")
        )

    def _object(self, _: Attributes) -> None:
        """An embedded object shows an icon or a picture; what stands in that is no text of the document."""
        self._beside(
            DraftNote("embedded_object", "文档里嵌有对象（如另一份 Word、Excel 文件），里面的内容没有检查。")
        )
        self._events.skip()

    def _start_alternatives(self, _: Attributes) -> None:
        self._alternatives.append(False)

    def _end_alternatives(self) -> None:
        self._alternatives.pop()

    def _alternative(self, _: Attributes) -> None:
        """Of several forms of the same content the first is read."""
        if self._alternatives:
            if self._alternatives[-1]:
                self._events.skip()
            self._alternatives[-1] = True
