"""Groups of fences in the worker: with and without fork, with and without a sandbox."""

from __future__ import annotations

import base64
import contextlib
import json
import re
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from miniature import ROOT, gone

from fieldguide import model
from fieldguide.environments import prepare
from fieldguide.model import (
    Environment,
    FenceJob,
    GroupRecord,
    Job,
    Limits,
    Location,
    Refusal,
    RefusalReason,
    Reply,
)
from fieldguide.project.collect import collect
from fieldguide.running import forked, zygote
from fieldguide.running.pool import Answer, Pool
from fieldguide.running.processes import Workers
from fieldguide.running.sandbox import Mode, Sandbox, sandbox
from fieldguide.running.zygote import CAN_FORK

FRAMEWORKS = collect(ROOT).frameworks
PLACE = Location("docs/page.md", 1)
Step = dict[str, Any]


PORT, DAEMON, LEFT, FLASK_PORT, LOOPING = PORTS = (
    *("@port", "@daemon", "@left", "@flask-port", "@looping"),
)
"""What stands in a group for a port, until it runs."""


@contextlib.contextmanager
def free_ports(count: int) -> Iterator[list[int]]:
    """Ports that nobody uses: without a sandbox they are the machine's.

    They are held by sockets that do not listen, so that the system gives them to nobody else; a
    server that may reuse its address can have them.
    """
    with contextlib.ExitStack() as stack:
        held = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in held:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            one.bind(("127.0.0.1", 0))
        yield [int(one.getsockname()[1]) for one in held]


def filled(value: Any, ports: Mapping[str, int]) -> Any:
    """A step, or a part of it, with the ports in the place of what stands for them."""
    if isinstance(value, dict):
        return {name: filled(one, ports) for name, one in value.items()}
    if isinstance(value, list):
        return [filled(one, ports) for one in value]
    if isinstance(value, str):
        for name, port in ports.items():
            value = value.replace(name, str(port))
    return value


@dataclass(frozen=True)
class Way:
    """One way to run the groups."""

    mode: Mode
    fork: bool


WAYS = {
    "sandboxed": Way(Mode.STRICT, True),
    "unsandboxed": Way(Mode.OFF, True),
    "sandboxed-without-fork": Way(Mode.AUTO, False),
    "unsandboxed-without-fork": Way(Mode.OFF, False),
}


@dataclass(frozen=True)
class Group:
    """What runs in one process."""

    steps: tuple[Step, ...]
    env: str = "python"
    files: Mapping[str, str] = field(default_factory=dict)
    main: str = ""
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True)
class Ran:
    """What came of it."""

    reply: Reply
    ports: Mapping[str, int] = field(default_factory=dict)

    @property
    def steps(self) -> list[dict[str, Any]]:
        record = group_record(self.reply)
        assert record.error is None, record
        return list(record.steps)  # type: ignore[arg-type]

    @property
    def outputs(self) -> dict[str, str]:
        """What was printed after each mark."""
        cut = re.split(rf"\n\x1e{self.reply.mark} (\w+)\x1e\n", self.reply.output)
        assert cut[0] == ""
        return dict(zip(cut[1::2], cut[2::2], strict=True))


def group_record(reply: Reply) -> GroupRecord:
    assert isinstance(reply.record, GroupRecord), reply
    return reply.record


def python(source: str, raises: str = "", awaits: bool = False) -> Step:
    return {"kind": "python", "source": dedent(source), "raises": raises, "async": awaits}


def pycon(*examples: str) -> Step:
    return {"kind": "pycon", "examples": [f"{example}\n" for example in examples], "async": False}


def console(*commands: str) -> Step:
    return {"kind": "console", "commands": list(commands), "interrupted": []}


def http(*exchanges: tuple[str, str], snippet: bool = False, **more: Any) -> Step:
    made = [
        {
            "method": method,
            "target": target,
            "headers": more.get("headers", []),
            "body": base64.b64encode(more.get("body", b"")).decode("ascii"),
        }
        for method, target in exchanges
    ]
    return {"kind": "http", "exchanges": made, "snippet": snippet}


def written(path: str, content: str) -> Step:
    return {"kind": "file", "path": path, "content": content}


def encoded(step: Step) -> Step:
    """A step as the worker reads it: a file's content in base64."""
    if step["kind"] != "file":
        return step
    content = step["content"].encode("utf-8")
    return {**step, "content": base64.b64encode(content).decode("ascii")}


def get(port: int | str, path: str) -> str:
    """A command that prints the status of a page."""
    code = f"from urllib.request import urlopen as get; print(get('http://127.0.0.1:{port}{path}')"
    return f'python -c "{code}.status)"'


