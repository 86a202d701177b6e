"""What comes from a warm process is one whole answer to what was asked, or the process is lost."""

from __future__ import annotations

import contextlib
import json
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import playing_workers
import pytest
from sample_jobs import snippet_job

from fieldguide.model import Limits, Stopped
from fieldguide.running.messages import JobMessage, Role, message
from fieldguide.running.processes import Workers
from fieldguide.running.sandbox import Sandbox
from fieldguide.running.zygote import CAN_FORK, LostError, Zygote

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="no fork")

READY = {"ready": True, "missing": ["numpy"], "threads": 1}
ENDED: dict[str, Any] = {
    **{"output": "hello", "exit": -9, "stopped": "time", "seconds": 1.5},
    **{"waited": None, "waits": True},
}
Says = Callable[[str], bytes]
"""What is said when a job of that id has been heard."""


def said(message: dict[str, Any], record: bytes = b"") -> bytes:
    return json.dumps(message).encode() + b"\n" + record


def whole(id: str, content: bytes = b"{}", **changes: Any) -> bytes:
    return said({**ENDED, "id": id, "record": len(content), **changes}, content)


@pytest.fixture
def warm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes, Says], Zygote]:
    """A zygote whose process says this at its start, and that for a job."""

    def make(first: bytes, says: Says) -> Zygote:
        def start(workers: object, interpreter: object, arguments: object, **given: Any) -> Any:
            control = socket.socket(fileno=os.dup(given["stdin"].fileno()))

            def play() -> None:
                with contextlib.suppress(OSError, ValueError), control:
                    control.sendall(first)
                    length = int.from_bytes(control.recv(4), "big")
                    control.sendall(
                        says(json.loads(control.recv(length, socket.MSG_WAITALL))["id"])
                    )
                    control.recv(1)

            return playing_workers.Played(play)

        monkeypatch.setattr(Workers, "start", start)
        return Zygote(Workers(Sandbox(())), ["python"], [], [], tmp_path, Limits())

    return make


def job() -> JobMessage:
    return message(snippet_job(), Role.BOTH)


def test_a_whole_answer(warm: Callable[[bytes, Says], Zygote]) -> None:
    zygote = warm(said(READY), lambda id: whole(id, b'{"error": null}'))
    assert zygote.missing == ("numpy",)
    zygote.send(job())
    ended = zygote.receive(60)
    assert (ended.record, ended.output, ended.exit) == (b'{"error": null}', "hello", -9)
    assert (ended.stopped, ended.seconds, ended.waited) == (Stopped.TIME, 1.5, None)
    assert ended.waits
    zygote.close()


WRONG: dict[str, Says] = {
    "of somebody else": lambda id: whole("0" * 16),
    "of nobody": lambda id: said({**ENDED, "record": 0}),
    "two at once": lambda id: whole(id) + whole(id),
    "more than it says": lambda id: whole(id, b"{}", record=1),
    "a record of less than nothing": lambda id: whole(id, record=-1),
    "a record without end": lambda id: whole(id, record=10**12),
    "a record of words": lambda id: whole(id, record="two"),
    "a reason that there is not": lambda id: whole(id, stopped="magic"),
    "a status of many digits": lambda id: whole(id, exit=10**400),
    "a yes for a status": lambda id: whole(id, exit=True),
    "a time that is none": lambda id: whole(id, seconds=float("nan")),
    "a time before the start": lambda id: whole(id, seconds=-1.0),
    "an output of numbers": lambda id: whole(id, output=[7]),
    "something more": lambda id: whole(id, passed=True),
    "no object": lambda id: b"[]\n",
    "nothing whole": lambda id: b'{"output": \n',
    "lists in lists": lambda id: b"[" * 10_000 + b"\n",
    "a key twice": lambda id: whole(id).replace(b'"exit"', b'"exit": 0, "exit"', 1),
    "the end": lambda id: b"",
}


@pytest.mark.parametrize("name", WRONG)
def test_anything_else_is_lost(warm: Callable[[bytes, Says], Zygote], name: str) -> None:
    def says(id: str) -> bytes:
        content = WRONG[name](id)
        if not content:
            raise ValueError
        return content

    zygote = warm(said(READY), says)
    zygote.send(job())
    with pytest.raises(LostError):
        zygote.receive(60)


def test_an_answer_before_the_question_is_lost(warm: Callable[[bytes, Says], Zygote]) -> None:
    """The second answer to one question would be the first to the next."""

    zygote = warm(said(READY), whole)
    zygote.send(job())
    zygote.receive(60)
    near, far = socket.socketpair()
    with far:
        far.sendall(whole("0" * 16))
        zygote._control.close()
        zygote._control = near
        with pytest.raises(LostError):
            zygote.send(job())


@pytest.mark.parametrize(
    "first",
    [
        b"[]\n",
        b"nonsense\n",
        said({**READY, "threads": "1"}),
        said({**READY, "threads": True}),
        said({**READY, "missing": "numpy"}),
        said({**READY, "missing": [7]}),
        said({**READY, "more": 1}),
        said(READY) + whole("0" * 16),
    ],
)
def test_a_start_that_is_none(warm: Callable[[bytes, Says], Zygote], first: bytes) -> None:
    with pytest.raises(LostError):
        warm(first, whole)
