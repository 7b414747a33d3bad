"""Cases that fall short at present, with what keeps them from it; the runner counts them apart."""

from __future__ import annotations

from typing import Final

KNOWN: Final[dict[str, str]] = {
    "glued/invisible.pdf": "PDF 里不着色的文字照样读取，扫描件的文字层就是这样写的",
    "glued/below.ofd": "OFD 里比数字低的小字，没有当作下标",
}
