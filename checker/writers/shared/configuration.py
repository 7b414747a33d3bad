"""What a run was told to do differently, in sentences, the same in every output."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from checker.model.configuration import Configuration, RulePack
from checker.model.findings import CheckRun
from checker.writers.shared.text_cells import harmless

_SOURCES: Final = {
    "given": "用 --config 指定",
    "current": "在当前文件夹",
    "beside": "在报告旁边",
    "above": "在上级文件夹",
}


def configuration_lines(run: CheckRun) -> list[str]:
    """A sentence for each thing that was done differently; empty for a plain run."""
    used = run.configuration
    if used is None:
        return []
    lines: list[str] = []
    changes = "；".join(used.changes)
    if used.path:
        lines.append(
            f"采用了配置文件“{used.path}”（{_SOURCES[used.source or 'given']}）：{changes or '没有改变检查'}。"
        )
    elif changes:
        lines.append(f"命令行的选项改变了检查：{changes}。")
    lines += rule_lines(used.packs, used.replaced, used.replaced_parts)
    lines += [
        f"没有采用随文件一起交来的配置文件“{path}”；要用它，请加 --config {path}。" for path in used.ignored
    ]
    return [harmless(line) for line in lines]


def rule_lines(
    packs: Sequence[RulePack], replaced: Sequence[str], replaced_parts: Sequence[str]
) -> list[str]:
    """A sentence for each rule pack, and on what of the built-in rules others stand in place of."""
    lines = [
        f"采用了规则包“{pack.title or pack.path}”{f' {pack.version} 版' if pack.version else ''}"
        f"（{pack.path}，{pack.digest}）。"
        for pack in packs
    ]
    if replaced:
        lines.append(f"自带的规则被另加的同号规则替换：{'、'.join(replaced)}。")
    if replaced_parts:
        lines.append(f"自带的内容被另加的同名内容替换：{'、'.join(replaced_parts)}。")
    return [harmless(line) for line in lines]


def configuration_json(used: Configuration | None) -> dict[str, Any] | None:
    """What was done differently, as the result contract has it."""
    if used is None:
        return None
    return {
        "path": used.path,
        "source": used.source,
        "settings": dict(used.settings),
        "rules_off": list(used.rules_off),
        "replaced": list(used.replaced),
        "replaced_parts": list(used.replaced_parts),
        "packs": [dict(vars(pack)) for pack in used.packs],
        "ignored": list(used.ignored),
    }
