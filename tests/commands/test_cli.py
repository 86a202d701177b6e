"""The commands, in miniature projects."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from fieldguide import __version__
from fieldguide.commands.cli.main import main

ROOT = Path(__file__).parents[2]
CASES = Path(__file__).parents[1] / "cases" / "bad_input"
FLASK, BOTTLE = "greeting/flask", "greeting/bottle"


@pytest.fixture
def project(make_project: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The base project, as the current directory."""
    root = make_project()
    monkeypatch.chdir(root)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    return root


@pytest.fixture
def passed(project: Path, proven: Path) -> Path:
    """The same, whose snippets have passed: for what is not about running them."""
    shutil.copytree(proven, project / ".fieldguide/cache")
    return project


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, list(arguments))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert "Traceback" not in result.output or "explain" in arguments  # which shows the snippet's
    return result


def verified(*arguments: str) -> list[str]:
    """The ids that a verification with these arguments has results of."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "out.json")
        result = run("verify", "--json", str(file), *arguments)
        assert result.exit_code == 0, result.output
        return [one["id"] for one in json.loads(file.read_text("utf-8"))["results"]]


def overlay(root: Path, case: str) -> None:
    shutil.copytree(CASES / case, root, dirs_exist_ok=True)


def second_concept(root: Path) -> list[str]:
    """Add a concept; its guide shows one snippet alone. Gives its ids."""
    shutil.copytree(root / "snippets/greeting", root / "snippets/parting")
    guide = "# Parting\n\n::: snippet parting/flask\n\n::: snippet parting/bottle\n"
    (root / "docs/concepts/parting.md").write_text(guide, "utf-8")
    return ["parting/flask", "parting/bottle"]


# verify


def test_verify_everything(project: Path) -> None:
    result = run("verify")
    assert result.exit_code == 0
    assert re.fullmatch(r"2 snippets: 2 passed, 4 checks, \d+\.\d\d s\n", result.stdout)
    assert "verifying 2 snippets\n" in result.stderr
    assert "passed    greeting/flask  2 checks\n" in result.stderr


def test_what_passed_is_not_run_again(project: Path) -> None:
    run("verify")
    again = run("verify")
    assert "2 passed, 4 checks, 2 from the cache" in again.stdout
    assert again.stderr == ""
    assert "from the cache" not in run("verify", "--no-cache").stdout


def test_only_what_changed_is_run_again(project: Path) -> None:
    run("verify")
    with (project / "snippets/greeting/flask/app.py").open("a") as file:
        file.write("# changed\n")
    assert "1 from the cache" in run("verify").stdout


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
        result = run("verify")
        assert result.exit_code == 0
        assert ".fieldguide/cache: the results cannot be kept: " in result.stdout
        assert "2 passed, 4 checks, " in result.stdout
        assert "from the cache" not in result.stdout


@pytest.mark.parametrize("jobs", ["1", "2", "9"])
def test_jobs(project: Path, jobs: str) -> None:
    assert verified("--jobs", jobs) == [FLASK, BOTTLE]


def test_the_same_without_fork(project: Path) -> None:
    assert verified("--no-cache", "--no-fork") == [FLASK, BOTTLE]


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (["greeting/flask"], [FLASK]),
        (["greeting/bottle", "greeting/flask", "greeting/flask"], [FLASK, BOTTLE]),
        (["greeting"], [FLASK, BOTTLE]),
        (["flask"], [FLASK, "parting/flask"]),
        (["parting", "greeting/bottle"], [BOTTLE, "parting/flask", "parting/bottle"]),
        (["snippets/greeting/flask/app.py"], [FLASK]),
        (["./snippets/greeting/flask/"], [FLASK]),
        (["snippets/greeting/contract.py"], [FLASK, BOTTLE]),
        (["snippets/greeting"], [FLASK, BOTTLE]),
        (["docs/concepts/greeting.md"], [FLASK, BOTTLE]),
        (["docs/concepts/parting.md"], ["parting/flask", "parting/bottle"]),
        (["snippets"], [FLASK, BOTTLE, "parting/flask", "parting/bottle"]),
        (["."], [FLASK, BOTTLE, "parting/flask", "parting/bottle"]),
    ],
    ids=" ".join,
)
def test_selection(passed: Path, selection: list[str], expected: list[str]) -> None:
    second_concept(passed)
    assert verified(*selection) == expected


def test_paths_are_seen_from_the_current_directory(
    passed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    second_concept(passed)
    monkeypatch.chdir(passed / "snippets/greeting")
    assert verified("flask/app.py") == [FLASK]
    assert verified(str(passed / "snippets/parting")) == ["parting/flask", "parting/bottle"]
    assert verified() == [FLASK, BOTTLE, "parting/flask", "parting/bottle"]


def test_a_path_through_a_link(passed: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(passed)
    assert verified(str(tmp_path / "link/snippets/greeting/flask")) == [FLASK]


def test_an_unknown_selection_runs_nothing(project: Path) -> None:
    result = run("verify", "greeting/flask", "greeting/flsk", "xyz")
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        "greeting/flsk: no snippet, concept, framework, fence or path of this project "
        '(did you mean "greeting/flask"?). '
        "Next: name one, such as greeting/flask, or none for everything.",
        "xyz: no snippet, concept, framework, fence or path of this project. "
        "Next: name one, such as greeting/flask, or none for everything.",
    ]
    assert result.stdout == ""


@pytest.mark.parametrize(
    "arguments", [["--jobs", "0"], ["--jobs", "many"], ["--colour"], ["--json", "."]], ids=" ".join
)
def test_wrong_usage(project: Path, arguments: list[str]) -> None:
    result = run("verify", *arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("Usage: ")


def test_an_unknown_command(project: Path) -> None:
    assert run("verfy").exit_code == 2


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
        *("outcome", "reason", "cached", "seconds", "checks"),
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
    assert result.stdout.startswith("::error file=pyproject.toml,line=5::the framework flask is ")


@pytest.mark.parametrize("control", ["\x1b[31mred", "\x00", "\u202e"])
def test_nothing_that_a_terminal_obeys(passed: Path, control: str) -> None:
    app = passed / "snippets/greeting/flask/app.py"
    raises = f"    raise LookupError({control!r})\n    return"
    app.write_text(app.read_text("utf-8").replace("    return", raises), "utf-8")
    for arguments in (["verify"], ["explain", FLASK]):
        said = run(*arguments).output
        assert control not in said
        assert control.encode("unicode_escape").decode("ascii")[:4] in said


def test_the_root_is_found_upwards(passed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(passed / "docs/concepts")
    assert run("verify").exit_code == 0
    monkeypatch.chdir("/")
    assert run("--root", str(passed), "verify").exit_code == 0
    assert run("--root", str(passed / "missing"), "verify").exit_code == 2


# explain


def explained(name: str = FLASK, status: int = 0) -> dict[str, str]:
    """The lines of an explanation by their first word."""
    result = run("explain", name)
    assert result.exit_code == status, result.output
    pairs = (re.split(r"  +", line.strip(), maxsplit=1) for line in result.stdout.splitlines()[1:])
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2}


def test_explain_what_has_not_run(project: Path) -> None:
    said = explained()
    assert said["contract"] == "snippets/greeting/contract.py, 2 checks"
    assert said["environment"].startswith("flask, Python 3.")
    assert "flask==" in said["environment"]
    assert said["cached"] == "no, it has not been verified yet"
    assert "last result" not in said


def test_explain_what_passed(project: Path) -> None:
    run("verify")
    said = explained()
    assert said["cached"] == "yes, a pass is kept under this key"
    assert said["last result"].startswith("passed, ")
    assert said["passed"]


@pytest.mark.parametrize(
    ("case", "changed"),
    [
        ("snippet-prints", "snippet"),
        ("byte-order-marks", "snippet"),
        ("deviation-that-passes", "deviations"),
    ],
)
def test_explain_what_changed(project: Path, case: str, changed: str) -> None:
    run("verify")
    overlay(project, case)
    assert explained()["cached"] == f"no, changed since its last result: {changed}"


def test_explain_changed_limits_and_contract(project: Path) -> None:
    run("verify")
    with (project / "pyproject.toml").open("a") as file:
        file.write("\n[tool.fieldguide.limits]\nwall_seconds = 9.5\n")
    with (project / "snippets/greeting/contract.py").open("a") as file:
        file.write("# changed\n")
    said = explained()
    assert said["cached"] == "no, changed since its last result: contract, limits"
    assert said["limits"].startswith("9.5 s, 10 s of processor time, 512 MiB of memory")


def test_explain_a_failure_with_its_exchange(passed: Path) -> None:
    overlay(passed, "snippet-answers-wrongly")
    run("verify")
    result = run("explain", FLASK)
    assert result.exit_code == 0
    assert "no, its last outcome is failed; only passes are kept" in result.stdout
    assert "snippets/greeting/flask/app.py:7: greeting/flask:" in result.stdout
    assert "      > GET /hello/Ada HTTP/1.1\n" in result.stdout
    assert "      < HTTP/1.1 200 OK\n" in result.stdout
    assert "      < Hello, Ada?\n" in result.stdout


def test_explain_shows_what_was_printed(passed: Path) -> None:
    overlay(passed, "snippet-prints")
    run("verify")
    assert "    | imported\n    | called\n" in run("explain", FLASK).stdout


def test_explain_what_is_left_out(project: Path) -> None:
    overlay(project, "deviation-without-reason")
    result = run("explain", FLASK)
    assert result.stdout.splitlines() == [
        "greeting/flask: left out of every run",
        "  problem      snippets/greeting/flask/deviations.toml:2: "
        "the deviation for test_greets_by_name gives no reason. "
        'Next: add a line reason = "..." that says why the framework cannot pass it.',
    ]


def test_explain_without_an_environment(project: Path) -> None:
    (project / "environments/flask.txt").unlink()
    assert explained()["environment"] == (
        "environments/flask.txt: the environment flask has no lock. Next: fieldguide lock flask."
    )


def test_lock_an_unknown_environment(project: Path) -> None:
    result = run("lock", "flsk")
    assert result.exit_code == 2
    assert 'no environment is named "flsk" (did you mean "flask"?)' in result.stderr


def test_explain_an_unknown_id(project: Path) -> None:
    result = run("explain", "greeting/flsk")
    assert result.exit_code == 2
    assert 'did you mean "greeting/flask"?' in result.stderr


# starting


def start(*command: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(word) for word in command],
        env={**os.environ, **variables},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_python_m_fieldguide() -> None:
    done = start(sys.executable, "-m", "fieldguide", "--version")
    assert done.stdout == f"fieldguide, version {__version__}\n"


def test_installed_command() -> None:
    done = start(Path(sys.executable).with_name("fieldguide"), "--version")
    assert done.stdout == f"fieldguide, version {__version__}\n"


def old_pythons() -> Iterator[Path]:
    """Interpreters that are too old, beside the one that runs the tests."""
    for minor in (8, 9, 10):
        yield from Path(sys.base_prefix).parent.glob(f"3.{minor}.*/bin/python")


SIMULATED = "import sys; sys.version_info = (3, 8, 18, 'final', 0); import runpy; "
MODULE = "runpy.run_module('fieldguide', run_name='__main__')"


@pytest.mark.parametrize(
    "command",
    [[sys.executable, "-c", SIMULATED + MODULE]]
    + [[str(python), "-m", "fieldguide"] for python in old_pythons()],
    ids=lambda command: Path(command[0]).parent.parent.name,
)
def test_a_python_too_old_is_told_in_one_line(command: list[str]) -> None:
    done = start(*command, "verify", PYTHONPATH=str(ROOT / "hooks"))
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(
        r"fieldguide needs Python 3\.11 or newer, this is 3\.\d+\. "
        r"Next: run it with a newer one, for example: make test PYTHON=python3\.13\.\n",
        done.stderr,
    )


def test_a_selection_hears_only_of_what_concerns_it(passed: Path) -> None:
    """A problem in another concept does not fail the run of one snippet; a full run tells it."""
    (passed / "snippets" / "unfinished").mkdir()
    assert run("verify", FLASK).exit_code == 0
    everything = run("verify")
    assert everything.exit_code == 1
    assert "snippets/unfinished/contract.py" in everything.output
    assert "snippets/unfinished/contract.py" in run("verify", "snippets/unfinished").output