SEEN = [["X-Seen", "1"], ["X-Seen", "2"]]
FLASK = """\
from flask import Flask, request, session

app = Flask(__name__)
app.secret_key = "not secret"

@app.route("/count")
def count():
    session["count"] = session.get("count", 0) + 1
    return {"count": session["count"], "seen": request.headers.getlist("X-Seen")}

@app.post("/echo")
def echo():
    return request.get_data()
"""

GROUPS: dict[str, Group] = {
    "is-main": Group(
        (
            python("""
                import sys
                from pathlib import Path
                print(__name__, sys.modules["__main__"].__dict__ is globals(), __spec__)
                print(Path(__file__) == Path.cwd() / "main.py", sys.argv == [__file__])
                print(Path(__file__).parent == Path(sys.path[0]))
                if __name__ == "__main__":
                    print("guarded")
                text: int = 3
                print(__annotations__)
                exit
            """),
        )
    ),
    "state": Group(
        (
            python("a = 1\ndef bump():\n    global a\n    a += 1\n"),
            python(
                "def outer():\n    def inner():\n        global made\n        made = a\n"
                "    inner()\nbump()\nouter()\n"
            ),
            python("print(a, made)"),
            pycon("a", "a += 40", "bump()", "a"),
            python("print(a)"),
        )
    ),
    "folder": Group(
        (
            written("templates/deep/a.txt", "written\n"),
            written("helper.py", "value = 7\n"),
            python("import helper\nprint(open('templates/deep/a.txt').read(), helper.value)"),
            written("other.py", "value = 8\n"),
            python("import other\nprint(other.value, open('data.txt').read())"),
        ),
        files={"data.txt": "laid out"},
    ),
    "source": Group(
        (
            python('"""A document."""\n\ndef first():\n    return 1\n'),
            python("import inspect\n\n\nclass Second:\n    x = 2\n"),
            python(
                "print(inspect.getsource(first), inspect.getsource(Second), __doc__)\n"
                "print(inspect.getsourcelines(Second)[1])\n"
                "print(open(__file__).read().count('return 1\\n'))\n"
            ),
        )
    ),
    "future": Group(
        (
            python("from dataclasses import dataclass, fields\n\ndef plain(x: int): ...\n"),
            python("""
                from __future__ import annotations
                @dataclass
                class Node:
                    value: int
                    next: Node | None = None
                print(Node(1, Node(2)), fields(Node)[1].type)
            """),
            python("def again(x: int): ...\nprint(plain.__annotations__, again.__annotations__)"),
        )
    ),
    "pickle": Group(
        (
            python("class Point:\n    def __init__(self, x):\n        self.x = x\n"),
            python("import pickle\nprint(pickle.loads(pickle.dumps(Point(3))).x)"),
        )
    ),
    "spawn": Group(
        (
            python("import multiprocessing\n\nraise ValueError('meant')\n", "ValueError"),
            python("import asyncio\nawait asyncio.sleep(0)\nAFTER = 1\n", awaits=True),
            python(
                "from __future__ import annotations\n\n"
                "def double(x: Later) -> int:\n    return 2 * x + AFTER - 1\n"
            ),
            python("""
                if __name__ == "__main__":
                    for method in ("spawn", "forkserver", "fork"):
                        context = multiprocessing.get_context(method)
                        with context.Pool(1) as pool:
                            print(method, pool.map(double, [1, 2]))
            """),
        ),
    ),
    "threads": Group(
        (
            python("""
                import threading, time
                def fail(seconds):
                    time.sleep(seconds)
                    raise LookupError(f"after {seconds}")
                thread = threading.Thread(target=fail, args=[0])
                thread.start()
                thread.join()
                threading.Thread(target=fail, args=[0.2]).start()
                threading.Thread(target=lambda: exit(3)).start()
            """),
            python("print('next')\n"),
        )
    ),
    "exit-work": Group(
        (
            python("""
                import atexit, sys, threading, time
                from concurrent.futures import ThreadPoolExecutor
                atexit.register(print, "at exit")
                executor = ThreadPoolExecutor(1)
                executor.submit(print, "from a pool").result()
                threading.Timer(0.1, sys.stdout.write, ["from a thread\\n"]).start()
            """),
            python("print('last')"),
        )
    ),
    "raises": Group(
        (
            python("x = 1\nraise ValueError('no such\\nitem')\nx = 2\n", "ValueError"),
            python("print(x)\n"),
            python("def f(:\n", "SyntaxError"),
            python("import sys\n\nsys.exit(3)\n", "SystemExit"),
            python("raise KeyboardInterrupt", "KeyboardInterrupt"),
            python(
                "class Own(KeyError):\n    pass\n\ndef fail():\n    raise Own('x')\n\n\nfail()\n",
                "Own",
            ),
            python("raise TypeError\n", "ValueError"),
            python("print('did not')\n", "ValueError"),
        )
    ),
    "raises-unexpectedly": Group(
        (
            written("helper.py", "\ndef fail():\n    return {}['x']\n"),
            python("import helper\n\ndef call():\n    helper.fail()\n"),
            python("\nprint('before')\ncall()\nprint('after')\n"),
            python("print('never')\n"),
        )
    ),
    "exits": Group((python("print('1')\nimport sys\nsys.exit(0)\n"), python("print('2')"))),
    "syntax": Group((python("x = 1\n\n"), python("y = 1\ny = = 2\n"))),
    "late-syntax": Group((python("x = 1\n\n"), python("y = 1\nreturn y\n"))),
    "async": Group(
        (
            python(
                "import asyncio\n\nloop = asyncio.get_running_loop()\n"
                "await asyncio.sleep(0)\ntask = asyncio.create_task(asyncio.sleep(0, 'slept'))\n",
                awaits=True,
            ),
            python("print('between')\n"),
            python("print(await task, loop is asyncio.get_running_loop())\n", awaits=True),
            python("asyncio.run(asyncio.sleep(0))\nprint('another loop')\n"),
            python("async def fail():\n    raise OSError('x')\n\n\nawait fail()\n", "", True),
        )
    ),
    "await-unasked": Group((python("import asyncio\nawait asyncio.sleep(0)\n"),)),
    "ends-at-once": Group((python("print('one')"), python("import os\nos._exit(0)\n"))),
    "forks": Group(
        (
            python("""
                import os, sys
                pid = os.fork()
                if pid:
                    os.waitpid(pid, 0)
                print("child" if pid == 0 else "parent")
            """),
            python("print('once', os.getpid() == 0)\n"),
        )
    ),
    "forks-and-raises": Group(
        (
            python("""
                import os
                pid = os.fork()
                if pid == 0:
                    raise ValueError("in the child")
                print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
            """),
        )
    ),
    "loops": Group(
        (python("print('one')"), python("while True:\n    pass\n")), limits=Limits(cpu_seconds=2)
    ),
    "subprocess": Group(
        (
            python("""
                import subprocess, sys
                print("first")
                subprocess.run([sys.executable, "-c", "print('second')"], check=True)
                subprocess.run("echo third; echo fourth >&2", shell=True, check=True)
            """),
            python("import os\nos.write(1, b'\\xff\\xfe')\n"),
        )
    ),
    "pycon": Group(
        (
            pycon(
                "1 + 1",
                "None",
                "for i in range(2):\n    print(i)\n",
                "print('no newline', end='')",
                "1 / 0",
                "_ + 1",
                "raise SystemExit(3)",
                "def f(:",
                "import inspect",
                "def g():\n    return 1\n",
                "inspect.getsource(g)",
                "from __future__ import annotations",
                "def h(x: undefined): ...\n",
                "h.__annotations__",
                "__name__",
            ),
            pycon("g()"),
            python("print(g())"),
        )
    ),
    "console": Group(
        (
            console(
                "ls -A",
                "mkdir a && cd a",
                "X='one two'",
                "pwd | sed 's,.*/,,'; echo \"$X\"",
                "cat <<EOF > file.txt\n$X\nEOF",
                "cat file.txt",
                "false",
                "echo $?",
                "nosuchcommand",
                "echo err >&2; echo out",
                "cat",
                "printf '\\377\\n'",
                "exit 3",
            ),
            console('echo "in ${PWD##*/}, $X."', 'echo "unterminated', "kill -9 $$", "true"),
            python("print(open('a/file.txt').read())\n"),
            console("cd ..", "ls -A"),
        )
    ),
    "variables": Group(
        (
            console(
                "echo $COLUMNS $TERM $NO_COLOR $LANG",
                '[ "$HOME" = "$PWD" ] && [ "$TMPDIR" = "$PWD" ] && echo "at home"',
                "python -c 'import sys; print(sys.version_info[:2])'",
                "echo ${VIRTUAL_ENV:-none}",
            ),
        )
    ),
    "environment": Group(
        (
            console(
                "flask --version | head -1", "echo ${VIRTUAL_ENV##*/}", "python -c 'import flask'"
            ),
        ),
        env="flask",
    ),
    "long-output": Group((console("head -c 3000000 /dev/zero | tr '\\0' x", "echo next"),)),
    "server": Group(
        (
            console(
                f"python -m http.server {PORT} --bind 127.0.0.1 &",
                "echo $! > server.pid",
                get(PORT, "/server.pid"),
                "echo later",
            ),
            python("print('server', open('server.pid').read())"),
        )
    ),
    "flask-server": Group(
        (
            written("app.py", FLASK),
            console(f"flask run --port {FLASK_PORT} &", get(FLASK_PORT, "/count"), "kill $!"),
        ),
        env="flask",
    ),
    "daemon": Group(
        (
            written(
                "daemon.py",
                "import http.server, os, sys\n"
                "if os.fork():\n    sys.exit()\n"
                "os.setsid()\n"
                "print('server', os.getpid(), flush=True)\n"
                "open('daemon.pid', 'w').write(str(os.getpid()))\n"
                f"http.server.HTTPServer(('127.0.0.1', {DAEMON}), None).serve_forever()\n",
            ),
            console("python daemon.py", "sleep 0.3"),
            python("print('server', open('daemon.pid').read())"),
        )
    ),
    "loops-beside-a-server": Group(
        (
            console(f"python -m http.server {LOOPING} &", "echo $! > server.pid"),
            python("print('server', open('server.pid').read())\nwhile True:\n    pass\n"),
        ),
        limits=Limits(cpu_seconds=3),
    ),
    "background-ends": Group(
        (console("(echo no port; exit 4) &", "true && sleep 0 &", "echo ok"),),
    ),
    "exit-leaves-a-server": Group(
        (console(f"python -m http.server {LEFT} --bind 127.0.0.1 &", "exit 1", "echo on"),),
    ),
    "own-app": Group(
        (
            python(FLASK),
            http(("GET", "/count"), ("GET", "/count?a=ü"), headers=SEEN),
            http(("GET", "/count")),
            http(("POST", "/echo"), body=b"sent\xff"),
            python("app = Flask('other')\n"),
            http(("GET", "/count")),
        ),
        env="flask",
    ),
    "no-app": Group((python("x = 1\n"), http(("GET", "/")), python("app = 3"), http(("GET", "/")))),
    "broken-app": Group(
        (
            python(
                "def app(environ, start_response):\n"
                "    start_response('200 OK', [('Content-Length', '9')])\n    return [b'short']\n"
            ),
            http(("GET", "/")),
            http(("GET", "nowhere")),
            python("print('on')"),
        )
    ),
    "snippet": Group(
        (http(("GET", "/count"), ("GET", "/count"), snippet=True), http(("GET", "/count"))),
        env="flask",
        files={"app.py": FLASK},
        main="app.py",
    ),
    "broken-snippet": Group(
        (python("print('one')"), http(("GET", "/"), snippet=True)),
        files={"app.py": "\nimport nothing_there\n"},
        main="app.py",
    ),
    "django": Group(
        (
            python("""
                from django.conf import settings
                from django.core.wsgi import get_wsgi_application
                from django.http import HttpResponse
                from django.urls import path

                settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__)
                urlpatterns = [path("hello", lambda request: HttpResponse("hello"))]
                app = get_wsgi_application()
            """),
            http(("GET", "/hello"), ("GET", "/none")),
        ),
        env="django",
    ),
    "asgi": Group(
        (
            python("""
                async def app(scope, receive, send):
                    if scope["type"] == "lifespan":
                        await receive()
                        await send({"type": "lifespan.startup.complete"})
                        await receive()
                        print("shut down")
                        return await send({"type": "lifespan.shutdown.complete"})
                    await send({"type": "http.response.start", "status": 200, "headers": []})
                    await send({"type": "http.response.body", "body": b"asgi"})
            """),
            http(("GET", "/")),
            python("import asyncio\nawait asyncio.sleep(0)\nprint('awaited')\n", awaits=True),
            http(("GET", "/")),
        ),
    ),
    "unknown": Group(({"kind": "cobol"}, python("print('not run')\n"))),
    "closes-everything": Group(
        (python("import os, sys\nsys.stdout.close()\nos.closerange(0, 3)\n"), python("x = 1")),
    ),
    "removes-its-folder": Group(
        (python("import os, shutil\nshutil.rmtree(os.getcwd())\n"), python("print('on')\n")),
    ),
}


