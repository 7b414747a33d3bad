"""Pieces that several schemas of rule files are made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

LEVELS: Final = ("government", "office", "department", "township", "subdistrict", "central", "other")
TIERS: Final = ("national", "province", "prefecture", "county", "township")
SEVERITIES: Final = ("error", "warning", "info")

PROFILE_NAME: Final = "^[a-z][a-z0-9_-]*$"

TEXT: Final = {"type": "string", "minLength": 1}
TEXTS: Final = {"type": "array", "items": TEXT}
DATE: Final = {"type": "string", "format": "date", "description": "日期，如 2024-01-31"}


def object_schema(required: tuple[str, ...], properties: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """A JSON Schema for an object that takes exactly these keys."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(required),
        "properties": dict(properties),
        **more,
    }
