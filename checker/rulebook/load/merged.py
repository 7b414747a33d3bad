"""Several files on the same thing read as one: what a local file writes is added to the built-in file by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Data = Mapping[str, Any]


def merged_fields(files: Iterable[Data]) -> dict[str, Any]:
    """Contents of files of fields: a field that a later file writes stands in place of the one of that name."""
    titles: dict[str, str] = {}
    entries: dict[str, list[Data]] = {}
    for data in files:
        titles.update(data.get("titles", {}))
        own: dict[str, list[Data]] = {}
        for entry in data["fields"]:
            own.setdefault(entry["name"], []).append(entry)
        entries.update(own)
    names = {name: titles.get(name, name) for name in (*titles, *entries)}
    return {"titles": names, "fields": [entry for same_named in entries.values() for entry in same_named]}


def merged_bodies(files: Iterable[Data]) -> dict[str, Any]:
    """Contents of files on bodies or titles: what has names is merged by them, else the last file counts.

    Lists are tried from the last file to the first, so that a local way of writing goes before the general ones.
    """
    merged: dict[str, Any] = {}
    for data in files:
        merged = _merged(merged, data)
    return merged


def _merged(before: Any, after: Any) -> Any:
    if isinstance(before, dict) and isinstance(after, dict):
        own = {key: _merged(before[key], value) if key in before else value for key, value in after.items()}
        return {**before, **own}
    if isinstance(before, list) and isinstance(after, list):
        return [*after, *(value for value in before if value not in after)]
    return after