def job(
    name: str, group: Group, made: Mapping[str, Environment], ports: Mapping[str, int]
) -> FenceJob:
    files = {path: content.encode("utf-8") for path, content in group.files.items()}
    return FenceJob(
        group=model.Group(f"page#{name}", "page", PLACE, group.env, ()),
        steps=tuple(map(encoded, filled(list(group.steps), ports))),
        checks=(),
        files=files,
        main=group.main,
        environment=made[group.env],
        limits=group.limits,
        key=name,
        inputs={},
        source="",
    )


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(way, marks=pytest.mark.skipif(way.fork and not CAN_FORK, reason="no fork"))
        for way in WAYS.values()
    ],
    ids=list(WAYS),
)
def way(request: pytest.FixtureRequest) -> Way:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def made() -> dict[str, Environment]:
    names = {group.env for group in GROUPS.values()} - {"python"}
    found = {name: prepare.prepare(ROOT, name) for name in names}
    return {**found, "python": prepare.bare()}


@pytest.fixture(scope="module")
def ran(way: Way, made: dict[str, Environment]) -> dict[str, Ran]:
    """Every group, in one pool."""
    found: dict[str, Ran] = {}

    def done(one: Job, reply: Answer) -> None:
        assert isinstance(reply, Reply), reply
        found[one.key] = Ran(reply, ports)

    pool = Pool(FRAMEWORKS, 2, sandbox(way.mode, way.fork), way.fork)
    with free_ports(len(PORTS)) as numbers:
        ports = dict(zip(PORTS, numbers, strict=True))
        pool.run([job(name, group, made, ports) for name, group in GROUPS.items()], done)
    assert pool.missing == {}
    return found


