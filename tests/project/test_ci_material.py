"""What we give to CI systems is run here as they would run it, as far as that goes without them."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
BAD, GOOD = "禾川县松坪镇2024年年报.txt", "沅平县自然资源局2024年年报.docx"


def load(name):
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def compiled(tmp_path_factory):
    """Where compiled rules are kept; they are compiled once."""
    return tmp_path_factory.mktemp("compiled") / "rules"


@pytest.fixture
def machine(tmp_path, compiled):
    """A folder with two reports, and a machine on which `checker` is a command."""
    folder, tools = tmp_path / "仓库", tmp_path / "bin"
    folder.mkdir()
    tools.mkdir()
    tool = tools / "checker"
    tool.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m checker "$@"\n', encoding="utf-8")
    tool.chmod(0o755)
    for name in (BAD, GOOD):
        (folder / name).write_bytes((ROOT / "reports_in" / name).read_bytes())
    environment = {
        "PATH": f"{tools}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "CHECKER_CACHE_DIR": str(compiled),
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "RUNNER_TEMP": str(tmp_path / "runner"),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
        "GITHUB_OUTPUT": str(tmp_path / "outputs"),
    }

    def run(*command, **more):
        return subprocess.run(
            command, cwd=folder, env={**environment, **more}, capture_output=True, text=True, check=False
        )  # fmt: skip

    run.folder, run.outside = folder, tmp_path
    return run


# --- pre-commit -------------------------------------------------------------------------------------------


def hook():
    (only,) = load(".pre-commit-hooks.yaml")
    return only


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("年报/某局2024年年报.docx", True),
        ("2024年政府信息公开工作年度报告.html", True),
        ("某局年报（定稿）.wps", True),
        ("某局年报.pdf", True),
        ("说明.docx", False),
        ("年报/说明.docx", False),
        ("年报.py", False),
    ],
)
def test_the_hook_takes_reports_and_nothing_else(path, wanted):
    assert bool(re.search(hook()["files"], path)) == wanted


def test_a_commit_with_a_faulty_report_is_blocked(machine):
    """With a git hook that runs the hook's entry on the staged files, which is what pre-commit does."""
    machine("git", "init", "-q")
    script = machine.folder / ".git" / "hooks" / "pre-commit"
    names = "git diff --cached --name-only --diff-filter=d -z"
    entry = shlex.join([*hook()["entry"].split(), *hook()["args"]])
    script.write_text(f"#!/bin/sh\n{names} | xargs -0 {entry}\n", encoding="utf-8")
    script.chmod(0o755)
    commit = ("git", "-c", "user.name=n", "-c", "user.email=n@example.invalid", "commit", "-q", "-m", "x")

    machine("git", "add", BAD)
    blocked = machine(*commit)
    machine("git", "rm", "-q", "--cached", BAD)
    machine("git", "add", GOOD)
    passed = machine(*commit)

    assert blocked.returncode != 0
    assert "[错误] T3-02" in blocked.stdout + blocked.stderr
    assert passed.returncode == 0, passed.stderr
    assert machine("git", "log", "--oneline").stdout.count("\n") == 1


# --- GitHub -----------------------------------------------------------------------------------------------


def action_step():
    return next(step for step in load("action.yml")["runs"]["steps"] if step.get("id") == "check")


def run_action(machine, **inputs):
    """The step that checks, with the inputs' defaults; values that refer to inputs are filled in as GitHub does."""
    action = load("action.yml")
    values = {name: entry["default"] for name, entry in action["inputs"].items()} | inputs
    environment = {
        name: re.sub(r"\$\{\{ inputs\.([a-z-]+) }}", lambda match: values[match[1]], value)
        for name, value in action_step()["env"].items()
    }
    return machine("bash", "-c", action_step()["run"], GITHUB_ACTION_PATH=str(ROOT), **environment)


def test_inputs_reach_the_script_only_as_variables():
    for step in load("action.yml")["runs"]["steps"]:
        assert "${{" not in step.get("run", "")


