"""A group of fences: steps one after the other, with all that they share."""

from __future__ import annotations

import base64
import json
import os
from pathlib import Path
from typing import Any

import pytest
from apart import LIMITS, Ran, apart
from miniature import WSGI, gone

RUN = """\
from pathlib import Path
from fieldguide_worker.fences.group import run_group

folder = Path("group")
folder.mkdir()
for name, content in json.loads(sys.argv[3]).items():
    (folder / name).write_text(content)
record = run_group(json.loads(sys.argv[2]), folder.resolve())
tell(record)
"""
HELD: dict[str, Any] = {"raised": None, "threads": []}
"""The reply of a step of Python that holds."""


def python(source: str, **changes: bool) -> dict[str, Any]:
    return {"kind": "python", "source": source, "async": False, "raises": False, **changes}


def http(target: str = "/", snippet: bool = False) -> dict[str, Any]:
    request = {"method": "GET", "target": target, "headers": [], "body": ""}
    return {"kind": "http", "snippet": snippet, "exchanges": [request]}


def console(*commands: str) -> dict[str, Any]:
    return {"kind": "console", "commands": list(commands), "interrupted": []}


def grouped(folder: Path, *steps: dict[str, Any], entry: str = "", **files: str) -> Ran:
    """How the process of a group ends; ``files`` are those of its snippet, without ``.py``."""
    job = {"steps": steps, "limits": LIMITS, "mark": "mark", "prefix": "", "entry": entry}
    named = {f"{name}.py": content for name, content in files.items()}
    ran = apart(RUN, folder, json.dumps(job), json.dumps(named))
    assert ran.told is not None, ran.output
    return ran


def parts(ran: Ran) -> list[str]:
    """What each step printed, by its mark; the last is what came after all of them."""
    return [part.partition("\x1e\n")[2] for part in ran.output.split("\n\x1emark ")[1:]]


def statuses(reply: dict[str, Any]) -> list[str]:
    """The first lines of the responses that a step got."""
    return [exchange["response"]["start"] for exchange in reply["exchanges"]]


def test_steps_are_one_script_in_one_folder(tmp_path: Path) -> None:
    ran = grouped(
        tmp_path,
        {"kind": "file", "path": "a/b.txt", "content": base64.b64encode(b"content").decode()},
        python("import os\nword = open('a/b.txt').read()\nprint(os.path.basename(os.getcwd()))"),
        python("print(word, end='')"),
        {"kind": "pycon", "examples": ["word.upper()\n"], "async": False},
    )
    *replies, session = ran.told["steps"]
    assert ran.told["error"] is None
    assert replies == [{}, HELD, HELD]
    assert [got["output"] for got in session["got"]] == ["'CONTENT'\n"]
    assert parts(ran) == ["", "group\n", "content", "", ""]


def test_a_step_that_raises_is_the_last(tmp_path: Path) -> None:
    """Unless it is said that it raises; then a traceback's end is what it prints."""
    ran = grouped(
        tmp_path,
        python("raise KeyError('meant')", raises=True),
        python("x = 1\nraise ValueError('not meant')"),
        python("print('never')"),
    )
    meant, unmeant = (reply["raised"] for reply in ran.told["steps"])
    assert (meant["names"][0], meant["line"]) == ("KeyError", 1)
    assert (unmeant["text"], unmeant["line"]) == ("ValueError: not meant", 2)
    assert parts(ran) == ["KeyError: 'meant'\n", "", ""]


@pytest.mark.parametrize("code", ["import sys; sys.exit(3)", "raise KeyboardInterrupt", "a = = 1"])
def test_whatever_ends_a_step_is_told(code: str, tmp_path: Path) -> None:
    ran = grouped(tmp_path, python(code))
    (reply,) = ran.told["steps"]
    assert reply["raised"]["names"][0] in ("SystemExit", "KeyboardInterrupt", "SyntaxError")
    assert ran.status == 0


def test_a_language_without_a_step_stops_the_group(tmp_path: Path) -> None:
    ran = grouped(tmp_path, python("a = 1"), {"kind": "sql"}, python("print('never')"))
    assert ran.told["error"]["kind"] == "step"
    assert "sql" in ran.told["error"]["message"]
    assert ran.told["steps"] == [HELD]


def test_what_a_thread_raises_is_told_with_the_step_that_runs(tmp_path: Path) -> None:
    """Though a step before may have started it. An exit of a thread is nobody's concern."""
    start = (
        "import threading\n"
        "go = threading.Event()\n"
        "def work():\n"
        "    go.wait()\n"
        "    raise KeyError('late')\n"
        "thread = threading.Thread(target=work)\n"
        "thread.start()\n"
        "threading.Thread(target=exit).start()\n"
    )
    ran = grouped(tmp_path, python(start), python("go.set()\nthread.join()"))
    first, second = ran.told["steps"]
    assert first == HELD
    (raised,) = second["threads"]
    assert (raised["text"], raised["step"], raised["line"]) == ("KeyError: 'late'", 0, 5)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
