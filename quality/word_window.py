"""Pictures of a commented Word document in the window of LibreOffice, for the documentation.

`xvfb-run /usr/bin/python3 quality/word_window.py COPY.docx PICTURE.png RULE [PICTURE.png RULE]…`: each picture shows
the place of the comment of a rule. LibreOffice draws comments in the margin of a window alone, not in a PDF that it
writes without one. Needs the system's Python with `uno` (python3-uno), a display and scrot.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

import uno
from com.sun.star.awt.PosSize import POSSIZE
from com.sun.star.connection import NoConnectException
from com.sun.star.view.DocumentZoomType import BY_VALUE

WINDOW: Final = (0, 0, 1220, 800)
PICTURE: Final = "0,0,1090,750"
"""The part of the screen that is inside the frame of the window, without its bar for scrolling."""
ZOOM: Final = 90
"""Per cent; the page and its comments fill the window."""
STARTING: Final = 60
"""Seconds until the program must answer."""
DRAWING: Final = 1.5
"""Seconds in which the window is drawn."""
COMMENT: Final = "com.sun.star.text.textfield.Annotation"


def main() -> None:
    """Start the program with the document, take the pictures, end it."""
    document, *wanted = sys.argv[1:]
    with tempfile.TemporaryDirectory() as profile:
        program = subprocess.Popen(
            ["soffice", "--norestore", "--nologo", f"-env:UserInstallation=file://{profile}",
             "--accept=pipe,name=pictures;urp", "--writer", document],
            start_new_session=True,
        )  # fmt: skip
        try:
            opened = connected()
            for picture, rule in zip(wanted[::2], wanted[1::2], strict=True):
                taken(opened, Path(picture), rule)
        finally:
            with suppress(ProcessLookupError):  # the program starts others, which go with it
                os.killpg(program.pid, signal.SIGTERM)
            program.wait(STARTING)


def connected():
    """The document once it is open; raises NoConnectException when the program does not answer in time.

    The program opens it by itself: told to while it starts, it may wait for ever.
    """
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    for _ in range(STARTING):
        time.sleep(1)
        with suppress(NoConnectException):
            context = resolver.resolve("uno:pipe,name=pictures;urp;StarOffice.ComponentContext")
            opened = context.ServiceManager.createInstance("com.sun.star.frame.Desktop").CurrentComponent
            if opened is not None and opened.supportsService("com.sun.star.text.TextDocument"):
                return opened
    raise NoConnectException


def taken(opened, picture: Path, rule: str) -> None:
    """One picture, of the place of a rule's comment; a rule without one is an error."""
    view = opened.CurrentController
    view.Frame.ContainerWindow.setPosSize(*WINDOW, POSSIZE)
    view.Frame.LayoutManager.setVisible(False)
    look = view.ViewSettings
    look.ShowHoriRuler = look.ShowVertRuler = False
    look.ZoomType, look.ZoomValue = BY_VALUE, ZOOM
    view.ViewCursor.jumpToLastPage()  # from behind, so that the place comes to the top
    time.sleep(DRAWING)
    (comment,) = (
        one for one in opened.TextFields if one.supportsService(COMMENT) and f"规则：{rule} " in one.Content
    )
    view.ViewCursor.gotoRange(comment.Anchor, False)  # noqa: FBT003  # as in that interface
    view.ViewCursor.collapseToEnd()
    time.sleep(DRAWING)
    subprocess.run(["scrot", "--overwrite", "--autoselect", PICTURE, str(picture)], check=True)


if __name__ == "__main__":
    main()
