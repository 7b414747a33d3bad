"""How Sphinx makes the site. Nothing in it is fetched from elsewhere."""

from __future__ import annotations

from sphinx.application import Sphinx

from checker.startup.version import __version__
from quality.site.searching import ChinesePairs

project = "年报检查"
version = release = __version__
language = "zh_CN"
root_doc = "README"
extensions = ["myst_parser"]
myst_enable_extensions = ["attrs_inline"]
myst_heading_anchors = 4
myst_heading_slug_func = "quality.site.slugs.slug"
exclude_patterns = ["LICENSE"]
html_theme = "furo"
html_show_search_summary = False  # pages opened from disk cannot read one another
html_title = f"年报检查 {release}"
html_show_sphinx = html_show_copyright = html_copy_source = html_show_sourcelink = False
html_theme_options = {"top_of_page_buttons": []}
highlight_language = "none"


def setup(app: Sphinx) -> None:
    """Search as `searching` does it."""
    app.add_search_language(ChinesePairs)
