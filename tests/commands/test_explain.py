"""`fieldguide explain`: what runs for a snippet, whether a pass is kept, and what it gave."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from cli import FLASK, overlay, run


def explained(name: str = FLASK, status: int = 0) -> dict[str, str]:
    """The lines of an explanation by their first word."""
    result = run("explain", name)
    assert result.exit_code == status, result.output
    pairs = (re.split(r"  +", line.strip(), maxsplit=1) for line in result.stdout.splitlines()[1:])
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2}


def test_explain_what_has_not_run(project: Path) -> None:
    words = explained()
    assert words["contract"] == "snippets/greeting/contract.py, 2 checks"
    assert words["environment"].startswith("flask, Python 3.")
    assert "flask==" in words["environment"]
    assert words["cached"] == "no, it has not been verified yet"
    assert "last result" not in words


def test_explain_what_passed(passed: Path) -> None:
    run("verify")
    words = explained()
    assert words["cached"] == "yes, a pass is kept under this key"
    assert words["last result"].startswith("passed, ")
    assert words["passed"]


@pytest.mark.parametrize(
    ("case", "changed"),
    [
        ("snippet-prints", "snippet"),
        ("byte-order-marks", "snippet"),
        ("deviation-that-passes", "deviations"),
    ],
)
def test_explain_what_changed(passed: Path, case: str, changed: str) -> None:
    run("verify")
    overlay(passed, case)
    assert explained()["cached"] == f"no, changed since its last result: {changed}"


def test_explain_changed_limits_and_contract(passed: Path) -> None:
    run("verify")
    with (passed / "pyproject.toml").open("a") as file:
        file.write("\n[tool.fieldguide.limits]\nwall_seconds = 9.5\n")
    with (passed / "snippets/greeting/contract.py").open("a") as file:
        file.write("# changed\n")
    words = explained()
    assert words["cached"] == "no, changed since its last result: contract, limits"
    assert words["limits"].startswith(
        "9.5 s by the clock, 10 s of processor time, 512 MiB of memory"
    )


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


def test_explain_a_failure_that_has_been_put_right(passed: Path) -> None:
    """A pass of the code as it is now is kept, and the last result is of what stood there then."""
    run("verify")
    app = passed / "snippets/greeting/flask/app.py"
    right = app.read_bytes()
    overlay(passed, "snippet-answers-wrongly")
    run("verify")
    app.write_bytes(right)
    words = explained()
    assert words["cached"] == "yes, a pass is kept under this key"
    assert words["last result"].startswith("failed, ")
    assert words["last result"].endswith(" s; changed since then: snippet")


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


def test_explain_an_unknown_id(project: Path) -> None:
    result = run("explain", "greeting/flsk")
    assert result.exit_code == 2
    assert 'did you mean "greeting/flask"?' in result.stderr
