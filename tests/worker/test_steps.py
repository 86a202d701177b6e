"""The steps of each language, in a group that is a stand-in."""

from __future__ import annotations

import base64
import sys
from pathlib import Path
from typing import Any, cast

import pytest
from apart import LIMITS
from miniature import WSGI

from fieldguide.worker.drivers.driver import Local
from fieldguide.worker.drivers.refused import Refused
from fieldguide.worker.drivers.wsgi import WSGIDriver
from fieldguide.worker.fences import steps
from fieldguide.worker.fences.examples import Screen
from fieldguide.worker.fences.group import Group
from fieldguide.worker.http.messages import ProtocolError, Request


class Running:
    """A script or a shell that keeps what it is given, and does as it is told."""

    def __init__(self, error: BaseException | None = None) -> None:
        self.given: list[Any] = []
        self.error = error
        self.space: dict[str, Any] = {}

    name = "bash"
    run_awaiting = None

    def run(self, *given: Any) -> Any:
        self.given.append(given[0] if len(given) == 1 else given)
        if self.error is not None:
            raise self.error
        return {"ran": given[0], "serves": given[0] == "serve"}

    def close(self) -> None:
        self.given.append("closed")


class Standing:
    """What a step may ask of its group."""

    def __init__(self, folder: Path, error: BaseException | None = None) -> None:
        self.folder = folder
        self.limits = LIMITS
        self.index = 3
        self.over = False
        self.script = Running(error)
        self.commands = Running()
        self.seen = Screen()
        self.left: list[BaseException | None] = []
        self.app: Any = None

    def screen(self) -> Screen:
        return self.seen

    def hear_threads(self) -> list[Any]:
        return ["a thread's"]

    def leave_if_forked(self, error: BaseException | None = None) -> None:
        self.left.append(error)

    def raised(self, error: BaseException) -> dict[str, Any]:
        return {"text": str(error)}

    def names(self, count: int) -> list[str]:
        return [f"<pycon 3.{number}>" for number in range(count)]

    def shell(self) -> Running:
        return self.commands

    def driver(self, snippet: bool) -> Any:
        if isinstance(self.app, Refused):
            raise self.app
        return self.app


def run(group: Standing, kind: str, **step: Any) -> Any:
    """The reply of a step."""
    return steps.STEPS[kind](cast(Group, group), {"kind": kind, **step})


# Files


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    content = bytes(range(256))
    encoded = base64.b64encode(content).decode()
    assert run(Standing(tmp_path), "file", path="a/b/c.bin", content=encoded) == {}
    assert (tmp_path / "a/b/c.bin").read_bytes() == content


def test_a_module_that_is_written_can_be_imported_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    for name in ("written_first", "written_later"):  # the first makes Python look at the folder
        source = base64.b64encode(f"name = {name!r}\n".encode()).decode()
        run(Standing(tmp_path), "file", path=f"{name}.py", content=source)
        assert __import__(name).name == name
        sys.modules.pop(name)


