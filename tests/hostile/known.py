"""Cases that fall short at present, with what keeps them from it; the runner counts them apart."""

from __future__ import annotations

from typing import Final

KNOWN: Final[dict[str, str]] = {
    "glued/two_figures.txt": "单元格里用空格隔开的两个数，会连成一个",
    "glued/raised.docx": "Word 用“位置提升”加小字写的注码，没有当作上标",
    "glued/footnote_custom.docx": "Word 自定义的脚注标记没有设成上标",
    "glued/style_raised_length.html": "网页用长度值提升的小字，没有当作上标",
    "glued/style_raised_length.mhtml": "同上",
    "glued/invisible.pdf": "PDF 里不着色的文字照样读取，扫描件的文字层就是这样写的",
    "glued/below.ofd": "OFD 里比数字低的小字，没有当作下标",
    "glued/tiny.pdf": "PDF 里小到看不见的字，没有当作上标",
}
