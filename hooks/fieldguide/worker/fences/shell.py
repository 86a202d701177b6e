"""One shell for the commands of a group: what one of them sets, the next one finds."""

from __future__ import annotations

import contextlib
import os
import re
import selectors
import shlex
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .. import proc, wording
from ..drivers.refused import Refused
from ..folders import beside, remove
from . import listening
from .patience import LOOK_SECONDS, Patience

_SERVER_SECONDS = 10.0
"""How long all processes may sleep while a command in the background does not listen yet."""
_QUIET_LOOKS = 5
"""So many looks in a row they have to sleep and to print nothing more, once it listens ..."""
_TALK_SECONDS = 1.0
"""... but only for so much processor time, and for so long while they sleep in between."""
_SEE_EVERY = 10
"""At each so many looks for a server that listens, the processes themselves are looked at."""
_SUBREAPER = 36
"""PR_SET_CHILD_SUBREAPER of prctl."""
_ADDRESS = re.compile(r"https?://(\[[\da-f:]+\]|[\w.-]+):(\d+)")
_STYLE = re.compile(r"\x1b\[[\d;]*m")
"""What makes a terminal show colours; some programs write it, whatever they write to."""
_EVAL = re.compile(r"^(sh: \d+: )eval: ", re.M)
"""How dash names the builtin that we run a command by, which no reader types."""


