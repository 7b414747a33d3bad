"""The page about the mutation score."""

from __future__ import annotations

from collections.abc import Iterator

from checker.workbench.mutation.mutation import Coverage, Score

_SURVIVORS_SHOWN = 3


def coverage_page(coverage: Coverage, mark: str) -> str:
    """Scores by operator, rules with what they alone catch, and examples of what nothing catches."""
    return "\n".join(_lines(coverage, mark)) + "\n"


def percent(score: Score) -> str:
    """Share of mutants that are caught, rounded down so that 100% means all."""
    return f"{score.caught * 100 // score.total if score.total else 0}%"


def _lines(coverage: Coverage, mark: str) -> Iterator[str]:
    total = coverage.score
    yield "# 变异测试"
    yield mark
    yield ""
    yield "把几份没有问题的报告、一次没有问题的检查（几份报告，连同单位清单和例外清单）逐处改坏，看规则查不查得出。"
    yield "样本和差错写在 `checker/workbench/mutation/coverage_samples.yaml`。"
    yield ""
    yield f"**{total.total} 处改动查出 {total.caught} 处（{percent(total)}）。**"
    yield ""
    yield "| 改法 | 改动 | 查出 | 比例 | 查不出的例子 |"
    yield "|---|---|---|---|---|"
    for key, score in coverage.scores():
        missed = [r.mutant.change for r in coverage.survivors if r.mutant.operator == key]
        shown = "；".join(dict.fromkeys(missed[:_SURVIVORS_SHOWN]))
        yield f"| {score.title} | {score.total} | {score.caught} | {percent(score)} | {_cell(shown)} |"
    yield ""
    yield "## 每条规则"
    yield ""
    yield "“独自查出”是只有这条规则查得出的改动；去掉这条规则，这些改动就没有人发现。"
    yield "（认出表没有读对的规则有些不同：去掉它，别的规则会对着读错的数报错。）"
    yield ""
    yield "| 规则 | 查出 | 独自查出 | 其中一处 |"
    yield "|---|---|---|---|"
    for rule in coverage.rules:
        alone = coverage.alone[rule]
        words = alone[0].change if alone else reason(coverage, rule)
        yield f"| {rule} | {coverage.caught[rule]} | {len(alone)} | {_cell(words)} |"


def reason(coverage: Coverage, rule: str) -> str:
    """Why a rule is alone on no mutant, as a Chinese phrase."""
    companions = coverage.companions(rule)
    if companions:
        return f"每次都与 {'、'.join(companions)} 一起查出"
    return "每次都与别的规则一起查出" if coverage.caught[rule] else "没有一处改动由它查出"


def _cell(text: str) -> str:
    return (
        text.replace("\\", "\\\\")
        .replace("|", "\\|")
        .replace("\n", " ")
        .replace("[", "\\[")
        .replace("<", "\\<")
    )
