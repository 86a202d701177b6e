"""The sandbox's modes, and what is said where a machine cannot have one."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from fieldguide.base.problems import ProblemError, line
from fieldguide.commands.cli.main import main
from fieldguide.commands.verify.options import VerifyOptions
from fieldguide.commands.verify.run import verify
from fieldguide.model import Outcome
from fieldguide.model.layers import ALWAYS, BOUNDARY, JUDGE, POSIX
from fieldguide.running import sandbox as running_sandbox
from fieldguide.running.sandbox import Machine, Mode, best, default_mode, sandbox


class Refused(subprocess.Popen[bytes]):
    """Bubblewrap where nobody may make namespaces."""

    def __init__(self, command: Any, **options: Any) -> None:
        words = "echo bwrap: setting up uid map: Permission denied >&2; exit 1"
        super().__init__(["/bin/sh", "-c", words], **options)


def on(platform: str) -> Callable[[pytest.MonkeyPatch], None]:
    return lambda patch: patch.setattr(sys, "platform", platform)


READ = "run only snippets that you have read"
MACHINES: dict[str, tuple[Callable[[pytest.MonkeyPatch], None], str, str]] = {
    "macos": (
        on("darwin"),
        "on darwin a snippet can reach",
        "run only snippets that you have read",
    ),
    "windows": (
        on("win32"),
        "on win32 a snippet can reach",
        "run only snippets that you have read",
    ),
    "no-bubblewrap": (
        lambda patch: patch.setattr(shutil, "which", lambda name: None),
        "the program bwrap is missing",
        "apt install bubblewrap",
    ),
    "no-namespaces": (
        lambda patch: patch.setattr(subprocess, "Popen", Refused),
        "setting up uid map: Permission denied",
        "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0",
    ),
}


@pytest.fixture(params=MACHINES)
def machine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """A machine without a boundary: why, and the remedy."""
    pretend, why, remedy = MACHINES[request.param]
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    pretend(monkeypatch)
    return why, remedy


def test_strict_refuses_with_the_remedy(machine: tuple[str, str]) -> None:
    with pytest.raises(ProblemError) as caught:
        sandbox(Mode.STRICT, True)
    (problem,) = caught.value.problems
    assert problem.severity == "error"
    assert problem.message.startswith("not a sandbox: ")
    assert all(words in line(problem) for words in machine)


def test_auto_goes_on_and_says_so(machine: tuple[str, str]) -> None:
    found = sandbox(Mode.AUTO, True)
    assert not found.bounded
    assert not set(found.layers) & {*BOUNDARY, *JUDGE}
    assert found.missing is not None
    assert found.missing.severity == "warning"
    assert machine[0] in line(found.missing)
    assert found.command(["python", "x.py"], [], Path("/tmp"), 1) == ["python", "x.py"]


def test_no_machine_has_more_than_is_said_to_be_best(machine: tuple[str, str]) -> None:
    for mode in (Mode.AUTO, Mode.OFF):
        assert set(sandbox(mode, True).layers) <= set(best(mode, True).layers)


def test_windows_has_no_resource_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert sandbox(Mode.AUTO, False).layers == ALWAYS


def test_a_machine_is_tried_once_and_only_if_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []

    def which(name: str) -> None:
        tried.append(name)

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(shutil, "which", which)
    machine = Machine(Mode.AUTO, True)
    assert tried == []
    assert machine.sandbox is machine.sandbox
    assert tried == ["bwrap"]


def test_the_layers_of_each_mode() -> None:
    assert best(Mode.OFF, True).layers == (*ALWAYS, *POSIX)
    if sys.platform.startswith("linux"):
        assert best(Mode.AUTO, True).layers == (*ALWAYS, *POSIX, *BOUNDARY)
        assert best(Mode.STRICT, True).layers == (*ALWAYS, *POSIX, *BOUNDARY, *JUDGE)
        assert best(Mode.STRICT, False).layers == (*ALWAYS, *POSIX, *BOUNDARY)


def test_the_variable_names_the_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(running_sandbox.VARIABLE, raising=False)
    assert default_mode() is Mode.AUTO
    monkeypatch.setenv(running_sandbox.VARIABLE, "strict")
    assert default_mode() is Mode.STRICT
    monkeypatch.setenv(running_sandbox.VARIABLE, "strickt")
    with pytest.raises(ProblemError, match=r'unknown sandbox mode "strickt".*"strict"'):
        default_mode()


# Through the command


@pytest.fixture
def project(make_project: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make_project()
    monkeypatch.chdir(root)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.delenv(running_sandbox.VARIABLE, raising=False)
    return root


def test_without_bubblewrap(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Strict ends with 2 and runs nothing; auto says that it is no sandbox, and only then runs."""
    which = shutil.which
    monkeypatch.setattr(shutil, "which", lambda name: None if name == "bwrap" else which(name))
    strict = CliRunner().invoke(main, ["verify", "--sandbox", "strict"])
    assert strict.exit_code == 2
    assert "bwrap is missing" in strict.output
    assert "passed" not in strict.output
    auto = CliRunner().invoke(main, ["verify"])
    assert auto.exit_code == 0
    before, _, after = auto.output.partition("verifying 2 snippets")
    assert before.count("not a sandbox") == after.count("not a sandbox") == 1
    assert "2 snippets: 2 passed" in auto.output
    again = CliRunner().invoke(main, ["verify"])
    assert "2 from the cache" in again.output
    assert "not a sandbox" not in again.output


@pytest.mark.whole
def test_fewer_layers_than_now_are_run_again(project: Path) -> None:
    """What passed without a sandbox is run again with one; the other way round it counts."""

    def cached(mode: Mode) -> list[bool]:
        report = verify(project, (), VerifyOptions(mode=mode))
        assert {result.outcome for result in report.results} == {Outcome.PASSED}, report.problems
        return [result.cached for result in report.results]

    assert cached(Mode.OFF) == [False, False]
    assert cached(Mode.AUTO) == [False, False]
    assert cached(Mode.STRICT) == [False, False]
    for mode in (Mode.STRICT, Mode.AUTO, Mode.OFF):
        assert cached(mode) == [True, True]
