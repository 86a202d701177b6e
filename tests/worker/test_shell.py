"""The shell of ``console`` fences: how a server in the background is waited for."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from fieldguide.base.paths import ENGINE

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="only there a process's state is known"
)
RUN = """\
import json, sys, time
from pathlib import Path
from fieldguide.worker.fences.shell import Shell

limits = {"wall_seconds": 40, "cpu_seconds": 4, "output_bytes": 1 << 20}
shell = Shell(Path.cwd(), "", limits, {})
before = time.monotonic()
replies = [shell.run(command.lstrip("^"), command[0] == "^") for command in sys.argv[1:]]
shell.close()
print(json.dumps([replies, time.monotonic() - before]))
"""
WITHOUT_BASH = """
import shutil
which = shutil.which
shutil.which = lambda name, **more: None if name == "bash" else which(name, **more)
"""
SERVER = """\
import socket, sys, time
def spin(seconds):
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
server = socket.create_server(("127.0.0.1", 0))
print("listening", flush=True)
{then}
server.accept()
"""


def run(folder: Path, *commands: str, source: str = RUN) -> tuple[list[dict[str, Any]], float]:
    """What the commands print in one shell, and how long all of them take; ^ before one says that
    it is interrupted."""
    done = subprocess.run(
        [sys.executable, "-c", source, *commands],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ENGINE.parent)},
        capture_output=True,
        text=True,
        check=True,
    )
    replies, seconds = json.loads(done.stdout)
    return replies, seconds


def _without_job(output: str) -> str:
    """Without what a shell says of a job that begins."""
    return re.sub(r"^\[1\] \d+\n", "", output, flags=re.MULTILINE)


def server(folder: Path, then: str) -> str:
    """A server that does something between listening and its first request; its command."""
    folder.joinpath("server.py").write_text(SERVER.format(then=then), "utf-8")
    return "python server.py &"


def test_what_a_server_says_is_whole_however_long_it_works_for_it(tmp_path: Path) -> None:
    command = server(tmp_path, 'spin(0.3); print("ready")')
    replies, _ = run(tmp_path, command, "echo next")
    assert [_without_job(reply["output"]) for reply in replies] == [
        "listening\nready\n",
        "next\n",
    ]
    assert [reply["exit"] for reply in replies] == [0, 0]


@pytest.mark.parametrize(
    "then",
    [
        pytest.param("spin(1000)", id="works", marks=pytest.mark.whole),
        pytest.param('while True: time.sleep(0.02); print("still here")', id="talks"),
    ],
)
def test_a_server_that_never_rests_is_not_waited_for(tmp_path: Path, then: str) -> None:
    replies, seconds = run(tmp_path, server(tmp_path, then), "echo next")
    assert _without_job(replies[0]["output"]).startswith("listening\n")
    assert (replies[1]["output"], replies[1]["exit"]) == ("next\n", 0)
    assert seconds < 20


def test_one_that_ends_has_its_status(tmp_path: Path) -> None:
    replies, _ = run(tmp_path, "sh -c 'echo no; exit 3' &", 'echo "$?"')
    assert [(_without_job(reply["output"]), reply["exit"]) for reply in replies] == [
        ("no\n", 3),
        ("3\n", 0),
    ]


def outputs(folder: Path, *commands: str) -> list[str]:
    return [reply["output"] for reply in run(folder, *commands)[0]]


@pytest.mark.skipif(shutil.which("bash", path=os.defpath) is None, reason="there is no bash here")
def test_commands_run_in_the_shell_that_readers_have(tmp_path: Path) -> None:
    commands = (
        'echo "one\\ntwo"',
        "[[ a == a* ]] && echo {1..3}",
        "cat <(echo x)",
        "set -o pipefail",
    )
    assert outputs(tmp_path, *commands, "source /dev/null") == [
        "one\\ntwo\n",
        "1 2 3\n",
        "x\n",
        "",
        "",
    ]


@pytest.mark.skipif(shutil.which("bash", path=os.defpath) is None, reason="there is no bash here")
@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("no-such-command", "bash: no-such-command: command not found\n"),
        ("if; fi", "bash: syntax error near unexpected token `;'\n"),
        ("exit 3", ""),
    ],
)
def test_a_shell_says_what_it_says_to_readers(command: str, said: str, tmp_path: Path) -> None:
    assert outputs(tmp_path, command) == [said]


def test_a_command_writes_to_a_terminal(tmp_path: Path) -> None:
    code = "import sys; print(sys.stdout.isatty(), sys.stderr.isatty(), sys.stdin.isatty())"
    assert outputs(tmp_path, f'python -c "{code}"', "printf 'a\\tb\\r'") == [
        "True True False\n",
        "a\tb\r",
    ]


def test_a_command_has_any_length(tmp_path: Path) -> None:
    """A terminal takes no longer line than 4,096 characters."""
    assert outputs(tmp_path, f"echo '{'é' * 9000}'", "cat <<E\n" + "x\n" * 9000 + "E") == [
        "é" * 9000 + "\n",
        "x\n" * 9000,
    ]


def test_a_job_is_killed_by_its_number(tmp_path: Path) -> None:
    replies, _ = run(tmp_path, server(tmp_path, "pass"), "kill %1", "wait %1; jobs")
    started, killed, after = replies
    assert re.search(r"(?m)^\[1\] \d+$", started["output"])
    assert _without_job(started["output"]) == "listening\n"
    assert (killed["output"], killed["exit"]) == ("", 0)
    assert re.fullmatch(r"\[1\][+ ] +Terminated +python server.py\n", killed["notices"])
    assert "no such job" in after["output"] or after["output"] == ""


def test_a_server_in_the_foreground_is_ended_as_a_reader_ends_it(tmp_path: Path) -> None:
    command = server(tmp_path, "pass").removesuffix(" &")
    replies, _ = run(tmp_path, f"^{command}", "echo $?")
    assert replies[0]["output"].startswith("listening\n^C")
    assert "KeyboardInterrupt" in replies[0]["output"]
    assert (replies[0]["exit"], replies[0]["serves"]) == (130, False)
    assert replies[1]["output"] == "130\n"


def test_a_command_that_takes_ctrl_c_well_ends_well(tmp_path: Path) -> None:
    command = "trap 'exit 0' INT; echo begun; while true; do sleep 0.01; done"
    replies, _ = run(tmp_path, f'^bash -c "{command}"', "echo next")
    assert replies[0]["output"].startswith("begun\n^C")
    assert (replies[0]["exit"], replies[1]["output"]) == (0, "next\n")


@pytest.mark.whole
def test_a_server_in_the_foreground_is_said_to_be_one(tmp_path: Path) -> None:
    command = server(tmp_path, "pass").removesuffix(" &")
    (reply,), _ = run(tmp_path, command)
    assert (reply["output"], reply["serves"]) == ("listening\n", True)


def test_a_port_that_is_taken_has_an_owner(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
        command = f"python -m http.server {port} --bind 127.0.0.1"
        (reply, other), _ = run(tmp_path, command, "echo port 1 is in use")
        assert reply["exit"] == 1
        assert reply["taken"] == (
            f"port {port} is held by {Path('/proc/self/comm').read_text().strip()}, "
            f"process {os.getpid()} of this machine"
        )
        assert other["taken"] == ""


def test_where_there_is_no_bash_it_is_said_what_there_is(tmp_path: Path) -> None:
    without = RUN.replace("shell = Shell", f"{WITHOUT_BASH}\nshell = Shell")
    replies, _ = run(tmp_path, 'echo "$0"', "false", 'echo "$?"', source=without)
    assert [reply["output"] for reply in replies[:3]] == ["sh\n", "", "1\n"]