# Python ------------------------------------------------------------------------------------------


def test_a_step_is_main(ran: dict[str, Ran]) -> None:
    one = ran["is-main"]
    assert one.steps == [{"raised": None, "threads": []}], one.reply.output
    assert one.outputs == {
        "0": "__main__ True None\nTrue True\nTrue\nguarded\n{'text': <class 'int'>}\n",
        "end": "",
    }


def test_steps_share_their_state(ran: dict[str, Ran]) -> None:
    one = ran["state"]
    assert one.outputs["2"] == "2 2\n"
    assert [got["output"] for got in one.steps[3]["got"]] == ["2\n", "", "", "43\n"]
    assert one.outputs["4"] == "43\n"


def test_steps_share_their_folder(ran: dict[str, Ran]) -> None:
    one = ran["folder"]
    assert one.steps[0] == {}
    assert one.outputs["2"] == "written\n 7\n"
    assert one.outputs["4"] == "8 laid out\n"


def test_source_is_found(ran: dict[str, Ran]) -> None:
    assert ran["source"].outputs["2"] == (
        "def first():\n    return 1\n class Second:\n    x = 2\n A document.\n8\n1\n"
    )


def test_a_future_is_a_steps_own(ran: dict[str, Ran]) -> None:
    one = ran["future"]
    node = "Node(value=1, next=Node(value=2, next=None)) Node | None\n"
    assert one.outputs["1"] == node, one.steps
    assert one.outputs["2"] == "{'x': <class 'int'>} {'x': <class 'int'>}\n"


