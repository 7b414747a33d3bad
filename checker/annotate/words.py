"""The text of a comment."""

from __future__ import annotations

import re
from typing import Final

from checker.annotate.options import AnnotateOptions
from checker.model.findings import Finding
from checker.model.report import Report
from checker.writers.shared.places import changes_words, rewording_words, says_every_value

_NO_TEXT: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML cannot hold, and that nobody could read."""


def comment_lines(finding: Finding, report: Report | None, options: AnnotateOptions) -> list[str]:
    """The paragraphs of the comment on a finding: what is wrong, how to mend it, on what basis, which rule."""
    severity = options.vocabulary.severities.name(finding.severity.value)
    suggestion = finding.suggestion
    lines = [f"【{severity}】{finding.message}"]
    if suggestion:
        lines.append(f"建议：{suggestion.text}")
        complete = says_every_value(suggestion)
        if suggestion.cells and not complete:
            lines.append(changes_words(suggestion.cells, report))
        if suggestion.texts and not complete:
            lines.append(f"{rewording_words(suggestion.texts)}。")
    lines.append(f"依据：{finding.basis}")
    lines.append(f"规则：{finding.rule} {finding.title}")
    return [_NO_TEXT.sub("\ufffd", line) for line in lines]
