"""Terminals of the system: one that a shell is typed into, and one for what each command prints."""

from __future__ import annotations

import contextlib
import os
import re
import select
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import sleep

from .patience import Patience

_SIZE = (24, 80)
_LAST = 65_536
"""So much at the end of what was written is looked at for the mark that ends it."""
_SOON, _SOON_SECONDS = 20, 0.0005
"""So often, and so shortly, is waited for what is all but there."""
_TAKE = 'terminal=$1; shift; exec "$@" <>"$terminal" >&0 2>&0'
"""Run by a process that leads its session: what it opens becomes its controlling terminal."""
_NOTICE = re.compile(r"\[\d+\][ +-]")
_TOLD = re.compile(rb"\x1e(\d+):(\d+):(\d*):(.*?)\0", re.DOTALL)


def had() -> bool:
    """Whether this system gives terminals to programs, and has one that copies."""
    return hasattr(os, "openpty") and shutil.which("cat", path=os.defpath) is not None


def _opened() -> tuple[int, int]:
    """Both ends of a new terminal that shows what it is given, and nothing of what is typed."""
    import termios

    ours, theirs = os.openpty()
    termios.tcsetwinsize(theirs, _SIZE)
    modes = termios.tcgetattr(theirs)
    modes[1] &= ~termios.OPOST
    modes[3] &= ~termios.ECHO
    termios.tcsetattr(theirs, termios.TCSANOW, modes)
    return ours, theirs


@contextlib.contextmanager
def _heeded() -> Iterator[None]:
    """While a shell starts, ^C is not ignored: what was begun in the background ignores it, and
    everything that it starts would, too."""
    ignored = signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    with contextlib.suppress(ValueError):  # only the main thread may change that
        if ignored:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        with contextlib.suppress(ValueError):
            if ignored:
                signal.signal(signal.SIGINT, signal.SIG_IGN)


class Screen:
    """Where one command writes to, and the file that holds what it wrote.

    A program copies it, at all times: else a server would stand still once it has written more than
    anybody has read. So each command has a screen of its own, and what a server prints later does
    not mix with the output of later commands.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        ours, self._end = _opened()
        self.name = os.ttyname(self._end)
        program = shutil.which("cat", path=os.defpath)
        with file.open("wb") as output:
            self._copier = subprocess.Popen(
                [str(program)],
                stdin=ours,
                stdout=output,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        os.close(ours)

    def size(self) -> int:
        """How much has been copied."""
        return self._file.stat().st_size

    def read(self, most: int) -> bytes:
        """What has been copied so far."""
        with contextlib.suppress(OSError), self._file.open("rb") as file:
            return file.read(most)
        return b""

    def show(self, text: bytes) -> None:
        """Write what the terminal itself shows."""
        with contextlib.suppress(OSError):
            os.write(self._end, text)

    def settled(self, most: int, patience: Patience) -> bytes:
        """Everything that was written before now."""
        end = f"\x1e{os.urandom(8).hex()}".encode()
        self.show(end)
        soon = 0
        while end not in self._last() and self._copier.poll() is None and not patience.over:
            soon += 1
            patience.wait() if soon > _SOON else sleep(_SOON_SECONDS)
        # What comes after the end is of a process in the background.
        return self.read(most + len(end)).partition(end)[0][:most]

    def _last(self) -> bytes:
        with contextlib.suppress(OSError), self._file.open("rb") as file:
            file.seek(max(self.size() - _LAST, 0))
            return file.read()
        return b""

    def close(self) -> None:
        """Leave it to whoever still writes to it; it ends with the last of them."""
        os.close(self._end)

    def forget(self) -> None:
        """End what copies it."""
        self._copier.kill()
        self._copier.wait()


class Keyboard:
    """A shell that has a terminal, and what it says there itself: how a command went, and which of
    its jobs have ended."""

    def __init__(self, command: Sequence[str], folder: str, variables: dict[str, str]) -> None:
        self._keys, theirs = _opened()
        self._said = bytearray()
        with _heeded():
            self.shell = subprocess.Popen(
                ["/bin/sh", "-c", _TAKE, "sh", os.ttyname(theirs), *command],
                cwd=folder,
                env=variables,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        self._theirs = theirs

    def type(self, line: str) -> None:
        """Type a line, which is short: the rest of a long one would be lost."""
        with contextlib.suppress(OSError):
            os.write(self._keys, f"{line}\n".encode("utf-8", "backslashreplace"))

    def interrupt(self) -> None:
        """Press Control and C."""
        with contextlib.suppress(OSError):
            os.write(self._keys, b"\x03")

    def hear(self, seconds: float) -> None:
        """Take what the shell has said, or says within so many seconds."""
        with contextlib.suppress(OSError):
            while select.select([self._keys], [], [], seconds)[0]:
                self._said += os.read(self._keys, 65536)
                seconds = 0

    def told(self, number: int) -> tuple[int, int, str] | None:
        """What it told under that number: the status of a command, its last process in the
        background, and its folder."""
        for match in _TOLD.finditer(self._said):
            if int(match[1]) == number:
                return int(match[2]), int(match[3] or 0), os.fsdecode(match[4])
        return None

    def notices(self) -> str:
        """What it has said of its jobs, and nobody has asked for yet: a line each."""
        said = _TOLD.sub(b"", self._said).decode("utf-8", "backslashreplace")
        self._said.clear()
        return "".join(f"{line}\n" for line in said.splitlines() if _NOTICE.match(line))

    @property
    def gone(self) -> bool:
        return self.shell.poll() is not None

    def close(self) -> int:
        """End the shell, if it has not ended; its status."""
        self.shell.kill()
        for end in (self._keys, self._theirs):
            with contextlib.suppress(OSError):
                os.close(end)
        return self.shell.wait()


def tell(number: int) -> str:
    """What a shell is typed so that it tells under that number."""
    return f"""command printf '\\036{number}:%s:%s:%s\\0' "$?" "${{!-}}" "$PWD\""""
