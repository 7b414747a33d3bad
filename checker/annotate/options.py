"""What is asked for, and what comes out."""

from __future__ import annotations

from datetime import date
from typing import Final

from checker.model.configuration import Configuration
from checker.model.errors import UsageError
from checker.model.findings import Finding, ReportResult, RulebookInfo, Severity
from checker.model.vocabulary import NO_VOCABULARY, Vocabulary
from checker.startup.records import dataclass

_NO_RULES: Final = RulebookInfo("", "", {}, NO_VOCABULARY)


@dataclass(frozen=True, slots=True)
class AnnotateOptions:
    """What is written into a copy.

    Attributes:
        propose: also changes where the right value is certain, for the author to accept or reject.
        min_severity: findings milder than that are left out.
        today: the date of comments and changes, None to give them none.
        rulebook: the rules that were used, and what severities are called.
        configuration: what made the check differ from a plain one, None if nothing did.
        author: who is named as the author of comments and changes.
    """

    propose: bool = False
    min_severity: Severity = Severity.INFO
    today: date | None = None
    rulebook: RulebookInfo = _NO_RULES
    configuration: Configuration | None = None
    author: str = "检查"

    @property
    def vocabulary(self) -> Vocabulary:
        """What severities are called."""
        return self.rulebook.vocabulary

    def written_findings(self, result: ReportResult) -> list[Finding]:
        """The findings of a result that are written, in its order."""
        return [finding for finding in result.findings if finding.severity.rank <= self.min_severity.rank]


@dataclass(frozen=True, slots=True)
class Annotated:
    """A copy.

    Attributes:
        data: the file.
        suffix: the ending of its name, in lower case and without dot.
        comments: the severity of each finding that is told in it.
        changes: how many changes it proposes.
        notices: what a person must know about it, Chinese sentences.
        beside: whether it is a page about the file instead of the file itself.
    """

    data: bytes
    suffix: str
    comments: tuple[Severity, ...] = ()
    changes: int = 0
    notices: tuple[str, ...] = ()
    beside: bool = False


def options_of(
    rulebook: RulebookInfo,
    min_severity: str,
    propose: bool,  # noqa: FBT001  # as in the interface
    today: date | None,
) -> AnnotateOptions:
    """Options with the severity by its key or by any word for it.

    Raises:
        UsageError: there is no such severity.
    """
    key = rulebook.vocabulary.severities.key(min_severity)
    if key not in [severity.value for severity in Severity]:
        raise UsageError(f"没有“{min_severity}”这个级别；可用 错误（error）、警告（warning）、提示（info）。")
    return AnnotateOptions(propose, Severity(key), today, rulebook)
