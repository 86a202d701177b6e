"""What is said of modules that the tests cover too little."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import covering
import pytest
from covered import problems
from miniature import ROOT


def test_too_little_without_a_reason_is_problems() -> None:
    (line,) = problems({"fieldguide/a.py": 84.9, "fieldguide/b.py": 85.0}, 85, {})
    assert line.startswith("fieldguide/a.py: 84.9 % is covered, less than 85 %. Next: test it")


def test_a_reason_is_enough() -> None:
    for percent in (0.0, 85.0, 94.9):
        reasons = {"fieldguide/a.py": "it needs a server"}
        assert problems({"fieldguide/a.py": percent}, 85, reasons) == []


def test_a_reason_that_is_not_needed_is_problems() -> None:
    (line,) = problems({"fieldguide/a.py": 95.0}, 85, {"fieldguide/a.py": "it needs a server"})
    assert "which needs no reason" in line
    (line,) = problems({}, 85, {"fieldguide/gone.py": "it needs a server"})
    assert line.startswith("fieldguide/gone.py: no such module")


def summary(report: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "tools/covered.py"), str(report)]
    return subprocess.run(command, capture_output=True, text=True)


def test_only_what_matters_is_shown(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    percents = {"fieldguide/__main__.py": 0.0, "fieldguide/a.py": 84.94, "fieldguide/b.py": 100.0}
    files = {
        f"hooks/{name}": {"summary": {"percent_covered": percent}}
        for name, percent in percents.items()
    }
    report.write_text(json.dumps({"files": files, "totals": {"percent_covered": 97.25}}))
    done = summary(report)
    assert done.returncode == 1
    first, second, total = done.stdout.splitlines()
    assert first.startswith("  0.0 %  fieldguide/__main__.py  it runs as a process of its own")
    assert (second, total) == (" 84.9 %  fieldguide/a.py", " 97.2 %  of lines and branches")
    assert "fieldguide/a.py: 84.9 % is covered" in done.stderr
    assert "fieldguide/__main__.py" not in done.stderr
    assert "fieldguide/b.py" not in done.stdout + done.stderr


def test_only_quick_tests_are_measured(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done: list[str] = []
    measured = SimpleNamespace(start=lambda: done.append("start"), stop=lambda: done.append("stop"))
    monkeypatch.setattr(covering, "_current", lambda: measured)
    kept = covering.Kept()
    whole = pytest.mark.whole.mark
    for nodeid, marker, expected in (
        ("tests/base/test_text.py::test_it", None, []),
        ("tests/base/test_text.py::test_whole", whole, ["stop"]),
        ("tests/whole/test_hook.py::test_it", None, []),
        ("docs/index.md::index#python-1::runs", None, []),
        ("tests/wholesale/test_it.py::test_it", None, ["start"]),
        ("snippets/routing/contract.py::routing/flask::test_it", None, ["stop"]),
    ):
        item = SimpleNamespace(nodeid=nodeid, get_closest_marker={"whole": marker}.get)
        next(kept.pytest_runtest_protocol(item))  # type: ignore[arg-type]
        assert done == expected, nodeid
        done.clear()


@pytest.mark.whole
@pytest.mark.parametrize(("processes", "measured"), [("-n0", 1), ("-n1", 2)])
def test_coverage_begins_before_pytest_loads_the_engine_and_only_there(
    processes: str, measured: int, tmp_path: Path
) -> None:
    """In a run of its own, of a test that starts a Python of the engine: that one is not measured.
    Nor is one that takes long, after which the measuring goes on.

    What pytest loads of the engine by itself has all the lines that are run where it is imported.
    """
    tests = (
        "tests/bench/test_main.py::test_it_says_what_it_can_do",
        "tests/links/test_hostile.py::test_a_hostile_robots_txt_costs_its_own_host_alone[bytes]",
        "tests/base/test_text.py",
    )
    variables = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")},
        "COVERAGE_FILE": str(tmp_path / "data"),
    }

    def run(*command: str, **more: str) -> None:
        whole = [sys.executable, "-m", *command]
        subprocess.run(whole, cwd=ROOT, env={**variables, **more}, check=True)

    settings = str(ROOT / "pyproject.toml")
    options = ("-q", "-p", "no:cacheprovider", processes)
    run("pytest", *options, *tests, **{covering.VARIABLE: settings})
    assert len(list(tmp_path.glob("data.*"))) == measured
    run("coverage", "combine", "--quiet")
    report = tmp_path / "report.json"
    run("coverage", "json", "--quiet", "-o", str(report))
    files = json.loads(report.read_text("utf-8"))["files"]
    plugin = "hooks/fieldguide/commands/pytest_plugin.py"
    imports = {
        node.lineno
        for node in ast.parse((ROOT / plugin).read_text("utf-8")).body
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert imports <= set(files[plugin]["executed_lines"])
    assert "hooks/fieldguide/running/pool.py" in files
    done = summary(report)
    assert done.returncode == 1
    assert "fieldguide/running/pool.py: " in done.stderr
