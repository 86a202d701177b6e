"""A warm process: it answers one job after the other, and nothing of a job is left to the next."""

from __future__ import annotations

import base64
import json
import os
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from apart import LIMITS
from miniature import OK, WSGI

from fieldguide.base.paths import WORKER
from fieldguide.environments import interpreters
from fieldguide.running.processes import variables
from fieldguide.running.zygote import CAN_FORK
from fieldguide.worker import proc
from fieldguide.worker.http import frames
from fieldguide.worker.http.messages import Headers, Request

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="no fork")


JOB = {"id": "index#python-1", "limits": LIMITS, "processor": None, "files": {}}
"""What every job says."""


@dataclass
class Warm:
    """A warm process, as the engine speaks with it; its jobs have their folders in ``folder``."""

    process: subprocess.Popen[bytes]
    control: socket.socket
    folder: Path

    def send(self, channel: socket.socket | None = None, **job: Any) -> None:
        """Give it a job."""
        content = json.dumps({**JOB, **job}).encode()
        head = [len(content).to_bytes(4, "big")]
        socket.send_fds(self.control, head, [channel.fileno()] if channel else [])
        self.control.sendall(content)

    def receive(self) -> dict[str, Any]:
        """What it says next, with the record that comes with it."""
        head = bytearray()
        while not head.endswith(b"\n"):
            head += self.control.recv(1) or b"\n"
        said: dict[str, Any] = json.loads(head)
        if "record" in said:
            content = self.control.recv(said["record"], socket.MSG_WAITALL)
            said["record"] = json.loads(content) if content else None
        return said

    def ran(self, code: str) -> dict[str, Any]:
        """What it says of a job that is one fence."""
        step = {"kind": "python", "source": code, "async": False, "raises": False}
        self.send(role="group", steps=[step], mark="mark", prefix="", entry="")
        return self.receive()

    def printed(self, code: str) -> str:
        """What such a job prints; it has to hold."""
        said = self.ran(code)
        assert said["record"] == {"error": None, "steps": [{"raised": None, "threads": []}]}
        assert (said["exit"], said["stopped"], said["waits"]) == (0, None, False)
        start, end = "\n\x1emark 0\x1e\n", "\n\x1emark end\x1e\n"
        return str(said["output"]).removeprefix(start).removesuffix(end)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Warm]]:
    """Starts a warm process with modules to import first; None for one of judges."""
    started: list[Warm] = []

    def start(preload: list[str] | None) -> Warm:
        near, far = socket.socketpair()
        with far:
            program = [*interpreters.judge(), str(WORKER / "__main__.py")]
            process = subprocess.Popen(
                [*program, "zygote", json.dumps(preload), "false"],
                stdin=far.fileno(),
                stdout=subprocess.DEVNULL,
                cwd=tmp_path,
                env=variables(tmp_path),
                start_new_session=True,
            )
        started.append(Warm(process, near, tmp_path))
        return started[-1]

    yield start
    for warm in started:
        warm.control.close()
        warm.process.wait()


@pytest.fixture
def warm(start: Callable[..., Warm]) -> Warm:
    """A warm process that is ready."""
    process = start(["colorsys"])
    assert process.receive() == {"ready": True, "missing": [], "threads": 1}
    return process


def test_what_cannot_be_imported_is_named(start: Callable[..., Warm]) -> None:
    ready = start(["colorsys", "no_such_module", "no.such_module"]).receive()
    assert ready["missing"] == ["no_such_module", "no.such_module"]


def test_what_it_has_imported_is_there(warm: Warm) -> None:
    assert warm.printed("import sys; print('colorsys' in sys.modules, 'this' in sys.modules)") == (
        "True False\n"
    )


