"""What links call the headings of a page: rules and kinds of checks by their ids, others as code hosts do."""

from __future__ import annotations

import re
from typing import Final

from myst_parser.mdit_to_docutils.base import default_slugify

_RULE: Final = re.compile(r"([A-Z][A-Z0-9]*-[0-9]+) ")
_KIND: Final = re.compile(r"[^a-zA-Z]+ ([a-z_]+)")


def slug(title: str) -> str:
    """The name of a heading, by its text."""
    named = _RULE.match(title) or _KIND.fullmatch(title)
    return named[1] if named else default_slugify(title)
