"""Files of a folder that are not checked because they are no documents: told in one line, so that none is lost.

What systems, office programs and browsers leave beside documents is not worth a line.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from checker.model.errors import NotAReportError
from checker.readers.formats import suffixes
from checker.readers.packages.choice import may_be_reports, pictures_among, told_as_others
from checker.readers.signatures import suffix_of

PACKED: Final = frozenset(("7z", "arj", "bz2", "cab", "gz", "lzh", "rar", "tar", "tgz", "xz", "z", "zipx"))
"""Endings of packages that cannot be opened; what is in one was handed in all the same."""
_WRITTEN: Final = frozenset(("jsonl", "log", "ndjson", "parquet", "sarif"))
"""Endings of results, which often lie beside the reports; those that are no documents and no tables of figures."""
_MOST: Final = 100_000
"""Files that are looked at; in a folder with more the rest is not counted."""


def others_in(folder: Path) -> NotAReportError | None:
    """What is to be said of the files of a folder that are not checked; None if there are none worth telling."""
    files = [
        (name, any(part.startswith(".") for part in name.split("/")[:-1]))
        for name in islice(_names(folder), _MOST)
    ]
    documents = frozenset(suffixes())
    known = documents | PACKED | _WRITTEN
    seen = [name for name, hidden in files if not hidden]
    may_be = may_be_reports(seen)
    return told_as_others(
        {
            "图片": pictures_among(seen),
            "格式不能读的文件": [one for one in seen if one in may_be and suffix_of(one) not in known],
            "以点开头的文件夹里的文档": [
                one for one, hidden in files if hidden and suffix_of(one) in documents
            ],
        }
    )


def _names(folder: Path) -> Iterator[str]:
    for root, folders, names in os.walk(folder):
        folders.sort()
        yield from (Path(root, name).relative_to(folder).as_posix() for name in sorted(names))
