"""Whether the characters that were read are those that the author wrote.

Text whose encoding was taken for another one, and PDF whose fonts do not tell which character a glyph is, give
characters that nobody wrote. A file that seems to be no report may be one that cannot be read.
"""

from __future__ import annotations

from itertools import islice
from typing import Final

from checker.model.document import Document
from checker.model.findings import Problem
from checker.readers.blocks.collector import UNSEEN_TEXT

_COMMON: Final = frozenset(
    "的一是在不了有和人这中大为上个国以要他时来用生到作地于出就分对成会可主发年动同工也能下过子产种面而方后多定行学法所民得经"
    "政府信息公开情况部门办理件数总计理机关其他事项申请复议诉讼制度管理服务单位全市县区本级第二三四五六七八九十月日及与无等"
)
"""Characters that make up a good third of any official text, whatever it is about."""
_SAMPLE: Final = 20_000
_FEWEST: Final = 60
"""Characters needed to judge."""
_STRANGE_SHARE: Final = 0.3
_COMMON_SHARE: Final = 0.06
_CONTENT_ELSEWHERE: Final = ("image", "embedded_document", "embedded_object")


def is_legible(document: Document) -> bool:
    """Whether a document can be read as Chinese, or as anything else that a person writes.

    Not legible are texts of which a third is no writing at all (controls, private use, question marks, letters of
    Western languages with marks one after the other), and Chinese text that has hardly any of the common characters.
    """
    texts = [paragraph.text for paragraph in document.paragraphs()]
    texts += [cell.text for table in document.tables() for cell in table.cells()]
    sample = "".join(islice((c for text in texts for c in text if not c.isspace()), _SAMPLE))
    ideographs = [character for character in sample if "\u3400" <= character <= "\u9fff"]
    strange = sum(map(_is_strange, sample))
    if len(sample) < _FEWEST:
        return True
    if strange > _STRANGE_SHARE * len(sample):
        return False
    common = sum(character in _COMMON for character in ideographs)
    return len(ideographs) < _FEWEST or common >= _COMMON_SHARE * len(ideographs)


def _is_strange(character: str) -> bool:
    """Whether a character is no writing, or a letter that stands alone among plain ones in any language."""
    return (
        "\x80" <= character <= "\xff"
        or "\u0100" <= character <= "\u02ff"
        or "\ue000" <= character <= "\uf8ff"
        or character in "\ufffd?"
        or not (character.isprintable() or character.isspace())
    )


def why_unread(document: Document) -> Problem | None:
    """Why a file that seems to be no report may be one all the same, None if it cannot."""
    if not is_legible(document):
        text = "文字是乱码，读不出来：编码被转错过，或者字体里没有文字信息。请用原来的软件打开，另存为 .docx 后再检查。"
        return Problem("garbled", text)
    codes = () if document.blocks else [note.code for note in document.notes]
    if any(code in _CONTENT_ELSEWHERE for code in codes):
        text = "文件里没有文字，内容在图片或嵌入的文件里，读不出来。请用 Word 或 WPS 打开，把全文存为文字后再检查。"
        return Problem("no_text", text)
    if UNSEEN_TEXT[0] in codes:
        text = "文件里的文字都是隐藏的、划掉的或印出来看不见的（如白底白字），没有检查。请改成看得见的文字后再检查。"
        return Problem("no_text", text)
    return None
