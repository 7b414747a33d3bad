"""The page on this computer: a server that only this computer reaches, for one page and no one else.

- It listens on 127.0.0.1 at a port that the system chooses, and answers only to exactly that name and port: a page
  elsewhere that has its name point here is refused.
- The address that is opened has a token, which counts once and is exchanged for a session. Reloading the page goes
  on; whoever comes with the token later is refused.
- Requests must come from the page itself (`Origin`), and may be only so large.

Requests are answered one after the other in the main thread, where a document that would never come to an end can
be stopped.
"""

from __future__ import annotations

import queue
import secrets
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from http.cookies import CookieError, SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from checker.browser.messages import packed, unpacked
from checker.startup.records import dataclass, field

HOST: Final = "127.0.0.1"
MOST_BYTES: Final = 2 * (64 << 20) + (1 << 20)
"""Of one request: a report and last year's, each as large as a file may be, and what is said of them."""

_GRACE_SECONDS: Final = 5.0
"""So long a page may be gone before the server ends; reloading takes less."""
_BEAT_SECONDS: Final = 2.0
_READ_SECONDS: Final = 60.0
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

Answer = Callable[[dict[str, Any], list[bytes]], tuple[dict[str, Any], list[bytes]]]
PageFiles = dict[str, tuple[str, bytes]]


@dataclass(slots=True)
class _PendingRequest:
    """A request that waits for its answer."""

    request: dict[str, Any]
    files: list[bytes]
    done: threading.Event = field(default_factory=threading.Event)
    reply: bytes = b""


class PageServer(ThreadingHTTPServer):
    """The server of one page.

    Args:
        files: the page's own files by path, with their types.
        answer: answers a request with its files; called in the thread of `run`.
    """

    daemon_threads = True
    block_on_close = False

    def __init__(self, files: PageFiles, answer: Answer) -> None:
        super().__init__((HOST, 0), _Handler)
        self.files = files
        self.tasks: queue.Queue[_PendingRequest] = queue.Queue()
        self.name = f"{HOST}:{self.server_address[1]}"
        self._answer = answer
        self._token: str | None = secrets.token_urlsafe(32)
        self._session = secrets.token_urlsafe(32)
        self._lock = threading.Lock()
        self._pages = 0
        self._gone_since: float | None = None
        self._ended = threading.Event()

    @property
    def address(self) -> str:
        """What to open; good for one time."""
        return f"http://{self.name}/?token={self._token}"

    @property
    def cookie(self) -> str:
        """Name of the session's cookie; cookies are shared by all ports of a machine."""
        return f"checker-{self.server_address[1]}"

    def run(self) -> None:
        """Answer until the page is gone; `KeyboardInterrupt` ends it too."""
        threading.Thread(target=self.serve_forever, daemon=True).start()
        try:
            while not (self._ended.is_set() or self._is_left()):
                try:
                    task = self.tasks.get(timeout=_BEAT_SECONDS / 4)
                except queue.Empty:
                    continue
                task.reply = packed(*_as_message(self._answer(task.request, task.files)))
                task.done.set()
        finally:
            self.shutdown()
            self.server_close()

    def end(self) -> None:
        """Have `run` come to its end."""
        self._ended.set()

    def exchange(self, token: str) -> str | None:
        """The session for the token, the first time that it comes; else None."""
        with self._lock:
            if self._token is None or not secrets.compare_digest(token.encode(), self._token.encode()):
                return None
            self._token = None
            return self._session

    def knows(self, session: str) -> bool:
        """Whether that is the session."""
        return self._token is None and secrets.compare_digest(session.encode(), self._session.encode())

    @contextmanager
    def page_is_there(self) -> Any:
        """Count a page for as long as it is connected."""
        with self._lock:
            self._pages += 1
        try:
            yield
        finally:
            with self._lock:
                self._pages -= 1
                self._gone_since = time.monotonic()

    def _is_left(self) -> bool:
        with self._lock:
            gone = self._gone_since
            return self._pages == 0 and gone is not None and time.monotonic() - gone > _GRACE_SECONDS


