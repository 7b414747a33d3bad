"""The one interface between the page and the checker: a request with files goes in, an answer with files comes out.

Inside the browser a worker hands requests to it, on this computer a server does; requests, answers and files are
the same. Requests and answers are JSON; `do` in a request says what is wanted:

- `about`: what can be chosen. Answer: `version`, `levels`, `tiers`, `profiles`, `suffixes`, and what a `draft` asks
  for.
- `check`: files `[report]` or `[report, last year's report]`, with `name`, `previous` (its name), `options` (`level`,
  `tier`, `today`, `profile`) and `edits` (see `checker.browser.edits`). Answer: `run` (the result as `--format json`
  writes it), in `reports` what is shown of each report, in `corrections` what was changed (place, before, after), and
  whether the file itself is `changeable`.
- `compare`: files `[report, another version of it]`, see `checker.browser.differences`.
- `draft`: a new report, see `checker.browser.drafts`. Answer: `name`; files `[the Word document]`.
- `write`: as `check`, with `what` out of `checker.browser.downloads`. Answer: `name`; files `[the file]`.

An answer with `problem` instead, one Chinese sentence, says why there is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from checker import api
from checker.browser.checked import Request, check, rulebook_of
from checker.browser.correction_lists import correction_rows
from checker.browser.differences import differences
from checker.browser.downloads import DOWNLOADS, format_of
from checker.browser.drafts import draft, draft_fields
from checker.browser.shown import shown_report
from checker.model.errors import CheckerError
from checker.readers.formats import formats
from checker.rulebook.store import profile_titles
from checker.startup.version import __version__

Answer = tuple[dict[str, Any], list[bytes]]


def answer(request: Request, files: Sequence[bytes]) -> Answer:
    """Answer one request; whatever is wrong with it or with its files stands in the answer.

    Args:
        request: see above.
        files: the files that it is about.
    """
    try:
        return _ANSWERS[request["do"]](request, files)
    except CheckerError as error:
        return {"problem": str(error)}, []
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        return {"problem": "页面送来的请求不完整。请刷新页面后再试。"}, []
    except MemoryError:
        return {"problem": "内存不够，没有做完。请关掉别的网页和程序后再试。"}, []
    except Exception as error:  # noqa: BLE001  # the page goes on, whatever one request has come to
        return {"problem": f"程序内部出错（{type(error).__name__}）。请换一个文件再试，并反馈给开发者。"}, []


def _about(_request: Request, _files: Sequence[bytes]) -> Answer:
    vocabulary = rulebook_of().vocabulary
    return {
        "version": __version__,
        "levels": list(vocabulary.levels.names.items()),
        "tiers": list(vocabulary.tiers.names.items()),
        "profiles": list(profile_titles().items()),
        "draft": draft_fields(rulebook_of()),
        "suffixes": sorted(suffix for known in formats() for suffix in known.suffixes),
    }, []


def _check(request: Request, files: Sequence[bytes]) -> Answer:
    checked = check(request, files)
    shown = [shown_report(result, checked.run.rulebook, checked.edits) for result in checked.results]
    return {
        "run": "".join(api.render(checked.run, "json")),
        "reports": shown,
        "corrections": correction_rows(checked),
        "changeable": format_of(checked.results) == "docx",
    }, []


def _write(request: Request, files: Sequence[bytes]) -> Answer:
    name, data = DOWNLOADS[request["what"]](check(request, files))
    return {"name": name}, [data]


def _compare(request: Request, files: Sequence[bytes]) -> Answer:
    return differences(request, files), []


def _draft(request: Request, files: Sequence[bytes]) -> Answer:
    name, data = draft(rulebook_of(), request, files)
    return {"name": name}, [data]


_ANSWERS: Final = {"about": _about, "check": _check, "write": _write, "draft": _draft, "compare": _compare}