def test_a_file_that_cannot_be_written_stops_the_group(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    with pytest.raises(Refused) as caught:
        run(Standing(tmp_path), "file", path="a/b.txt", content="")
    assert caught.value.record["kind"] == "file"
    assert "a/b.txt" in str(caught.value)


# Python


@pytest.mark.parametrize("awaits", [True, False])
def test_code_is_run_as_the_step_that_it_is(tmp_path: Path, awaits: bool) -> None:
    group = Standing(tmp_path)
    step = {"source": "a = 1", "async": awaits, "raises": True}
    assert run(group, "python", **step) == {"raised": None, "threads": ["a thread's"]}
    assert group.script.given == [(3, "a = 1", awaits)]
    assert not group.over


@pytest.mark.parametrize("error", [KeyError("x"), SystemExit(3), KeyboardInterrupt()], ids=repr)
@pytest.mark.parametrize("meant", [True, False])
def test_code_that_raises(
    tmp_path: Path, error: BaseException, meant: bool, capfd: pytest.CaptureFixture[str]
) -> None:
    """What is meant is printed, and the group goes on; what is not is the end of the group."""
    group = Standing(tmp_path, error)
    reply = run(group, "python", source="", **{"async": False}, raises=meant)
    assert reply["raised"] == {"text": str(error)}
    assert group.over is not meant
    assert group.left == [error]
    expected = f"{type(error).__name__}: {error}".removesuffix(": ")
    assert capfd.readouterr().out == (f"{expected}\n" if meant else "")


# Sessions


def test_examples_run_in_the_namespace_of_the_script(tmp_path: Path) -> None:
    group = Standing(tmp_path)
    group.script.space["a"] = 20
    examples = ["b = a + 1\n", "b * 2\n", "1 / 0\n"]
    reply = run(group, "pycon", examples=examples, **{"async": False})
    assert reply["got"] == [
        {"output": "", "raised": None},
        {"output": "42\n", "raised": None},
        {"output": "", "raised": {"text": "division by zero"}},
    ]
    assert group.script.space["b"] == 21
    assert reply["threads"] == ["a thread's"]


def test_commands_run_in_the_shell_of_the_group(tmp_path: Path) -> None:
    group = Standing(tmp_path)
    reply = run(group, "console", commands=["ls", "pwd"], interrupted=[1])
    assert [command["ran"] for command in reply["commands"]] == ["ls", "pwd"]
    assert group.commands.given == [("ls", False), ("pwd", True)]


def test_nothing_runs_after_a_command_that_would_never_end(tmp_path: Path) -> None:
    group = Standing(tmp_path)
    run(group, "console", commands=["serve", "pwd"], interrupted=[])
    assert group.commands.given == [("serve", False), "closed"]


# Requests


def ask(group: Standing, *targets: str, snippet: bool = False) -> Any:
    """The reply of a step that sends requests with a body each."""
    body = base64.b64encode(b"\xff").decode()
    exchanges = [
        {"method": "POST", "target": target, "headers": [["X-A", "1"], ["X-A", "2"]], "body": body}
        for target in targets
    ]
    return run(group, "http", snippet=snippet, exchanges=exchanges)


def test_requests_are_sent_as_they_are_written(tmp_path: Path) -> None:
    requests: list[Request] = []
    driver = WSGIDriver(space(WSGI)["app"])

    class Noting(WSGIDriver):
        def __init__(self) -> None:
            """It only passes on."""

        def __call__(self, request: Request) -> Any:
            requests.append(request)
            return driver(request)

    group = Standing(tmp_path)
    group.app = Local(Noting(), tmp_path)
    reply = ask(group, "/a", "/b?c=d")
    assert (reply["broken"], reply["no_app"]) == (None, False)
    assert [exchange["response"]["body"] for exchange in reply["exchanges"]] == ["ok", "ok"]
    assert [(request.method, request.target) for request in requests] == [
        ("POST", "/a"),
        ("POST", "/b?c=d"),
    ]
    assert requests[0].body == b"\xff"
    assert [value for name, value in requests[0].headers.fields if name == "X-A"] == ["1", "2"]


def space(source: str) -> dict[str, Any]:
    """What a source defines."""
    names: dict[str, Any] = {}
    exec(source, names)
    return names


def test_without_an_application_nobody_is_asked(tmp_path: Path) -> None:
    assert ask(Standing(tmp_path), "/") == {"exchanges": [], "broken": None, "no_app": True}


def test_a_response_that_is_none_ends_the_step(tmp_path: Path) -> None:
    """What came before it stays."""
    group = Standing(tmp_path)

    def driver(request: Request) -> Any:
        if request.target == "/b":
            raise ProtocolError("it breaks HTTP")
        return WSGIDriver(space(WSGI)["app"])(request)

    group.app = driver
    reply = ask(group, "/a", "/b", "/c")
    assert reply["broken"] == "it breaks HTTP"
    assert reply["exchanges"][0]["request"]["start"] == "POST /a HTTP/1.1"


@pytest.mark.parametrize("snippet", [True, False])
def test_an_application_that_is_none(tmp_path: Path, snippet: bool) -> None:
    """A snippet's stops the group; that of the group's own code is only broken."""
    group = Standing(tmp_path)
    group.app = Refused("unknown app", "`app` is of an unknown kind: int")
    if snippet:
        with pytest.raises(Refused):
            ask(group, "/", snippet=True)
    else:
        assert ask(group, "/")["broken"] == "`app` is of an unknown kind: int"


def test_each_language_has_a_step_of_its_name() -> None:
    assert list(steps.STEPS) == ["file", "python", "pycon", "console", "http"]
