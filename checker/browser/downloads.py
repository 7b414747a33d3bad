"""The files that the page offers: results in the formats of `check`, and lists of what a person has changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from checker import api
from checker.browser.checked import Checked
from checker.writers import output_named

Download = Callable[[Checked], tuple[str, bytes]]


def _result(checked: Checked, output: str) -> tuple[str, bytes]:
    text = "".join(api.render(checked.run, output))
    return f"{stem(checked.name)}-检查结果.{output_named(output).endings[0]}", text.encode()


def stem(name: str) -> str:
    """The name of a file without its folders and its ending."""
    file = name.replace("\\", "/").rpartition("/")[2]
    return file.rpartition(".")[0] or file or "年报"


DOWNLOADS: Final[Mapping[str, Download]] = {
    output: partial(_result, output=output) for output in ("html", "csv", "json")
}
"""What can be downloaded, by the word that a request has for it."""
