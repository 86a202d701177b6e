"""One shell for the commands of a group: what one of them sets, the next one finds."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import shutil
import signal
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from time import sleep
from typing import Any

from .. import proc, wording
from ..drivers.refused import Refused
from ..folders import beside, remove
from . import listening, terminal, variables, waiting
from .patience import LOOK_SECONDS, Patience

_LOOKS = 50
"""At each so many looks at a command in the foreground, it is asked whether it serves."""
_STUCK_SECONDS = 5.0
"""A command in the foreground that serves, and has slept for so long, goes on for ever."""
_STYLE = re.compile(r"\x1b\[[\d;]*m")
"""What makes a terminal show colours; some programs write it, whatever they write to."""
_EVAL = re.compile(r"^((?:ba)?sh: (?:\d+: )?)eval: (?:line \d+: )?", re.M)
"""How a shell names the builtin that we run a command by, which no reader types."""
_BYE = re.compile(r"^exit\n?\Z", re.M)
"""What an interactive shell says when it ends; a reader's window closes with it."""
_BASH = ("--noprofile", "--norc", "--noediting", "-i")
_KILLS = re.compile(r"\bkill\b")
_KILLED_LOOKS = 20
_SETTINGS = "unset HISTFILE; PS1= PS2=; stty -echo 2>/dev/null"