def test_pickle(ran: dict[str, Ran]) -> None:
    assert ran["pickle"].outputs["1"] == "3\n"


def test_multiprocessing(ran: dict[str, Ran]) -> None:
    one = ran["spawn"]
    lines = "".join(f"{method} [2, 4]\n" for method in ("spawn", "forkserver", "fork"))
    assert one.outputs["3"] == lines, one.steps


def test_a_thread_that_raises(ran: dict[str, Ran]) -> None:
    first, second = ran["threads"].steps
    assert [one["text"] for one in first["threads"]] == ["LookupError: after 0"]
    assert [one["text"] for one in second["threads"]] == ["LookupError: after 0.2"]
    assert (second["threads"][0]["step"], second["threads"][0]["line"]) == (0, 5)
    assert first["raised"] is None
    assert ran["threads"].outputs == {"0": "", "1": "next\n", "end": ""}


def test_what_python_does_at_its_exit(ran: dict[str, Ran]) -> None:
    lines = ran["exit-work"].outputs["1"].splitlines()
    assert lines[0] == "last"
    assert lines[1:] == ["from a thread", "at exit"]
    assert ran["exit-work"].outputs["0"] == "from a pool\n"


def test_a_step_that_is_meant_to_raise(ran: dict[str, Ran]) -> None:
    one = ran["raises"]
    first, _, syntax, ends, interrupt, own, other, none = one.steps
    assert first["raised"]["names"][:4] == [
        *("ValueError", "builtins.ValueError", "Exception", "builtins.Exception"),
    ]
    assert first["raised"]["text"] == "ValueError: no such\nitem"
    assert first["raised"]["line"] == 2
    assert one.outputs["0"] == "ValueError: no such\nitem\n"
    assert one.outputs["1"] == "1\n"
    assert syntax["raised"]["text"].startswith("SyntaxError: ")
    assert syntax["raised"]["line"] == 1
    assert ends["raised"]["text"] == "SystemExit: 3"
    assert ends["raised"]["line"] == 3
    assert interrupt["raised"]["names"][0] == "KeyboardInterrupt"
    assert own["raised"]["names"][:4] == ["Own", "__main__.Own", "KeyError", "builtins.KeyError"]
    assert own["raised"]["line"] == 5
    assert own["raised"]["traceback"].startswith("Traceback (most recent call last):\n")
    assert 'File "main.py", line 17, in <module>\n    fail()' in own["raised"]["traceback"]
    assert "worker" not in own["raised"]["traceback"]
    assert other["raised"]["names"][0] == "TypeError"
    assert none["raised"] is None
    assert one.outputs["7"] == "did not\n"