def _as_message(answered: tuple[dict[str, Any], list[bytes]]) -> tuple[dict[str, Any], list[bytes]]:
    return {"answer": answered[0]}, answered[1]


class _Handler(BaseHTTPRequestHandler):
    """One connection."""

    server: PageServer
    protocol_version = "HTTP/1.1"
    server_version = "checker"
    sys_version = ""
    timeout = _READ_SECONDS

    def do_GET(self) -> None:
        """The page, its files, and the connection that says that it is there."""
        if not self._is_addressed():
            return
        url = urlsplit(self.path)
        token = parse_qs(url.query).get("token", [""])[0]
        if url.path == "/" and token:
            self._begin(token)
        elif not self._has_session():
            self._refuse(403, "这个网页只给打开它的那个浏览器用。请重新运行 checker open。")
        elif url.path == "/alive":
            self._keep_open()
        elif url.path in self.server.files:
            kind, data = self.server.files[url.path]
            self._send(200, data, {"Content-Type": kind})
        else:
            self._refuse(404, "没有这个文件。")

    def do_POST(self) -> None:
        """A request of the page."""
        if not self._is_addressed():
            return
        if self.headers.get("Origin") != f"http://{self.server.name}" or not self._has_session():
            self._refuse(403, "这个请求不是从打开的网页来的，没有处理。")
        elif urlsplit(self.path).path != "/ask":
            self._refuse(404, "没有这个接口。")
        else:
            self._ask()

    def _ask(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit()):
            self._refuse(411, "请求没有写明长度，没有处理。")
        elif int(length) > MOST_BYTES:
            self._refuse(413, f"文件太大（超过 {MOST_BYTES >> 21} MB），没有读取。请另存为普通文档后再检查。")
        else:
            try:
                head, files = unpacked(self.rfile.read(int(length)))
                task = _PendingRequest(dict(head["request"]), files)
            except (KeyError, TypeError, ValueError):
                self._refuse(400, "请求不完整，没有处理。")
                return
            self.server.tasks.put(task)
            task.done.wait()
            self._send(200, task.reply, {"Content-Type": "application/octet-stream"})

    def _is_addressed(self) -> bool:
        """Whether the request names this server; refuses it otherwise."""
        if self.headers.get_all("Host") == [self.server.name]:
            return True
        self._refuse(403, "地址不对。请用 checker open 打开的地址。")
        return False

    def _has_session(self) -> bool:
        try:
            cookies = SimpleCookie(self.headers.get("Cookie", ""))
        except CookieError:
            return False
        found = cookies.get(self.server.cookie)
        return found is not None and self.server.knows(found.value)

    def _begin(self, token: str) -> None:
        session = self.server.exchange(token)
        if session is None:
            self._refuse(403, "这个地址只能打开一次，已经用过了。请重新运行 checker open。")
            return
        cookie = f"{self.server.cookie}={session}; Path=/; HttpOnly; SameSite=Strict"
        self._send(303, b"", {"Location": "/", "Set-Cookie": cookie})

    def _keep_open(self) -> None:
        """Keep the response open and send it in pieces for as long as the page listens."""
        self._head(200, {"Content-Type": "text/plain", "Connection": "close"})
        self.close_connection = True
        with self.server.page_is_there():
            try:
                while True:
                    self.wfile.write(b".")
                    self.wfile.flush()
                    time.sleep(_BEAT_SECONDS)
            except OSError:
                return

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse what the library itself does not understand."""
        del message, explain
        self._refuse(code, "这个请求看不懂，没有处理。")

    def _refuse(self, status: int, words: str) -> None:
        # What was sent along has not been read: the connection is of no further use.
        self.close_connection = True
        self._send(
            status, words.encode(), {"Content-Type": "text/plain; charset=utf-8", "Connection": "close"}
        )

    def _send(self, status: int, data: bytes, headers: dict[str, str]) -> None:
        self._head(status, {**headers, "Content-Length": str(len(data))})
        self.wfile.write(data)

    def _head(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**_HEADERS, **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Say nothing on the terminal."""
