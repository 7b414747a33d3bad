"""Rule files in a real editor's language server (yaml-language-server), which `make test-editor` brings."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from checker.rulebook.store import builtin_rules

CURSOR = "‸"
SERVER = os.environ.get("YAML_SERVER", "yaml-language-server")
HEAD = f"# yaml-language-server: $schema={(builtin_rules() / 'schema.json').as_posix()}\n"
RULE = """\
group: 本县要求
rules:
  - id: LOC-01
    title: 写明培训次数
    severity: 警告
    basis:
      - source: PRACTICE
    check:
      kind: pattern
      where: 第一部分
      patterns: ['培训']
    message: 没有写培训
    examples:
      - name: 写了
        expect: pass
        given: {text: {1: 培训。}}
      - name: 没写
        expect: fail
        given: {text: {1: 学习。}}
        findings:
          - place: 第一部分
"""
FORM = """\
form: "2027"
title: 新格式
report_names: [年度报告]
tables:
  - key: T2
    name: 表二
    title: 甲
    layout: grid
    columns: [{key: a, label: 甲}]
    rows: [{key: b, label: 乙}]
"""
PROFILE = "profile: benxian\ntitle: 本县\nextends: national\nseverity:\n  GEN-07: 警告\n"

COMPLETIONS = {
    # the text, what is typed instead of what, some of what is proposed with what is said of it
    "kind": (RULE, "kind: pattern", "kind: ‸", {"length": "范围里的字数", "for_each": "逐行逐列"}),
    "where": (RULE, "where: 第一部分", "where: ‸", {"第五部分": "存在的主要问题", "落款": "单位和日期"}),
    "options of a kind": (RULE, "      patterns:", "      ‸\n      patterns:", {"unless": "不算", "needs": "才检查"}),
    "severity": (RULE, "severity: 警告", "severity: ‸", {"warning": "警告", "提示": "info"}),
    "source": (RULE, "source: PRACTICE", "source: ‸", {"F21": "国办公开办函", "PRACTICE": "通行做法"}),
    "verdict": (RULE, "expect: fail", "expect: ‸", {"not_checked": "未能判断", "不合格": "fail"}),
    "place": (RULE, "place: 第一部分", "place: ‸", {"T3[R1, total]": "表三.新收.总计", "全文": "整份"}),
    "level": (RULE, "    check:", "    applies:\n      levels:\n        - ‸\n    check:", {"department": "部门"}),
    "item": (
        RULE,
        "kind: pattern\n      where: 第一部分",
        "kind: compare\n      left: ‸",
        {"表三.新收.总计": "T3[R1, total]", "年度": "报告的年度"},
    ),
    "table": (RULE, "kind: pattern\n      where: 第一部分", "kind: sum\n      table: ‸", {"T3": "申请情况"}),
    "row": (
        RULE,
        "kind: pattern\n      where: 第一部分",
        "kind: jump\n      table: T2\n      rows:\n        - ‸",
        {"penalties": "行政处罚"},
    ),
    "relation": (RULE, "kind: pattern\n      where: 第一部分", "kind: compare\n      relation: ‸", {"不晚于": "左边"}),
    "section of an example": (
        RULE,
        "given: {text: {1: 学习。}}",
        "given:\n          text:\n            ‸",
        {"1": "", "6": ""},
    ),
    "cell of an example": (
        RULE,
        "given: {text: {1: 学习。}}",
        "given:\n          cells:\n            ‸",
        {"T2[penalties, decisions]": ""},
    ),
    "a whole rule": (RULE, RULE.partition("rules:\n")[2], "  ‸\n", {"一条规则": "完整的规则"}),
    "a whole example": (RULE, RULE.partition("examples:\n")[2], "      ‸\n", {"不合格的例子": "查出问题"}),
    "layout of a form": (FORM, "layout: grid", "layout: ‸", {"pairs": "没有表头", "across": "一行数字"}),
    "profile": (PROFILE, "extends: national", "extends: ‸", {"national": "全国", "wuwei": "武威市"}),
    "rule of a profile": (PROFILE, "  GEN-07: 警告", "  ‸", {"T3-02": ""}),
}  # fmt: skip

HOVERS = {
    # the text, where the cursor is, what is told
    "kind": (RULE, "kind: pat‸tern", "`pattern`: 应出现的写法：范围里出现"),
    "where": (RULE, "whe‸re:", "几处用顿号连接"),
    "part": (RULE, "where: 第一‸部分", "`第一部分`: 总体情况"),
    "severity": (RULE, "severity: 警‸告", "`警告`: 就是 warning"),
    "source": (RULE, "source: PRAC‸TICE", "`PRACTICE`: 通行做法"),
    "check": (RULE, "chec‸k:", "几项检查写成列表"),
    "place": (RULE, "pla‸ce:", "第五部分"),
    "rows of a form": (FORM, "    row‸s:", "各行"),
    "changes of a profile": (PROFILE, "sever‸ity:", "改规则的级别"),
}

FAULTS = {
    "unknown option": (RULE, "      patterns:", "      at_moost: 3\n      patterns:", "at_moost"),
    "unknown severity": (RULE, "severity: 警告", "severity: 严重", "不报"),
    "no message": (RULE, "    message: 没有写培训\n", "", "message"),
}


class Server:
    """A language server that is spoken to over its standard streams."""

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            [*SERVER.split(), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder
        )
        self._folder = folder
        self._count = 0
        self._answers: queue.Queue[dict[str, Any]] = queue.Queue()
        self._told: dict[str, queue.Queue[list[dict[str, Any]]]] = {}
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        hover = {"contentFormat": ["markdown"]}
        completion = {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}}
        self._ask(
            "initialize",
            processId=None,
            rootUri=folder.as_uri(),
            capabilities={"textDocument": {"hover": hover, "completion": completion}},
        )
        self._tell("initialized")
        settings = {"hover": True, "completion": True, "validate": True, "schemaStore": {"enable": False}}
        self._tell("workspace/didChangeConfiguration", settings={"yaml": settings})

    def close(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait()
        self._listener.join()
        for pipe in (self._process.stdin, self._process.stdout):
            pipe.close()

    def completions(self, text: str) -> dict[str, str]:
        """What is proposed where the cursor stands, with what is said of it."""
        answer = self._ask("textDocument/completion", **self._opened(text))
        items = answer["items"] if isinstance(answer, dict) else answer
        return {item["label"]: _plain(item.get("documentation")) for item in items}

    def hover(self, text: str) -> str:
        """What is told of what the cursor stands on."""
        answer = self._ask("textDocument/hover", **self._opened(text))
        return _plain(answer and answer["contents"])

    def faults(self, text: str) -> list[str]:
        """What is told to be wrong."""
        document = self._opened(text)["textDocument"]
        return [fault["message"] for fault in self._told[document["uri"]].get(timeout=60)]

    def _opened(self, text: str) -> dict[str, Any]:
        before, _, after = text.partition(CURSOR)
        uri = (self._folder / f"{len(self._told)}.yaml").as_uri()
        self._told[uri] = queue.Queue()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": before + after}
        self._tell("textDocument/didOpen", textDocument=document)
        position = {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}
        return {"textDocument": {"uri": uri}, "position": position}

    def _ask(self, method: str, **params: Any) -> Any:
        self._count += 1
        self._send({"id": self._count, "method": method, "params": params})
        while (answer := self._answers.get(timeout=60))["id"] != self._count:
            pass
        return answer["result"]

    def _tell(self, method: str, **params: Any) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        stream = self._process.stdin
        assert stream
        stream.write(b"Content-Length: %d\r\n\r\n%b" % (len(data), data))
        stream.flush()

    def _listen(self) -> None:
        for message in self._messages():
            if message.get("method") == "textDocument/publishDiagnostics":
                told = self._told.get(message["params"]["uri"])
                if told:
                    told.put(message["params"]["diagnostics"])
            elif "method" in message and "id" in message:
                several = message.get("params", {}).get("items", [])
                self._send({"id": message["id"], "result": [{} for _ in several] or None})
            elif "id" in message:
                self._answers.put(message)

    def _messages(self) -> Iterator[dict[str, Any]]:
        stream = self._process.stdout
        assert stream
        while header := stream.readline():
            if header.lower().startswith(b"content-length:"):
                length = int(header.partition(b":")[2])
                while stream.readline().strip():
                    pass
                yield json.loads(stream.read(length))


def _plain(words: Any) -> str:
    return words["value"].replace("\\", "") if isinstance(words, dict) else words or ""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("editor"))
    yield server
    server.close()


@pytest.mark.parametrize("case", COMPLETIONS)
def test_completions(server, case):
    text, old, new, expected = COMPLETIONS[case]
    assert old in text
    proposed = server.completions(HEAD + text.replace(old, new, 1))

    for label, meaning in expected.items():
        assert meaning in proposed[label]


@pytest.mark.parametrize("case", HOVERS)
def test_hover(server, case):
    text, at, expected = HOVERS[case]
    plain = at.replace(CURSOR, "")
    assert plain in text

    assert expected in server.hover(HEAD + text.replace(plain, at, 1))


@pytest.mark.parametrize("case", FAULTS)
def test_what_is_wrong_is_marked(server, case):
    text, old, new, expected = FAULTS[case]
    assert old in text

    assert any(expected in fault for fault in server.faults(HEAD + text.replace(old, new, 1)))


@pytest.mark.parametrize("text", [RULE, FORM, PROFILE], ids=["rule", "form", "profile"])
def test_what_is_right_is_not_marked(server, text):
    assert server.faults(HEAD + text) == []


@pytest.mark.parametrize("file", sorted(builtin_rules().rglob("*.yaml")), ids=lambda file: file.name)
def test_the_built_in_files_are_not_marked(server, file):
    assert server.faults(HEAD + file.read_text(encoding="utf-8")) == []