def test_nothing_of_a_job_is_left_to_the_next(warm: Warm) -> None:
    """Each has a folder, a process and a session of its own."""
    first, second = (
        warm.printed(
            "import builtins, os, sys\n"
            "print(os.getcwd(), os.getpid(), os.getsid(0) == os.getpid(), os.listdir())\n"
            "print(hasattr(builtins, 'left'), 'LEFT' in os.environ, 'this' in sys.modules)\n"
            "builtins.left = os.environ['LEFT'] = 'x'\n"
            "import this\n"
            "open('left', 'w').close()\n"
            "os.chmod('.', 0)\n"
        ).partition("The Zen of Python")[0]
        for _ in range(2)
    )
    (folder, process, *leads), *states = (line.split() for line in first.splitlines())
    (other, successor, *same), *later = (line.split() for line in second.splitlines())
    assert Path(folder).parent == Path(other).parent == warm.folder.resolve()
    assert folder != other
    assert process != successor
    assert leads == same == ["True", "['main.py']"]
    assert states[0] == later[0] == ["False", "False", "False"]
    assert list(warm.folder.iterdir()) == []


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="it needs /proc")
def test_a_job_has_no_descriptor_of_ours_but_its_record(warm: Warm) -> None:
    """The one beside it is that of the folder that is read."""
    printed = warm.printed("import os; print([int(name) for name in os.listdir('/proc/self/fd')])")
    assert json.loads(printed) == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("os.setpriority(os.PRIO_PROCESS, os.getppid(), 19)", "the next would get to run later"),
        ("open('../left', 'w').close()", "the next would find it"),
    ],
)
def test_one_that_a_job_has_changed_ends(warm: Warm, change: str, words: str) -> None:
    """What that job has done counts; the engine starts another process for the next."""
    assert warm.printed(f"import os; {change}; print(6 * 7)") == "42\n"
    assert warm.control.recv(1) == b"", words
    assert warm.process.wait() == 0


def test_it_ends_with_the_engine(warm: Warm) -> None:
    warm.control.shutdown(socket.SHUT_RDWR)
    assert warm.process.wait() == 0


def test_an_interrupt_at_the_terminal_is_not_for_it_but_for_its_jobs(warm: Warm) -> None:
    warm.process.send_signal(signal.SIGINT)
    assert warm.printed("print(6 * 7)") == "42\n"
    said = warm.ran("import os, signal; os.kill(os.getpid(), signal.SIGINT)")
    assert said["record"]["steps"][0]["raised"]["names"][0] == "KeyboardInterrupt"


def files(source: str) -> dict[str, str]:
    return {"app.py": base64.b64encode(source.encode()).decode()}


CONTRACT: dict[str, Any] = {
    "contract": OK,
    "checks": ["test_it_answers"],
    "deviations": [],
    "entry": "app.py",
}


def test_both_sides_in_one_process(warm: Warm) -> None:
    warm.send(role="both", files=files(WSGI), **CONTRACT)
    (check,) = warm.receive()["record"]["checks"]
    assert (check["name"], check["outcome"]) == ("test_it_answers", "passed")


def test_an_application_answers_at_the_end_of_its_stream(warm: Warm) -> None:
    """Until its judge is gone; it leaves no record."""
    near, far = socket.socketpair()
    with near:
        with far:
            warm.send(far, role="app", files=files(WSGI), entry="app.py")
        assert frames.receive(near.fileno()) == {"error": None}
        request = frames.request(Request("GET", "/", Headers([("Host", "testserver")])))
        frames.send(near.fileno(), {"id": "1", "requests": [request], "trace": False})
        answer = frames.receive(near.fileno())
    assert answer is not None
    status, _, _, body = answer["answers"][0]["response"]
    assert (answer["id"], status, body) == ("1", 200, "ok")
    said = warm.receive()
    assert (said["record"], said["exit"], said["stopped"]) == (None, 0, None)


def judged(start: Callable[..., Warm], contract: str) -> tuple[Warm, socket.socket]:
    """A judge that is at work, and the stream of the application that it asks."""
    judges = start(None)
    judges.receive()
    near, far = socket.socketpair()
    with far:
        judges.send(far, role="judge", **{**CONTRACT, "contract": contract})
    frames.send(near.fileno(), {"error": None})
    return judges, near


@pytest.mark.skipif(not os.path.exists("/proc/self/stat"), reason="it needs /proc")
def test_a_judge_that_ends_while_it_waits_says_so(start: Callable[..., Warm]) -> None:
    """The engine blames the application, which never answers."""
    judges, application = judged(start, OK)
    with application:
        frames.receive(application.fileno())
        (judge,) = proc.descendants(judges.process.pid)
        while proc.fields(judge)[0] != b"S":
            sleep(0.01)  # it has sent its question and is about to wait
        os.kill(judge, signal.SIGKILL)
        said = judges.receive()
    assert (said["record"], said["exit"], said["waits"]) == (None, -signal.SIGKILL, True)


def test_a_judge_that_ends_while_it_computes_says_so(start: Callable[..., Warm]) -> None:
    ends = "import os; os.kill(os.getpid(), 9)"
    contract = f"def test_it_answers(client):\n    client.get('/')\n    {ends}\n"
    judges, application = judged(start, contract)
    with application:
        question = frames.receive(application.fileno())
        assert question is not None
        answer = {"id": question["id"], "answers": [{"response": [200, "OK", [], ""]}]}
        frames.send(application.fileno(), answer)
        said = judges.receive()
    assert (said["record"], said["exit"], said["waits"]) == (None, -signal.SIGKILL, False)