class Shell:
    """Runs commands one at a time in one ``sh``, which begins with the first of them.

    Each command reads nothing and writes into a file of its own: so what a server prints while
    later commands run stays out of their output. Raises `Refused` where there is no shell.

    Args:
        folder: where it begins.
        prefix: the environment whose programs come first; empty for none.
        limits: the job's.
        variables: of the environment, before ours.
    """

    def __init__(
        self, folder: Path, prefix: str, limits: dict[str, Any], variables: Mapping[str, str]
    ) -> None:
        program = shutil.which("sh", path=os.defpath)
        if program is None or os.name == "nt":
            raise Refused("shell", wording.no_shell())
        self._program = program
        self._current = str(folder)
        self._cap = int(limits["output_bytes"])
        self._wall = limits["wall_seconds"] / 2
        self._processor = limits["cpu_seconds"] / 2
        self._place = beside(folder)
        self._place.mkdir(mode=0o700, exist_ok=True)
        self._variables = _variables(folder, self._place, prefix, variables)
        self._process: subprocess.Popen[bytes] | None = None
        self._count = 0
        self._status = 0
        _adopt_orphans()

    def run(self, command: str) -> dict[str, Any]:
        """What a command printed, and the status that it ended with.

        One that ends in ``&`` is waited for until it listens, or ends.
        """
        self._count += 1
        output = self._place / f"output-{self._count}"
        output.touch()
        background = command.rstrip().endswith("&") and not command.rstrip().endswith("&&")
        before = listening.sockets() if background else None
        status, child = self._tell(command, output)
        if background and child and status == 0 and self._wait(child, output, before):
            status, _ = self._tell(f"wait {child}", Path(os.devnull))
        self._status = status
        return {"output": self._read(output), "exit": status}

    def close(self) -> None:
        """End every process that was started, and remove what it wrote."""
        for process in proc.descendants(os.getpid()):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(process, signal.SIGKILL)
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        remove(self._place)

    def _tell(self, command: str, output: Path) -> tuple[int, int]:
        """Run a command in the shell: its status, and its last process in the background.

        The shell reads what to do from its stdin and tells how it went on its stdout; a command
        can reach neither.
        """
        if self._process is None or self._process.poll() is not None:
            self._process = self._start()
        shell = self._process
        assert shell.stdin is not None
        assert shell.stdout is not None
        restore = f"(exit {self._status}); " if self._status else ""
        line = (
            f"{{ {restore}eval {shlex.quote(command)}; }}"
            f" </dev/null >{shlex.quote(str(output))} 2>&1;"
            ' command printf "%s:%s:%s\\0" "$?" "${!-}" "$PWD"\n'
        )
        answer = bytearray()
        with contextlib.suppress(BrokenPipeError), selectors.DefaultSelector() as selector:
            shell.stdin.write(line.encode("utf-8", "backslashreplace"))
            shell.stdin.flush()
            selector.register(shell.stdout, selectors.EVENT_READ)
            while not answer.endswith(b"\0"):
                # A process in the background may hold its end open: so the shell is asked, too.
                gone = shell.poll() is not None
                ready = selector.select(0 if gone else LOOK_SECONDS)
                chunk = os.read(shell.stdout.fileno(), 4096) if ready else b""
                answer += chunk
                if not chunk and (ready or gone):
                    break
        if not answer.endswith(b"\0"):
            return self._ended(shell), 0
        status, child, self._current = os.fsdecode(bytes(answer[:-1])).split(":", 2)
        return int(status), int(child or 0)

    def _start(self) -> subprocess.Popen[bytes]:
        folder = self._current if os.path.isdir(self._current) else "/"
        return subprocess.Popen(
            ["sh"],
            executable=self._program,
            cwd=folder,
            env={**self._variables, "PWD": folder},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def _ended(self, shell: subprocess.Popen[bytes]) -> int:
        """The status of a command that ended the shell; the next one gets another, in its place."""
        self._process = None
        for pipe in (shell.stdin, shell.stdout):
            with contextlib.suppress(OSError):
                assert pipe is not None
                pipe.close()
        status = shell.wait()
        return status if status >= 0 else 128 - status

    def _wait(self, child: int, output: Path, before: set[str] | None) -> bool:
        """Wait until a process in the background serves and has no more to say; whether it has
        ended instead."""
        idle = min(_SERVER_SECONDS, self._wall)
        bounds = {"processor": self._processor, "wall": self._wall}
        patience = Patience(idle=idle, every=_SEE_EVERY, **bounds)
        while not self._serves(output, before):
            if _over(child):
                return True
            if patience.over:
                return False
            patience.wait()
        talk = Patience(idle=_TALK_SECONDS, processor=_TALK_SECONDS, wall=self._wall / 2)
        quiet, length = 0, -1
        while quiet < _QUIET_LOOKS and not talk.over:
            asleep = talk.wait()
            before_look, length = length, output.stat().st_size
            quiet = quiet + 1 if asleep and length == before_look else 0
        return _over(child)

    def _serves(self, output: Path, before: set[str] | None) -> bool:
        """Whether a process of ours has begun to listen."""
        now = listening.sockets() if before is not None else None
        if now is not None and before is not None:
            new = now - before
            return bool(new) and listening.held(new, proc.descendants(os.getpid()))
        for host, port in _ADDRESS.findall(self._read(output)):
            with (
                contextlib.suppress(OSError, OverflowError),
                socket.create_connection((host.strip("[]"), int(port)), 1),
            ):
                return True
        return False

    def _read(self, output: Path) -> str:
        with contextlib.suppress(OSError), output.open("rb") as file:
            text = file.read(self._cap).decode("utf-8", "backslashreplace")
            return _STYLE.sub("", _EVAL.sub(r"\1", text))
        return ""


def _variables(folder: Path, place: Path, prefix: str, before: Mapping[str, str]) -> dict[str, str]:
    """What a command sees of the environment's variables."""
    own = os.path.dirname(sys.executable)
    folders = [*([os.path.join(prefix, "bin")] if prefix else []), own]
    if not any(os.access(os.path.join(folder, "python"), os.X_OK) for folder in folders):
        program = place / "bin" / "python"
        program.parent.mkdir(exist_ok=True)
        program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n', "utf-8")
        program.chmod(0o755)
        folders.insert(0, str(program.parent))
    return {
        **before,
        **({"VIRTUAL_ENV": prefix} if prefix else {}),
        "PATH": os.pathsep.join([*folders, os.defpath]),
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "TEMP": str(folder),
        "LANG": "C.UTF-8",
        "COLUMNS": "80",
        "TERM": "dumb",
        "NO_COLOR": "1",
        "PYTHONUNBUFFERED": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def _over(process: int) -> bool:
    """Whether a process of the shell's has ended."""
    if os.path.isdir("/proc/self"):
        return proc.ended(process)
    asked = ["ps", "-o", "stat=", "-p", str(process)]
    state = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
    return not state or state.startswith("Z")


def _adopt_orphans() -> None:
    """Stay above whatever a server that leaves its session and its parent becomes."""
    with contextlib.suppress(Exception):  # only Linux knows that, and not every Python has ctypes
        import ctypes

        ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
