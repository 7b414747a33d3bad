"""Changes between two versions for a person, and as data."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

from checker.writers.shared.text_cells import harmless
from quality.releases.changes import GROUPS, Change
from quality.releases.versions import Version

_SHOWN: Final = 12
"""Different changes of a group; the JSON file has all."""
_NAMED: Final = 3
"""Documents of one change."""
_LONGEST: Final = 160
_COMMON: Final = {"pass": "合格", "fail": "不合格", "not_applicable": "不适用", "not_checked": "未能判断",
                  "broken": "程序出错", "checked": "已检查", "unreadable": "读不了", "skipped": "不是报告"}  # fmt: skip


def by_group(changes: Sequence[Change]) -> dict[str, list[Change]]:
    """The changes of each group: reading and what was read first, then the rules by their ids."""
    groups: dict[str, list[Change]] = {group: [] for group in GROUPS}
    for change in sorted(changes, key=lambda change: change.group):
        groups.setdefault(change.group, []).append(change)
    return {group: those for group, those in groups.items() if those}


def lines(
    changes: Sequence[Change], old: Version, new: Version, documents: int, output: str
) -> Iterator[str]:
    """The report for a person.

    Args:
        changes: what differs.
        old: the older version.
        new: the newer one.
        documents: how many were checked.
        output: name of the file that holds all of it.
    """
    changed = len({change.document for change in changes})
    yield f"{old.name}（{old.commit}）→ {new.name}（{new.commit}）：检查 {documents} 份文件，{_total(changed, changes)}"
    for group, those in by_group(changes).items():
        title = next((change.title for change in those if change.title), "")
        yield ""
        yield f"■ {harmless(group)}{'  ' if title else ''}{harmless(title)}（{_counted(those)}）"
        same = _same(those)
        for (what, place, before, after), paths in list(same.items())[:_SHOWN]:
            yield f"  {what}{place}  {before} → {after}"
            more = f" 等 {len(paths)} 份" if len(paths) > _NAMED else ""
            yield f"      {'、'.join(harmless(path) for path in paths[:_NAMED])}{more}"
        if len(same) > _SHOWN:
            yield f"  另有 {len(same) - _SHOWN} 种改变，见 {output}"
    if changes:
        yield ""
        yield f"全部改变在 {output}；发布之前请逐组说明原因。"


def _total(changed: int, changes: Sequence[Change]) -> str:
    return f"{changed} 份的结果变了，共 {len(changes)} 处。" if changes else "结果全都一样。"


def _counted(those: Sequence[Change]) -> str:
    words = Counter(change.what for change in those)
    shown = [f"{word} {count}" for word, count in words.most_common(_NAMED)]
    return "，".join([*shown, *(["…"] if len(words) > _NAMED else [])])


def _same(those: Sequence[Change]) -> dict[tuple[str, str, str, str], list[str]]:
    """Documents of the changes that read alike, the most frequent first."""
    found: dict[tuple[str, str, str, str], dict[str, None]] = {}
    for change in those:
        told = (change.what, _place(change.place), _shown(change.before), _shown(change.after))
        found.setdefault(told, {})[change.document] = None
    return {told: list(paths) for told, paths in sorted(found.items(), key=lambda item: -len(item[1]))}


def _place(location: Mapping[str, Any]) -> str:
    words = [f"第{location['section']}部分"] if location.get("section") else []
    words += [str(location[name]) for name in ("table", "row_label", "column_label") if location.get(name)]
    words += [
        f"{word}{location[name]}" for name, word in (("page", "页"), ("line", "行")) if location.get(name)
    ]
    return f"（{harmless(' '.join(words))}）" if words else ""


def _shown(value: Any) -> str:
    if value is None:
        return "无"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = harmless(_COMMON.get(text, text))
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def data(
    changes: Sequence[Change], old: Version, new: Version, documents: Sequence[str], today: str
) -> dict[str, Any]:
    """The whole comparison as plain data."""
    return {
        "version": 1,
        "old": {"name": old.name, "commit": old.commit},
        "new": {"name": new.name, "commit": new.commit},
        "today": today,
        "documents": list(documents),
        "groups": [
            {
                "group": group,
                "title": next((change.title for change in those if change.title), None),
                "changes": [
                    {name: value for name, value in asdict(change).items() if name not in ("group", "title")}
                    for change in those
                ],
            }
            for group, those in by_group(changes).items()
        ],
    }