@pytest.mark.parametrize(
    ("end", "status"),
    [
        ("", 0),
        ("raise KeyError('in the child')", 1),
        ("raise SystemExit", 0),
        ("raise SystemExit(7)", 7),
        ("raise SystemExit('words')", 1),
    ],
)
def test_a_process_that_a_step_forked_ends_with_the_step(
    end: str, status: int, tmp_path: Path
) -> None:
    """It is not the group: it neither goes on nor leaves a record."""
    fork = (
        f"import os\nchild = os.fork()\nif child == 0:\n    print('forked')\n    {end or 'pass'}\n"
    )
    wait = "print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))\n"
    ran = grouped(tmp_path, python(fork), python(wait))
    assert ran.told == {"error": None, "steps": [HELD, HELD]}
    assert ran.output.count("forked\n") == 1
    assert parts(ran)[1].splitlines()[-1] == str(status)
    assert ("KeyError: 'in the child'" in ran.output) is ("KeyError" in end)
    assert "worker" not in ran.output  # of a traceback only what is the step's own


def test_what_is_done_at_exit_belongs_to_the_last_step(tmp_path: Path) -> None:
    """After threads that are no daemons have ended."""
    code = (
        "import atexit, sys, threading\n"
        "atexit.register(print, 'at exit')\n"
        "threading.Thread(target=sys.stdout.write, args=['thread\\n']).start()\n"
    )
    ran = grouped(tmp_path, python(code), python("print('last')"))
    assert parts(ran)[-2].endswith("at exit\n")
    assert parts(ran)[-1] == ""
    assert "thread\n" in ran.output


def test_a_group_without_an_application_says_so(tmp_path: Path) -> None:
    (reply,) = grouped(tmp_path, http()).told["steps"]
    assert reply == {"exchanges": [], "broken": None, "no_app": True}


def test_the_application_of_its_own_code_answers_as_it_is_now(tmp_path: Path) -> None:
    """The same one keeps its driver; another one gets another."""
    _, first, _, second, *_ = grouped(
        tmp_path,
        python(WSGI),
        http(),
        python(WSGI.replace("200 OK", "404 Not Found")),
        http(),
        python("app = 3"),
        http(),
    ).told["steps"]
    assert statuses(first) == ["HTTP/1.1 200 OK"]
    assert statuses(second) == ["HTTP/1.1 404 Not Found"]


def test_an_application_of_its_own_code_that_is_none_is_broken(tmp_path: Path) -> None:
    _, reply = grouped(tmp_path, python("app = 3"), http()).told["steps"]
    assert reply["exchanges"] == []
    assert "unknown kind: int" in reply["broken"]


def test_a_snippet_answers_beside_what_the_group_has_made(tmp_path: Path) -> None:
    """It is loaded once."""
    counting = "print('loaded')\n" + WSGI
    ran = grouped(
        tmp_path,
        python(WSGI.replace("200 OK", "404 Not Found")),
        http(snippet=True),
        http(),
        http(snippet=True),
        entry="snippet.py",
        snippet=counting,
    )
    _, *replies = ran.told["steps"]
    assert [statuses(reply) for reply in replies] == [
        ["HTTP/1.1 200 OK"],
        ["HTTP/1.1 404 Not Found"],
        ["HTTP/1.1 200 OK"],
    ]
    assert ran.output.count("loaded\n") == 1


def test_a_snippet_that_cannot_be_loaded_stops_the_group(tmp_path: Path) -> None:
    ran = grouped(tmp_path, http(snippet=True), entry="snippet.py", snippet="x = 1\n")
    assert ran.told["error"]["kind"] == "no app"
    assert ran.told["steps"] == []


@pytest.mark.skipif(os.name == "nt", reason="its shell is another one")
def test_one_shell_serves_all_steps_and_has_none_of_their_variables(tmp_path: Path) -> None:
    """Nor does it stay when the group has ended."""
    ran = grouped(
        tmp_path,
        python("import os\nos.environ['OF_PYTHON'] = 'x'"),
        console("word=kept"),
        console('echo "$$ $word ${OF_PYTHON-unset}"'),
    )
    _, _, reply = ran.told["steps"]
    (command,) = reply["commands"]
    shell, *words = command["output"].split()
    assert words == ["kept", "unset"]
    assert gone(int(shell))
