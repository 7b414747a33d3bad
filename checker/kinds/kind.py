"""What a kind of rule is.

For each subject that it examines (a cell, a sentence, a sum) a check yields exactly one judgement: None (or
`Held`) if all is well, a `Breach`, or `Unjudged`. It knows no rule id, no severity and no Chinese message:
the rule file says those.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from checker.judging.judgement import Judgement
from checker.judging.language.language import Language
from checker.judging.rules import LooksAt
from checker.judging.subject import Subject
from checker.kinds.options import AUTHOR_WORDS, SHARED_WORDS
from checker.model.forms import Form
from checker.startup.digests import sha256_of
from checker.startup.records import dataclass, field

Options = Mapping[str, Any]
"""Options of a rule, already checked against the kind's schema."""

Judge = Callable[[Any], Iterator[Judgement]]
"""Takes a `Subject`, or a `RunSubject` where the kind looks at the run."""

Compile = Callable[[Options, Language], Judge]

Gather = Callable[[Subject], str]
"""Takes a report and gives what a rule about the set must know of it, in at most a few kilobytes."""
CheckOptions = Callable[[Options, Mapping[str, Form]], Iterator[str]]
CheckNames = Callable[[Options, Language], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of rule: everything that is known of it, in one place.

    Attributes:
        title: Chinese name, for the documentation.
        about: one Chinese sentence on what holds of a report that passes.
        compile: makes a check ready to run from the options of a rule; called once when rules load.
        options: JSON Schema of the options, with their Chinese titles and descriptions; formats such as
            `pattern` or `scope` are checked when rules load.
        words: a short word for each option that no other kind has; see `checker.kinds.options`.
        skeleton: YAML with title, options, message and examples of a small rule, for `checker rules new`.
        evidence: names that messages may use.
        variants: ways to fail, for `severity` and `message` maps; empty if there is only one.
        looks_at: what it needs and speaks about.
        check: what the schema cannot say: yields a Chinese sentence for each fault of the options, given all
            forms by id.
        check_names: what the schema cannot say of the items that the options name, given what names mean.
        about_sums: it yields sums that hold or are broken.
        gather: for kinds about the run: makes from the options what gathers, while a report is at hand, what
            the rule must know of it later; its judge finds that under `gathering_key` in `Figures.gathered`.
    """

    title: str
    about: str
    compile: Compile
    options: Mapping[str, Any]
    skeleton: str
    evidence: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    looks_at: LooksAt = LooksAt.REPORT
    check: CheckOptions | None = None
    check_names: CheckNames | None = None
    about_sums: bool = False
    gather: Callable[[Options, Language], Gather] | None = None
    words: Mapping[str, str] = field(default_factory=dict)

    def word_of(self, option: str) -> str:
        """The short Chinese word for an option; one that is on or off has none and is called by its key."""
        return self.words.get(option) or SHARED_WORDS.get(option) or AUTHOR_WORDS.get(option, option)


def gathering_key(kind: str, options: Options) -> str:
    """Under which key a check of that kind with these options keeps what it gathers of a report."""
    written = json.dumps(options, ensure_ascii=False, sort_keys=True)
    return f"{kind}:{sha256_of(written.encode())[:12]}"