class Shell:
    """Runs commands one at a time in one interactive shell, as a terminal has it, which begins
    with the first of them: bash where there is one, else sh.

    Each command reads nothing and has a screen of its own: so what a server prints while later
    commands run stays out of their output. Raises `Refused` where there is no shell.

    Args:
        folder: where it begins.
        prefix: the environment whose programs come first; empty for none.
        limits: the job's.
        before: the environment's variables, before ours.
    """

    def __init__(
        self, folder: Path, prefix: str, limits: dict[str, Any], before: Mapping[str, str]
    ) -> None:
        found = [shutil.which(name, path=os.defpath) for name in ("bash", "sh")]
        program = next((path for path in found if path), None)
        if program is None or os.name == "nt" or not terminal.had():
            raise Refused("shell", wording.no_shell())
        self.name = "bash" if program == found[0] else "sh"
        self._command = [self.name, *(_BASH if self.name == "bash" else ["-i"])]
        self._current = str(folder)
        self._cap = int(limits["output_bytes"])
        self._bounds = waiting.Bounds(limits["cpu_seconds"] / 2, limits["wall_seconds"] / 2)
        self._place = beside(folder)
        self._place.mkdir(mode=0o700, exist_ok=True)
        self._variables = variables.of_commands(folder, self._place, prefix, before)
        self._keyboard: terminal.Keyboard | None = None
        self._screens: list[terminal.Screen] = []
        self._count = 0
        self._status = 0
        variables.adopt_orphans()

    def run(self, command: str, interrupted: bool = False) -> dict[str, Any]:
        """What a command printed, and the status that it ended with.

        One that ends in ``&`` is waited for until it listens, or ends. One that is interrupted
        too; then it is ended as a reader ends it. ``serves`` says that it would never have ended.
        """
        background = command.rstrip().endswith("&") and not command.rstrip().endswith("&&")
        before = listening.sockets() if background or interrupted else None
        screen = terminal.Screen(self._place / f"output-{len(self._screens)}")
        self._screens.append(screen)
        known = set(proc.descendants(os.getpid()))
        number = self._tell(command, screen.name)
        serves = False
        if interrupted:
            self._interrupt(number, screen, before)
        answer = self._answer(number, known)
        if answer is None and self._keyboard is not None and not self._keyboard.gone:
            serves, answer = True, (0, 0)
        status, child = answer if answer is not None else (self._ended(), 0)
        if background and child and status == 0:
            over = partial(waiting.ended, child)
            waiting.until_served(screen, before, self._bounds, waiting.SERVER_SECONDS, over)
        if background and child and status == 0 and waiting.ended(child):
            status = (self._answer(self._tell(f"wait {child}", os.devnull)) or (0, 0))[0]
        output = self._settled(screen)
        if serves:
            self._ended()
        if answer is None:
            output = _BYE.sub("", output)
        screen.close()
        self._status = status
        return {
            "output": output,
            "exit": status,
            "notices": self._notices(command),
            "serves": serves,
            "taken": listening.taken(f"{command}\n{output}") if status else "",
        }

    def close(self) -> None:
        """End every process that was started, and remove what it wrote."""
        for process in proc.descendants(os.getpid()):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(process, signal.SIGKILL)
        if self._keyboard is not None:
            self._keyboard.close()
        for screen in self._screens:
            screen.forget()
        remove(self._place)

    def _tell(self, command: str, output: str) -> int:
        """Have the shell run a command and tell how it went, under the number that comes back.

        The command is read from a file, as what is typed in one line has a greatest length.
        """
        if self._keyboard is None or self._keyboard.gone:
            self._keyboard = self._start()
        self._count += 1
        file = self._place / "command"
        file.write_text(command, "utf-8", "backslashreplace")
        restore = f"(exit {self._status}); " if self._status else ""
        read = f"fieldguide_command=$(command cat {shlex.quote(str(file))})"
        self._keyboard.type(
            f'{{ {read}; {restore}eval "$fieldguide_command"; }}'
            f" </dev/null >{shlex.quote(output)} 2>&1; {terminal.tell(self._count)}"
        )
        return self._count

    def _answer(self, number: int, known: set[int] | None = None) -> tuple[int, int] | None:
        """The status that was told under a number, and the last process in the background; None
        where the shell has ended, or where the command serves and never will end.

        ``known`` are the processes that were there before it; without them it is waited for,
        whatever it does.
        """
        keyboard = self._keyboard
        assert keyboard is not None
        looks = slept = 0
        while (told := keyboard.told(number)) is None:
            if keyboard.gone:
                keyboard.hear(0)
                if keyboard.told(number) is None:
                    return None
                continue
            keyboard.hear(LOOK_SECONDS)
            looks += 1
            if known is not None and looks % _LOOKS == 0:
                slept = slept + 1 if waiting.idles(known) else 0
                if slept * _LOOKS * LOOK_SECONDS >= _STUCK_SECONDS:
                    return None
        status, child, self._current = told
        return status, child

    def _interrupt(self, number: int, screen: terminal.Screen, before: set[str] | None) -> None:
        """Press ^C once a command in the foreground serves, or does nothing more."""
        keyboard = self._keyboard
        assert keyboard is not None

        def over() -> bool:
            keyboard.hear(0)
            return keyboard.gone or keyboard.told(number) is not None

        waiting.until_served(screen, before, self._bounds, waiting.FOREGROUND_SECONDS, over)
        if not over():
            screen.show(b"^C")
            keyboard.interrupt()
            # The shell gives up what it was typed, where the command does not end by itself.
            keyboard.type(terminal.tell(number))

    def _start(self) -> terminal.Keyboard:
        folder = self._current if os.path.isdir(self._current) else "/"
        keyboard = terminal.Keyboard(self._command, folder, {**self._variables, "PWD": folder})
        keyboard.type(_SETTINGS)
        return keyboard

    def _ended(self) -> int:
        """The status of a command that ended the shell; the next one gets another, in its place."""
        assert self._keyboard is not None
        status = self._keyboard.close()
        self._keyboard = None
        return status if status >= 0 else 128 - status

    def _notices(self, command: str) -> str:
        """What the shell says of jobs that have ended, as it does before its next prompt."""
        if self._keyboard is None or self._keyboard.gone:
            return ""
        # A job that is killed ends a little later; only then the shell knows of it.
        looks = _KILLED_LOOKS if _KILLS.search(command) else 1
        for _ in range(looks):
            number = self._count = self._count + 1
            self._keyboard.type(terminal.tell(number))
            self._answer(number)
            if said := self._keyboard.notices():
                return said
            sleep(LOOK_SECONDS if looks > 1 else 0)
        return ""

    def _settled(self, screen: terminal.Screen) -> str:
        """What a command has printed."""
        bounds = self._bounds
        patience = Patience(idle=waiting.TALK_SECONDS, processor=bounds.processor, wall=bounds.wall)
        return _EVAL.sub(r"\1", _text(screen.settled(self._cap, patience)))


def _text(content: bytes) -> str:
    return _STYLE.sub("", content.decode("utf-8", "backslashreplace"))