def test_the_action_annotates_and_writes_every_file(machine):
    ran = run_action(machine)

    assert ran.returncode == 1, ran.stderr
    assert ran.stderr == ""
    assert f"::error file={BAD},line=325,title=T3-02 " in ran.stdout
    assert all(line.startswith("::") for line in ran.stdout.splitlines())
    assert (machine.outside / "summary.md").read_text(encoding="utf-8").startswith("## 年报检查：不通过")
    outputs = dict(line.split("=", 1) for line in (machine.outside / "outputs").read_text().splitlines())
    assert set(outputs) == set(load("action.yml")["outputs"])
    assert json.loads(Path(outputs["sarif"]).read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert json.loads(Path(outputs["json"]).read_text(encoding="utf-8"))["summary"]["failed"] == 1
    assert Path(outputs["html"]).read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("inputs", "code"),
    [
        ({"paths": GOOD}, 0),
        ({"paths": f"{GOOD}\n{BAD}\n"}, 1),
        ({"fail-on": "never"}, 0),
        ({"paths": BAD, "fail-on": "never", "max-warnings": "0"}, 0),
        ({"paths": GOOD, "options": "--select=T3\n--today=2025-03-01"}, 0),
        ({"paths": "没有这个文件"}, 2),
        ({"paths": "$(touch pwned); `touch pwned`"}, 2),
        ({"options": "--today=2025-03-01; touch pwned"}, 2),
    ],
)
def test_the_action_does_as_its_inputs_say(machine, inputs, code):
    assert run_action(machine, **inputs).returncode == code
    assert not (machine.folder / "pwned").exists()


# --- GitLab, Gitee ----------------------------------------------------------------------------------------


def gitlab_commands():
    return load("ci/gitlab.yml")["nianbao-check"]["script"]


def gitee_commands():
    (stage,) = load("ci/gitee-go.yml")["stages"]
    (step,) = stage["steps"]
    return step["commands"]


TEMPLATES = {"gitlab": gitlab_commands, "gitee": gitee_commands}


def without_install(commands):
    kept = [command for command in commands if "pip install" not in command]
    assert len(kept) == len(commands) - 1
    return kept


@pytest.fixture
def pip(machine):
    """Runs what installs, with a `python` that only writes down what it is asked."""
    for name in ("python", "python3"):
        tool = machine.outside / "bin" / name
        tool.write_text('#!/bin/sh\nfor word; do echo "$word"; done >> "$HOME/asked"\n', encoding="utf-8")
        tool.chmod(0o755)
    asked = machine.outside / "asked"

    def install(template, **variables):
        (command,) = (command for command in TEMPLATES[template]() if "pip install" in command)
        done = machine("sh", "-e", "-c", command, **variables)
        return done, asked.read_text(encoding="utf-8").splitlines() if asked.exists() else []

    return install


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize(
    "variables",
    [
        {},
        {"CHECKER_PACKAGE": "nianbao-checker"},
        {"CHECKER_PACKAGE": "nianbao-checker==0.1.0"},
        {"CHECKER_PACKAGE": "nianbao-checker", "CHECKER_INDEX": "https://index.example.invalid/simple"},
        {"CHECKER_PACKAGE": "==0.1.0", "CHECKER_INDEX": "https://index.example.invalid/simple"},
        {
            "CHECKER_PACKAGE": "nianbao-checker>=0.1.0",
            "CHECKER_INDEX": "https://index.example.invalid/simple",
        },
    ],
    ids=str,
)
def test_a_name_that_nobody_owns_is_not_installed(pip, template, variables):
    done, asked = pip(template, **variables)

    assert done.returncode == 2
    assert done.stderr.startswith("CHECKER_PACKAGE 要写")
    assert asked == []


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize(
    ("variables", "installed"),
    [
        ({"CHECKER_PACKAGE": "工具/a b.whl"}, ["工具/a b.whl"]),
        (
            {"CHECKER_PACKAGE": "git+https://host.example.invalid/x@v1"},
            ["git+https://host.example.invalid/x@v1"],
        ),
        (
            {"CHECKER_PACKAGE": "tool==0.1.0", "CHECKER_INDEX": "https://index.example.invalid/simple"},
            ["--index-url", "https://index.example.invalid/simple", "tool==0.1.0"],
        ),
    ],
    ids=["wheel", "repository", "index"],
)
def test_a_package_from_a_known_place_is_installed(pip, template, variables, installed):
    done, asked = pip(template, **variables)

    assert (done.returncode, done.stderr) == (0, "")
    assert asked[-len(installed) :] == installed
    assert "--index-url" in installed or "--index-url" not in asked


