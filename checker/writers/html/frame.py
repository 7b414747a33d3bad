"""The frame of a page of its own: nothing comes from outside, and nothing runs but the script it was written with."""

from __future__ import annotations

from base64 import b64encode

from checker.startup.digests import sha256_of
from checker.writers.html.markup import text


def page_head(title: str, style: str, script: str) -> str:
    """Everything up to the body, with a policy that allows this style and this script by their digests.

    Args:
        title: of the page.
        style: its style sheet.
        script: its only script, which `page_end` puts at its end.
    """
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{text(title)}</title>\n<style>{style}</style>\n</head>\n"
    )


def page_end(script: str) -> str:
    """The end of the page."""
    return f"<script>{script}</script>\n</body>\n</html>\n"


def _digest(content: str) -> str:
    """How a content security policy names what it allows."""
    return f"sha256-{b64encode(bytes.fromhex(sha256_of(content.encode()))).decode()}"
