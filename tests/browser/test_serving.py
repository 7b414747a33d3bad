"""The server of the page: whom it answers, and whom it refuses."""

from __future__ import annotations

import http.client
import threading
from contextlib import contextmanager

import pytest

from checker.browser.local import local_page
from checker.browser.messages import packed, unpacked
from checker.browser.serving import HOST, MOST_BYTES


@contextmanager
def page(file=None):
    """A server that runs, and ends with the test."""
    server = local_page(file)
    # The test's thread asks, so another one answers; the real program answers in its main thread.
    answering = threading.Thread(target=server.run, daemon=True)
    answering.start()
    try:
        yield server
    finally:
        server.end()
        answering.join(10)
        assert not answering.is_alive()


def fetch(server, method, path, body=None, **headers):
    """Status, headers and content of an answer; a header None is left out."""
    connection = http.client.HTTPConnection(HOST, server.server_address[1], timeout=20)
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    length = {"Content-Length": str(len(body))} if body is not None else {}
    for name, value in {"Host": server.name, **length, **headers}.items():
        if value is not None:
            connection.putheader(name, value)
    connection.endheaders(body)
    response = connection.getresponse()
    found = response.status, response.headers, response.read()
    connection.close()
    return found


def session(server):
    """The headers of the page that the address was opened in."""
    status, headers, _ = fetch(server, "GET", server.address.partition(server.name)[2])
    assert (status, headers["Location"]) == (303, "/")
    return {"Cookie": headers["Set-Cookie"].partition(";")[0], "Origin": f"http://{server.name}"}


QUESTION = packed({"request": {"do": "about"}}, [])


def test_the_page_is_there_for_who_has_the_token_and_stays_there():
    with page() as server:
        own = session(server)

        for _ in "once", "reloaded":
            status, headers, content = fetch(server, "GET", "/", **own)
            assert (status, b'id="status"' in content) == (200, True)
            assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert fetch(server, "GET", "/main.js", **own)[0] == 200
        assert fetch(server, "GET", "/fragments.css", **own)[0] == 200


def test_a_second_client_is_refused():
    with page() as server:
        address = server.address.partition(server.name)[2]
        own = session(server)

        assert fetch(server, "GET", address)[0] == 403
        assert fetch(server, "GET", "/")[0] == 403
        assert fetch(server, "GET", address, **own)[0] == 403


@pytest.mark.parametrize("token", ["", "x", "%C3%A9", "%FF", "%00"])
def test_a_wrong_token_is_refused_and_does_not_use_up_the_right_one(token):
    with page() as server:
        assert fetch(server, "GET", f"/?token={token}")[0] == 403
        assert session(server)


@pytest.mark.parametrize(
    "host",
    [
        None,
        "localhost:{port}",
        "127.0.0.1",
        "127.0.0.1:1",
        "evil.example:{port}",
        "127.0.0.1:{port}.evil.example",
    ],
)
def test_a_request_for_another_name_is_refused(host):
    with page() as server:
        own = session(server)
        named = host and host.format(port=server.server_address[1])

        assert fetch(server, "GET", "/", **own, Host=named)[0] == 403
        assert fetch(server, "POST", "/ask", QUESTION, **own, Host=named)[0] == 403


@pytest.mark.parametrize(
    "origin", [None, "null", "http://evil.example", "https://127.0.0.1:{port}", "http://127.0.0.1"]
)
def test_a_request_from_elsewhere_is_refused(origin):
    with page() as server:
        own = session(server)
        named = origin and origin.format(port=server.server_address[1])

        assert fetch(server, "POST", "/ask", QUESTION, **{**own, "Origin": named})[0] == 403
        assert fetch(server, "POST", "/ask", QUESTION, **{**own, "Cookie": "checker-1=x"})[0] == 403
        assert fetch(server, "POST", "/ask", QUESTION, **own)[0] == 200


def test_only_so_much_is_taken_and_nothing_else_is_there():
    with page() as server:
        own = session(server)

        assert fetch(server, "POST", "/ask", **own, **{"Content-Length": str(MOST_BYTES + 1)})[0] == 413
        assert fetch(server, "POST", "/ask", **own, **{"Content-Length": "-1"})[0] == 411
        assert fetch(server, "POST", "/ask", b"nonsense", **own)[0] == 400
        assert fetch(server, "POST", "/other", QUESTION, **own)[0] == 404
        assert fetch(server, "PUT", "/ask", QUESTION, **own)[0] == 501
        assert "看不懂" in fetch(server, "PUT", "/ask", QUESTION, **own)[2].decode()
        for path in ("/../desk.py", "/%2e%2e/desk.py", "//etc/passwd", "/worker.js", "/index.html/"):
            assert fetch(server, "GET", path, **own)[0] == 404


def test_the_given_file_is_handed_over_and_checked(tmp_path):
    report = tmp_path / "年报.txt"
    report.write_text("某县某局2024年政府信息公开工作年度报告", encoding="utf-8")
    with page(report) as server:
        own = session(server)
        ask = lambda request, *files: unpacked(  # noqa: E731  # the three questions of a page that begins
            fetch(server, "POST", "/ask", packed({"request": request}, files), **own)[2]
        )

        about, _ = ask({"do": "about"})
        given, (data,) = ask({"do": "given"})
        checked, _ = ask({"do": "check", "name": given["answer"]["name"]}, data)

    assert about["answer"]["given"] is True
    assert data == report.read_bytes()
    assert "年报.txt" in checked["answer"]["run"]


@pytest.mark.parametrize(
    "message",
    [b"", b"\0\0\0", b"\0\0\0\x02[]", b"\xff\xff\xff\xff{}", packed({}, [b"abc"])[:-1], packed({}, [b"abc"]) + b"x",
     b'\0\0\0\x0e{"sizes":[-1]}', b'\0\0\0\x0d{"sizes":"1"}', b"\0\0\0\x05" + b"[" * 5],
)  # fmt: skip
def test_what_is_no_message_is_refused(message):
    with pytest.raises(ValueError, match=r"."):
        unpacked(message)


def test_a_message_comes_back_as_it_went():
    assert unpacked(packed({"a": "年"}, [b"", b"\0\1"])) == ({"a": "年", "sizes": [0, 2]}, [b"", b"\0\1"])