def test_the_gitlab_job_writes_its_artifacts(machine):
    template = load("ci/gitlab.yml")
    job = template["nianbao-check"]
    script = "\n".join(without_install(job["script"]))
    ran = machine("bash", "-e", "-c", script, **template["variables"])

    assert ran.returncode == 1, ran.stderr
    assert "[错误] T3-02" in ran.stdout
    reports = job["artifacts"]["reports"]
    found = json.loads((machine.folder / reports["codequality"]).read_text(encoding="utf-8"))
    assert {entry["location"]["path"] for entry in found} == {BAD, GOOD}
    suites = ET.parse(machine.folder / reports["junit"]).getroot()  # noqa: S314  # our own output
    assert {suite.attrib["name"]: int(suite.attrib["failures"]) > 0 for suite in suites} == {
        BAD: True,
        GOOD: False,
    }
    assert all((machine.folder / path).exists() for path in job["artifacts"]["paths"])


def test_the_gitlab_job_says_which_files_it_writes():
    job = load("ci/gitlab.yml")["nianbao-check"]
    kept = [*job["artifacts"]["reports"].values(), *job["artifacts"]["paths"]]

    assert sorted(re.findall(r"--output (\S+)", " ".join(job["script"]))) == sorted(kept)


def test_the_gitee_step_runs(machine):
    ran = machine("bash", "-e", "-c", "\n".join(without_install(gitee_commands())))

    assert ran.returncode == 1, ran.stderr
    assert (machine.folder / "out" / "nianbao.html").exists()


HIDING = "select: [SEC-01]\n"
"""A configuration that hides the fault of the bad report."""


def run_gitlab(machine, config):
    variables = load("ci/gitlab.yml")["variables"] | {"CHECKER_CONFIG": config}
    return machine("bash", "-e", "-c", "\n".join(without_install(gitlab_commands())), **variables)


def run_gitee(machine, config):
    return machine(
        "bash", "-e", "-c", "\n".join(without_install(gitee_commands())), CHECKER_CONFIG=config
    )  # fmt: skip


RUNS = {
    "gitlab": run_gitlab,
    "gitee": run_gitee,
    "github": lambda machine, config: run_action(machine, config=config),
}


@pytest.mark.parametrize("template", RUNS)
@pytest.mark.parametrize(("config", "code"), [("", 1), (".checker.yaml", 0), ("没有.yaml", 2)])
def test_only_a_configuration_that_is_named_counts(machine, template, config, code):
    (machine.folder / ".checker.yaml").write_text(HIDING, encoding="utf-8")

    assert RUNS[template](machine, config).returncode == code


def test_the_hook_takes_no_configuration_by_itself():
    assert hook()["args"] == ["--no-config"]


# --- Docker, and everything -------------------------------------------------------------------------------


def test_the_image_gets_every_file_it_copies():
    kept = {
        line[1:]
        for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
        if line[0] == "!"
    }
    lines = re.findall(
        r"^COPY (?!--from)(.+) \S+$", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE
    )
    copied = {name for line in lines for name in line.split()}

    assert copied == kept
    assert all((ROOT / name).exists() for name in copied)


def test_the_guide_names_every_file_and_option():
    guide = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    options = [
        "--fail-on",
        "--max-warnings",
        "--baseline",
        "--exceptions",
        "--changed-since",
        "--allow-none",
        "--watch",
    ]

    assert [word for word in ["ci/gitlab.yml", "ci/gitee-go.yml", *options] if word not in guide] == []


def test_the_examples_of_the_guide_are_yaml():
    guide = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    examples = [yaml.safe_load(text) for text in re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)]

    assert [next(iter(example)) for example in examples] == ["repos", "repos", "name", "include"]
    assert set(examples[2]["jobs"]["check"]["steps"][1]["with"]) <= set(load("action.yml")["inputs"])
    assert set(examples[3]["variables"]) <= set(load("ci/gitlab.yml")["variables"])