def test_a_step_that_raises_ends_the_group(ran: dict[str, Ran]) -> None:
    one = ran["raises-unexpectedly"]
    assert len(one.steps) == 3
    raised = one.steps[2]["raised"]
    assert raised["text"] == "KeyError: 'x'"
    assert (raised["step"], raised["line"]) == (2, 3)
    assert 'File "helper.py", line 3, in fail' in raised["traceback"]
    assert one.outputs == {"0": "", "1": "", "2": "before\n", "end": ""}


def test_exit_is_an_exception(ran: dict[str, Ran]) -> None:
    (step,) = ran["exits"].steps
    assert step["raised"]["names"][0] == "SystemExit"
    assert ran["exits"].outputs == {"0": "1\n", "end": ""}


@pytest.mark.parametrize("name", ["syntax", "late-syntax"])
def test_a_syntax_error_has_its_line(name: str, ran: dict[str, Ran]) -> None:
    raised = ran[name].steps[1]["raised"]
    assert raised["line"] == 2
    assert raised["text"].startswith("SyntaxError: ")


def test_await(ran: dict[str, Ran]) -> None:
    one = ran["async"]
    assert one.outputs["2"] == "slept True\n", one.steps
    assert one.outputs["3"] == "another loop\n"
    assert one.steps[4]["raised"]["text"] == "OSError: x"
    assert one.steps[4]["raised"]["line"] == 2
    assert "asyncio" not in one.steps[4]["raised"]["traceback"]
    (step,) = ran["await-unasked"].steps
    assert step["raised"]["text"] == "SyntaxError: 'await' outside function"


def test_a_process_that_ends_at_once(ran: dict[str, Ran]) -> None:
    one = ran["ends-at-once"]
    assert one.reply.record is None
    assert (one.reply.exit, one.reply.stopped) == (0, None)
    assert one.outputs == {"0": "one\n", "1": ""}


@pytest.mark.skipif(not CAN_FORK, reason="no fork")
def test_a_forked_process_ends_with_its_step(ran: dict[str, Ran]) -> None:
    one = ran["forks"]
    assert len(one.steps) == 2
    assert one.outputs["0"] == "child\nparent\n"
    assert one.outputs["1"] == "once False\n"
    assert "ValueError: in the child" in ran["forks-and-raises"].outputs["0"]
    assert ran["forks-and-raises"].outputs["0"].endswith("\n1\n")


def test_an_endless_loop(ran: dict[str, Ran]) -> None:
    one = ran["loops"]
    assert (one.reply.record, one.reply.stopped) == (None, "processor")
    assert one.outputs["0"] == "one\n"
    assert re.search(r'main\.py", line [23] in <module>', one.outputs["1"])


def test_output_of_other_processes(ran: dict[str, Ran]) -> None:
    one = ran["subprocess"]
    assert one.outputs["0"] == "first\nsecond\nthird\nfourth\n"
    assert one.outputs["1"] == "\\xff\\xfe"


@pytest.mark.parametrize("name", ["closes-everything", "removes-its-folder"])
def test_what_a_step_does_to_its_process(name: str, ran: dict[str, Ran]) -> None:
    assert [step["raised"] for step in ran[name].steps] == [None, None]


# pycon -------------------------------------------------------------------------------------------


def test_an_interactive_session(ran: dict[str, Ran]) -> None:
    first, second, third = ran["pycon"].steps
    outputs = [got["output"] for got in first["got"]]
    assert outputs[:4] == ["2\n", "", "0\n1\n", "no newline\n"]
    assert first["got"][4]["raised"]["text"] == "ZeroDivisionError: division by zero"
    assert first["got"][4]["raised"]["line"] == 1
    assert outputs[5] == "3\n"
    assert first["got"][6]["raised"]["text"] == "SystemExit: 3"
    assert first["got"][7]["raised"]["text"].startswith("SyntaxError: ")
    assert outputs[10] == "'def g():\\n    return 1\\n'\n"
    assert outputs[13] == "{'x': 'undefined'}\n"
    assert outputs[14] == "'__main__'\n"
    assert second["got"] == [{"output": "1\n", "raised": None}]
    assert third["raised"] is None
    assert ran["pycon"].outputs["2"] == "1\n"
    assert ran["pycon"].outputs["0"] == ""


# console -----------------------------------------------------------------------------------------


def ended(step: dict[str, Any]) -> list[tuple[str, int]]:
    started = re.compile(
        r"^\[1\] [0-9]+\n", re.MULTILINE
    )  # what an interactive shell says of a job
    return [(started.sub("", one["output"]), one["exit"]) for one in step["commands"]]


