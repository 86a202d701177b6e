"""Every snippet runs as its page says, under its framework's own development server.

Each listens on the port that a reader would see, in a network of its own. Where none can be had,
they take turns.
"""

from __future__ import annotations

import base64
import json
import os
import shlex
import socket
import subprocess
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fieldguide.commands.verify.run import verify
from fieldguide.environments import interpreters, prepare
from fieldguide.model import Exchange, Message, Outcome, Result, Snippet
from fieldguide.project.collect import collect
from fieldguide.running import processes
from fieldguide.running.sandbox import Mode, Sandbox, sandbox
from fieldguide.showing.html import start

ROOT = Path(__file__).parents[2]
PROJECT = collect(ROOT)
DRIVER = ROOT / "tests" / "help" / "development.py"


def started(snippet: Snippet, first: Exchange, folder: Path, box: Sandbox) -> dict[str, Any]:
    """What came of one snippet's server and one request."""
    environment = prepare.prepare(ROOT, snippet.framework)
    command = shlex.split(start.development(snippet))
    assert command[0] == "python"
    if not box.bounded and taken():
        return {"error": f"port {start.PORT} is taken, and there is no network of its own here"}
    told = {
        "folder": str(folder / "snippet"),
        "files": {n: base64.b64encode(c).decode("ascii") for n, c in snippet.files.items()},
        "command": [str(environment.python), *command[1:]],
        "port": start.PORT,
        "request": {"target": first.request.start.split()[1], "headers": first.request.headers},
    }
    sees = [*interpreters.readable(environment), DRIVER]
    program = [str(environment.python), str(DRIVER)]
    done = subprocess.run(
        box.command(program, sees, folder, 64 * 1024 * 1024, first=False),
        input=json.dumps(told),
        capture_output=True,
        text=True,
        cwd=folder,
        env=processes.variables(folder),
        timeout=900,  # only a backstop, on a busy machine too
    )
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def taken() -> bool:
    """Whether somebody listens on the port already."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", start.PORT))
        except OSError:
            return True
    return False


def asked(result: Result) -> Exchange | None:
    """The first `GET` of the contract that leans on nothing that was asked before."""
    firsts = (check.exchanges[0] for check in result.checks if check.exchanges)
    return next((one for one in firsts if one.request.start.startswith("GET ")), None)


@pytest.fixture(scope="module")
def answers(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, real: Path
) -> dict[str, tuple[Result, Exchange | None, Future[dict[str, Any]] | None]]:
    """What every selected snippet was asked, and what it is about to answer."""
    here = [item for item in request.session.items if item.path == request.path]
    ids = [one.callspec.params["id"] for one in here if hasattr(one, "callspec")]
    results = {result.id: result for result in verify(real, ids).results}
    box = sandbox(Mode.AUTO, True)
    workers = (os.cpu_count() or 1) if box.bounded else 1
    found: dict[str, Any] = {}
    with ThreadPoolExecutor(workers) as pool:
        for number, id in enumerate(ids):
            result, first = results[id], None
            if result.outcome is Outcome.PASSED:
                first = asked(result)
            folder = tmp_path_factory.mktemp(f"started-{number}")
            future = (
                pool.submit(started, PROJECT.snippets[id], first, folder, box) if first else None
            )
            found[id] = result, first, future
    return found


@pytest.mark.parametrize("id", PROJECT.snippets)
def test_it_starts_as_the_page_says(id: str, answers: dict[str, Any]) -> None:
    result, first, future = answers[id]
    if result.outcome is Outcome.SKIPPED:
        pytest.skip(result.reason)
    assert first is not None, "it does not pass, or its contract has no GET to begin with"
    answer = future.result()
    assert "error" not in answer, f"{answer['error']}\n{answer.get('output', '')}"
    assert answer["status"] == int(first.response.start.split()[1]), answer["output"]
    fields = {name.lower(): value for name, value in first.response.headers}
    kinds = [one.partition(";")[0] for one in (answer["type"], fields.get("content-type", ""))]
    assert kinds[0] == kinds[1]
    assert "Traceback" not in answer["output"]


HELLO = Exchange(Message("GET / HTTP/1.1", (("Host", "localhost"),), ""), Message("", (), ""))


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> int:
    """A free port in the place of the page's, which may be somebody else's on this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
    monkeypatch.setattr(start, "PORT", number)
    return number


@pytest.mark.usefixtures("port")
def test_a_snippet_that_serves_nothing_is_caught(tmp_path: Path) -> None:
    snippet = PROJECT.snippets["request-response/flask"]
    code = snippet.files["app.py"].partition(b"if __name__")[0]
    answer = started(
        replace(snippet, files={"app.py": code}), HELLO, tmp_path, sandbox(Mode.AUTO, True)
    )
    assert answer["error"] == "it ended with status 0"


def test_without_a_network_of_its_own_it_says_so_where_the_port_is_taken(
    tmp_path: Path, port: int
) -> None:
    snippet = PROJECT.snippets["request-response/bottle"]
    code = snippet.files["app.py"]
    assert code.count(b"port=8000") == 1
    code = code.replace(b"port=8000", b"port=%d" % port)
    snippet = replace(snippet, files={**snippet.files, "app.py": code})
    box = sandbox(Mode.OFF, True)
    assert started(snippet, HELLO, tmp_path, box)["body"] == "Hello, world!"
    with socket.create_server(("127.0.0.1", port)):
        assert f"port {port} is taken" in started(snippet, HELLO, tmp_path, box)["error"]


def test_django_is_told_what_to_do() -> None:
    commands = {start.development(snippet) for snippet in PROJECT.snippets.values()}
    assert commands == {"python app.py", "python app.py runserver"}
