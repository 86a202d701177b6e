"""The circumstances of a run: what no code determines, and a second run of the same code has
otherwise. Its folder and the ports that it is given are others in any case."""

from __future__ import annotations

import contextlib
import platform
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_LIBRARY = "vendor/libfaketime/src/libfaketime.so.1"
"""Of the distribution libfaketime: what the loader puts before the system's own clock."""
_LATER = "+90061"
"""A day, an hour, a minute and a second: another date at any time, and another time on any day.
Files keep the times of the machine's clock, so more would make too many of them too old."""
_SHARED = ("sem.faketime_sem_", "faketime_shm_")
"""How its files in the shared memory begin, before the number of a process."""
_MEMORY = Path("/dev/shm")


@dataclass(frozen=True, slots=True)
class Circumstances:
    """The circumstances of one run."""

    variables: Mapping[str, str]
    """Environment variables of everything in it, in place of what `processes.variables` says."""
    library: Path | None = None
    """What moves the clock; None where it is the machine's."""

    @property
    def moved(self) -> bool:
        """Whether the clock is another one than the machine's."""
        return self.library is not None


FIRST = Circumstances({})


@cache
def second() -> Circumstances:
    """Those of a second run, on this machine."""
    variables = {"TZ": "NPT-5:45", "PYTHONHASHSEED": "1"}
    library = _library()
    if library is None:
        return Circumstances(variables)
    moving = {
        "LD_PRELOAD": str(library),
        "FAKETIME": _LATER,
        # How long something takes stays what it is, and so do the times of files: Python compares
        # those of its compiled files.
        "DONT_FAKE_MONOTONIC": "1",
        "FAKETIME_FORCE_MONOTONIC_FIX": "0",
        "NO_FAKE_STAT": "1",
    }
    return Circumstances(variables | moving, library)


def sweep() -> None:
    """Remove what the library has left of processes that were ended outside of a sandbox."""
    for start in _SHARED:
        for path in _MEMORY.glob(f"{start}*"):
            number = path.name.removeprefix(start)
            if number.isdigit() and not Path("/proc", number).exists():
                with contextlib.suppress(OSError):  # another user's
                    path.unlink()


def _library() -> Path | None:
    """The library, if the loader of this machine can take it: it is made for one kind of machine,
    and for the C library of GNU."""
    found = find_spec("libfaketime") if sys.platform == "linux" else None
    if found is None or found.origin is None or platform.libc_ver()[0] != "glibc":
        return None
    library = Path(found.origin).parent / _LIBRARY
    try:
        theirs, ours = (_machine(path) for path in (library, Path(sys.executable)))
    except OSError:
        return None
    return library if theirs == ours else None


def _machine(path: Path) -> bytes:
    """What kind of machine an ELF file is for: its class, and the number of the processor."""
    with path.open("rb") as file:
        head = file.read(20)
    return head[:6] + head[18:]