def test_commands(ran: dict[str, Ran]) -> None:
    first, second, third, last = ran["console"].steps
    commands = ended(first)
    assert commands[:6] == [
        *(("", 0), ("", 0), ("", 0), ("a\none two\n", 0), ("", 0), ("one two\n", 0)),
    ]
    assert commands[6:8] == [("", 1), ("1\n", 0)]
    assert commands[8][1] == 127
    assert commands[8][0].startswith(("bash: ", "sh: "))
    assert "eval" not in commands[8][0]
    assert commands[9:] == [("err\nout\n", 0), ("", 0), ("\\xff\n", 0), ("", 3)]
    restarted = ended(second)
    assert restarted[0] == ("in a, .\n", 0)
    assert restarted[1][1] != 0
    assert "quot" in restarted[1][0] or "matching" in restarted[1][0]
    assert restarted[2:] == [("", 137), ("", 0)]
    assert third["raised"] is None
    assert ended(last) == [("", 0), ("a  main.py\n", 0)]  # as in a terminal
    assert ran["console"].outputs["0"] == ""


def test_variables_of_commands(ran: dict[str, Ran]) -> None:
    (step,) = ran["variables"].steps
    assert ended(step) == [
        ("80 dumb 1 C.UTF-8\n", 0),
        ("at home\n", 0),
        (f"{sys.version_info[:2]}\n", 0),
        ("none\n", 0),
    ]


def test_programs_of_an_environment(ran: dict[str, Ran], made: dict[str, Environment]) -> None:
    (step,) = ran["environment"].steps
    assert ended(step) == [
        (f"Python {made['flask'].python_version}\n", 0),
        (f"{made['flask'].python.parent.parent.name}\n", 0),
        ("", 0),
    ]


def test_long_output_is_cut(ran: dict[str, Ran]) -> None:
    (step,) = ran["long-output"].steps
    assert ended(step) == [("x" * Limits().output_bytes, 0), ("next\n", 0)]


def test_a_server_is_waited_for_and_stopped(ran: dict[str, Ran], way: Way) -> None:
    one = ran["server"]
    commands = ended(one.steps[0])
    assert commands[0][1] == 0
    assert "Serving HTTP on 127.0.0.1" in commands[0][0]
    assert commands[1:] == [("", 0), ("200\n", 0), ("later\n", 0)]
    if way.mode is Mode.OFF:  # else its number says nothing here
        assert gone(int(one.outputs["1"].split()[1]))


def test_a_framework_s_own_server(ran: dict[str, Ran]) -> None:
    commands = ended(ran["flask-server"].steps[1])
    assert commands[0] == (
        " * Debug mode: off\n"
        "WARNING: This is a development server. Do not use it in a production deployment. "
        "Use a production WSGI server instead.\n"
        f" * Running on http://127.0.0.1:{ran['flask-server'].ports[FLASK_PORT]}\n"
        "Press CTRL+C to quit\n",
        0,
    )
    assert commands[1:] == [("200\n", 0), ("", 0)]


def test_a_server_is_stopped_when_time_is_over(ran: dict[str, Ran], way: Way) -> None:
    one = ran["loops-beside-a-server"]
    assert one.reply.stopped == "processor"
    if way.mode is Mode.OFF:
        assert gone(int(one.outputs["1"].split()[1]))


def test_a_server_that_leaves_its_session_is_stopped(ran: dict[str, Ran], way: Way) -> None:
    one = ran["daemon"]
    assert one.steps[2]["raised"] is None
    if way.mode is Mode.OFF and sys.platform.startswith("linux"):
        assert gone(int(one.outputs["2"].split()[1]))


def test_what_ends_in_the_background_is_no_server(ran: dict[str, Ran]) -> None:
    one = ran["background-ends"]
    assert ended(one.steps[0]) == [("no port\n", 4), ("", 0), ("ok\n", 0)]
    assert one.reply.seconds < 9  # what waits for a port does for ten


def test_a_server_does_not_keep_a_shell_alive(ran: dict[str, Ran]) -> None:
    one = ran["exit-leaves-a-server"]
    assert ended(one.steps[0])[1:] == [("", 1), ("on\n", 0)]


# http --------------------------------------------------------------------------------------------


def answers(step: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["response"]["start"], one["response"]["body"]) for one in step["exchanges"]]


def test_requests_to_the_groups_own_app(ran: dict[str, Ran]) -> None:
    _, first, second, echo, _, other = ran["own-app"].steps
    assert first["broken"] is None
    assert answers(first) == [
        ("HTTP/1.1 200 OK", '{"count":1,"seen":["1,2"]}\n'),
        ("HTTP/1.1 200 OK", '{"count":2,"seen":["1,2"]}\n'),
    ]
    assert first["exchanges"][1]["request"]["start"] == "GET /count?a=%C3%BC HTTP/1.1"
    assert ["X-Seen", "2"] in first["exchanges"][0]["request"]["headers"]
    assert answers(second) == [("HTTP/1.1 200 OK", '{"count":1,"seen":[]}\n')]
    assert echo["exchanges"][0]["response"]["binary"]
    assert other["exchanges"][0]["response"]["start"] == "HTTP/1.1 404 NOT FOUND"


