"""Files of labels."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""That of libyaml, eight times as fast, where there is one."""


def read_labels(path: Path) -> Any:
    """What a YAML file of labels holds."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506  # both of them are safe
