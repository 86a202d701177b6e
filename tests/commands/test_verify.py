"""`fieldguide verify`: what is run, what is kept, and what it writes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.etree import ElementTree

import pytest
from cli import BOTTLE, FLASK, overlay, run

from fieldguide import __version__


def verified(*arguments: str) -> list[str]:
    """The ids that a verification with these arguments has results of."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "out.json")
        done = run("verify", "--json", str(file), *arguments)
        assert done.exit_code == 0, done.output
        return [result["id"] for result in json.loads(file.read_text("utf-8"))["results"]]


def test_verify_everything(project: Path) -> None:
    result = run("verify")
    assert result.exit_code == 0
    assert re.fullmatch(r"2 snippets: 2 passed, 4 checks, \d+\.\d\d s\n", result.stdout)
    assert "verifying 2 snippets\n" in result.stderr
    assert "passed    greeting/flask  2 checks\n" in result.stderr


def test_what_passed_is_not_run_again(passed: Path) -> None:
    again = run("verify")
    assert "2 passed, 4 checks, 2 from the cache" in again.stdout
    assert again.stderr == ""
    assert "from the cache" not in run("verify", "--no-cache", BOTTLE).stdout


def test_only_what_changed_is_run_again(passed: Path) -> None:
    with (passed / "snippets/greeting/bottle/app.py").open("a") as file:
        file.write("# changed\n")
    assert "1 from the cache" in run("verify").stdout
    assert "2 from the cache" in run("verify").stdout


def test_a_failure_is_seen_again(passed: Path) -> None:
    overlay(passed, "snippet-answers-wrongly")
    first, second = run("verify"), run("verify")
    assert (first.exit_code, second.exit_code) == (1, 1)
    assert first.stdout.splitlines()[0] == second.stdout.splitlines()[0]


def test_a_wrong_preload_is_seen_again(project: Path) -> None:
    overlay(project, "framework-preloads-missing-module")
    first, second = run("verify"), run("verify")
    assert (first.exit_code, second.exit_code) == (1, 1)
    assert first.stdout.splitlines()[0] == second.stdout.splitlines()[0]


def test_a_cache_that_cannot_be_written_is_only_a_warning(project: Path) -> None:
    (project / ".fieldguide/cache").write_text("a file in the folder's place")
    for _ in range(2):
        result = run("verify", BOTTLE)
        assert result.exit_code == 0
        assert ".fieldguide/cache: warning: the results cannot be kept: " in result.stdout
        assert "1 passed, 2 checks, " in result.stdout
        assert "from the cache" not in result.stdout


@pytest.mark.parametrize("jobs", [pytest.param(n, marks=pytest.mark.whole) for n in "129"])
def test_jobs(project: Path, jobs: str) -> None:
    assert verified("--jobs", jobs) == [FLASK, BOTTLE]


@pytest.mark.whole
def test_the_same_without_fork(project: Path) -> None:
    assert verified("--no-cache", "--no-fork") == [FLASK, BOTTLE]


@pytest.mark.parametrize(
    "arguments", [["--jobs", "0"], ["--jobs", "many"], ["--colour"], ["--json", "."]], ids=" ".join
)
def test_wrong_usage(project: Path, arguments: list[str]) -> None:
    result = run("verify", *arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("Usage: ")


@pytest.mark.parametrize("option", ["--json", "--report"])
def test_a_file_that_cannot_be_written(passed: Path, option: str) -> None:
    result = run("verify", option, "missing/out")
    assert result.exit_code == 2
    assert "2 snippets: 2 passed" in result.stdout
    assert result.stderr.splitlines()[-1] == (
        "missing/out: this file cannot be written: No such file or directory. "
        "Next: name a file in a folder that exists and can be written."
    )


def test_json_has_its_schema(passed: Path) -> None:
    overlay(passed, "snippet-answers-wrongly")
    assert run("verify", "--json", "out.json").exit_code == 1
    written: dict[str, Any] = json.loads(Path("out.json").read_text("utf-8"))
    assert list(written) == [
        *("schema", "generated", "engine", "python", "platform", "layers"),
        *("environments", "results", "fences", "not possible", "totals"),
    ]
    assert (written["schema"], written["engine"]) == (1, __version__)
    assert set(written["environments"]) == {"flask", "bottle"}
    assert set(written["environments"]["flask"]) == {"python", "distributions"}
    assert "werkzeug" in written["environments"]["flask"]["distributions"]
    flask, bottle = written["results"]
    assert list(flask) == [
        *("id", "kind", "concept", "framework", "cell", "path", "line"),
        *("outcome", "reason", "deviations", "cached", "seconds", "checks"),
    ]
    assert (flask["id"], flask["outcome"], bottle["outcome"]) == (FLASK, "failed", "passed")
    assert (flask["path"], flask["line"]) == ("snippets/greeting/flask/app.py", 1)
    assert "got 'Hello, Ada?'" in flask["reason"]
    assert flask["cell"] == {"kind": "core", "why": "", "instead": ""}
    check = flask["checks"][0]
    assert list(check) == ["name", "claim", "outcome", "exchanges"]
    assert check["exchanges"][0]["request"]["start"] == "GET /hello/Ada HTTP/1.1"
    assert check["exchanges"][0]["response"]["body"] == "Hello, Ada?"


def test_the_report_is_junit(passed: Path) -> None:
    overlay(passed, "snippet-answers-wrongly")
    assert run("verify", "--report", "junit.xml").exit_code == 1
    suite = ElementTree.parse("junit.xml").getroot().find("testsuite")
    assert suite is not None
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("4", "1", "0")
    (failed,) = [case for case in suite.iter("testcase") if case.find("failure") is not None]
    assert (failed.get("classname"), failed.get("name")) == (FLASK, "test_greets_by_name")
    assert (failed.get("file"), failed.get("line")) == ("snippets/greeting/flask/app.py", "7")


def test_annotations_on_github(passed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    overlay(passed, "snippet-answers-wrongly")
    assert "::error" not in run("verify").stdout
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    (annotation,) = [x for x in run("verify").stdout.splitlines() if x.startswith("::")]
    assert annotation.startswith(
        "::error file=snippets/greeting/flask/app.py,line=7::greeting/flask: "
    )


def test_annotations_of_what_stops_a_command(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    overlay(project, "framework-with-missing-key")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    result = run("verify")
    assert result.exit_code == 2
    assert result.stdout.startswith("::error file=pyproject.toml,line=5::the framework flask has ")


def test_nothing_that_a_terminal_obeys(passed: Path) -> None:
    app = passed / "snippets/greeting/flask/app.py"
    controls = ["\x1b[31mred", "\x00", "\u202e"]
    raises = f"    raise LookupError({' '.join(controls)!r})\n    return"
    app.write_text(app.read_text("utf-8").replace("    return", raises), "utf-8")
    for arguments in (["verify"], ["explain", FLASK]):
        output = run(*arguments).output
        for control in controls:
            assert control not in output
            assert control.encode("unicode_escape").decode("ascii")[:4] in output