def test_a_step_that_the_worker_does_not_know_is_refused(ran: dict[str, Ran]) -> None:
    reply = ran["unknown"].reply
    record = group_record(reply)
    assert record.error == Refusal(RefusalReason.STEP, "the worker has no step for cobol fences")
    assert record.steps == ()
    assert "not run" not in reply.output


def test_a_group_without_an_app(ran: dict[str, Ran]) -> None:
    _, none, _, nonsense = ran["no-app"].steps
    assert none == {"exchanges": [], "broken": None, "no_app": True}
    assert nonsense["broken"] == "`app` is of an unknown kind: int"


def test_an_app_that_breaks_the_rules(ran: dict[str, Ran]) -> None:
    _, broken, nowhere, _ = ran["broken-app"].steps
    assert broken["broken"] == "Content-Length says 9 bytes, the body has 5"
    assert nowhere["broken"] == "a target starts with \"/\", got 'nowhere'"
    assert ran["broken-app"].outputs["3"] == "on\n"


def test_requests_to_a_snippet(ran: dict[str, Ran]) -> None:
    first, own = ran["snippet"].steps
    assert [body for _, body in answers(first)] == [
        '{"count":1,"seen":[]}\n',
        '{"count":2,"seen":[]}\n',
    ]
    assert own["no_app"]


def test_a_snippet_that_cannot_be_loaded(ran: dict[str, Ran]) -> None:
    record = group_record(ran["broken-snippet"].reply)
    assert record.error is not None
    assert record.error.message == "no module named 'nothing_there'"
    assert (record.error.file, record.error.line) == ("app.py", 2)
    assert len(record.steps) == 1


def test_django_in_main(ran: dict[str, Ran]) -> None:
    one = ran["django"]
    assert answers(one.steps[1])[0] == ("HTTP/1.1 200 OK", "hello"), one.reply.output
    assert answers(one.steps[1])[1][0] == "HTTP/1.1 404 Not Found"


def test_asgi(ran: dict[str, Ran]) -> None:
    one = ran["asgi"]
    assert answers(one.steps[1]) == answers(one.steps[3]) == [("HTTP/1.1 200 OK", "asgi")]
    assert one.outputs["2"] == "awaited\n"
    assert one.outputs["3"] == "shut down\n"


# What is left ------------------------------------------------------------------------------------


def test_nothing_is_left(ran: dict[str, Ran]) -> None:
    assert set(ran) == set(GROUPS)
    assert {name for name, one in ran.items() if one.reply.record is None} == {
        "ends-at-once",
        "loops",
        "loops-beside-a-server",
    }


@pytest.mark.skipif(not CAN_FORK, reason="no fork")
def test_a_warm_process_goes_on(made: dict[str, Environment], tmp_path: Path) -> None:
    """Nothing of a group stays in its folder, else it would have to be replaced."""
    one = zygote.for_snippets(Workers(Sandbox(())), made["python"], None, tmp_path, Limits())
    try:
        for name in ("console", "state", "console"):
            reply = forked.run(job(name, GROUPS[name], made, {}), one)
            assert reply.record is not None
            assert list(tmp_path.iterdir()) == []
    finally:
        one.close()


# Where /proc says nothing ------------------------------------------------------------------------

ELSEWHERE = """
import json, os, sys
from pathlib import Path
from fieldguide.worker.fences import listening, shell

listening.sockets = lambda: None
is_folder = os.path.isdir
os.path.isdir = lambda path: path != "/proc/self" and is_folder(path)
limits = {"output_bytes": 9999, "wall_seconds": 120, "cpu_seconds": 10}
one = shell.Shell(Path(sys.argv[1]), "", limits, os.environ)
commands = [f"python -m http.server {sys.argv[2]} --bind 127.0.0.1 &", sys.argv[3], "exit 4 &"]
print(json.dumps([one.run(command) for command in commands]))
one.close()
"""


def test_a_server_is_found_by_what_it_prints(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with free_ports(1) as [port]:
        command = [sys.executable, "-c", ELSEWHERE, str(folder), str(port), get(port, "/")]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=600)
    server, answer, short = json.loads(done.stdout)
    assert "Serving HTTP" in server["output"]
    assert (answer["output"], short["exit"]) == ("200\n", 4)
    assert list(tmp_path.iterdir()) == [folder]
