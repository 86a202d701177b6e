"""What process 1 of a sandbox sees of all others, and how it ends them."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from apart import LIMITS, alone

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="it is for Linux")

START = """\
from pathlib import Path
from fieldguide_worker.process import namespace

def start(work=lambda: None):
    # A child that has done its work, and waits.
    ready, done = os.pipe()
    if (child := os.fork()) == 0:
        work()
        os.write(done, b"x")
        while True:
            time.sleep(600)
    os.read(ready, 1)
    return child

def threads(more):
    import threading
    def work():
        for _ in range(more):
            threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
    return work

def tables():
    # Each read of another two mebibytes costs a page that holds its address.
    import mmap
    for _ in range(40):
        part = mmap.mmap(-1, 1 << 30, mmap.MAP_PRIVATE, mmap.PROT_READ)
        parts.append(part)
        for place in range(0, 1 << 30, 2 << 20):
            part[place]

def pairs():
    import socket
    return [socket.socketpair() for _ in range(100)]

parts = []

def others():
    return [int(name) for name in os.listdir("/proc") if name.isdigit() and name != "1"]

import signal, time
limits = json.loads(sys.argv[2])
"""


def told(code: str, folder: Path, **limits: int) -> Any:
    """What code tells as process 1; whatever it left is swept away with its sandbox."""
    ran = alone(START + code, folder, json.dumps({**LIMITS, **limits}))
    assert ran.status == 0, ran.output
    return ran.told


def test_sweep_ends_every_other_process(tmp_path: Path) -> None:
    """Those too that have left their group, that hear no signal, and that somebody else started."""
    code = """\
def deaf():
    os.setsid()
    for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_IGN)

start(deaf)
start(lambda: start(deaf))
before = len(others())
namespace.sweep()
tell([before, others(), os.getpid()])
"""
    assert told(code, tmp_path) == [3, [], 1]


def test_sweep_without_anybody_is_soon_over(tmp_path: Path) -> None:
    assert told("namespace.sweep(); tell(others())", tmp_path) == []


SEGMENT = """\
import ctypes
libc = ctypes.CDLL(None)
libc.shmat.restype = ctypes.c_void_p
libc.shmat.argtypes = (ctypes.c_int, ctypes.c_void_p, ctypes.c_int)

def segment(size):
    # Shared memory that outlives whoever made it.
    number = libc.shmget(0, size, 0o1600)
    address = libc.shmat(number, None, 0)
    ctypes.memset(address, 1, size)

def segments():
    with open("/proc/sysvipc/shm") as file:
        return len(file.readlines()) - 1
"""


def test_sweep_takes_shared_memory_along(tmp_path: Path) -> None:
    code = (
        SEGMENT
        + "start(lambda: segment(4096))\nbefore = segments()\n"
        + "namespace.sweep()\ntell([before, segments()])\n"
    )
    assert told(code, tmp_path) == [1, 0]


USES: dict[str, tuple[str, dict[str, int], str | None]] = {
    "nothing": ("start()", {}, None),
    "as many processes as it may": ("start(), start()", {"processes": 2}, None),
    "a process too many": ("start(), start(), start()", {"processes": 2}, "processes"),
    "as many threads as it may": ("start(threads(3)), start()", {"threads": 5}, None),
    "a thread too many": ("start(threads(3)), start(), start()", {"threads": 5}, "threads"),
    "tables of its pages": ("start(tables)", {}, "memory"),
    "what waits in sockets": ("start(lambda: globals().update(kept=pairs()))", {}, "memory"),
    "memory": ("start(lambda: globals().update(kept=b'x' * 64_000_000))", {}, "memory"),
    "memory of several": (
        "[start(lambda: globals().update(kept=b'x' * 24_000_000)) for _ in 'abc']",
        {},
        "memory",
    ),
    "memory that several share": (
        "start(lambda: (globals().update(kept=b'x' * 24_000_000), start(), start()))",
        {},
        None,
    ),
    "a file that is memory": (
        "start(lambda: os.write(os.memfd_create('x'), b'x' * 64_000_000))",
        {},
        "memory",
    ),
    "shared memory that nobody holds": (
        SEGMENT + "os.kill(start(lambda: segment(64_000_000)), 9)\nos.wait()",
        {},
        "memory",
    ),
    "as many files as it may": (
        "start(lambda: [Path(f'{n}').touch() for n in range(40)])",
        {},
        None,
    ),
    "a file too many": ("start(lambda: [Path(f'{n}').touch() for n in range(60)])", {}, "files"),
}


@pytest.mark.parametrize("name", USES)
def test_which_limit_all_of_them_together_are_over(name: str, tmp_path: Path) -> None:
    code, limits, excess = USES[name]
    whole = {"memory_bytes": 60_000_000, **limits}
    last = f"namespace._FILES = 50\n{code}\ntell([namespace.excess(limits)])\n"
    assert told(last, tmp_path, **whole) == [excess]


LOOK = """\
def looks(shows):
    # Whether a grandchild may look into this process, and whether into its parent.
    def seen(process):
        try:
            open(f"/proc/{process}/mem", "rb").close()
            return True
        except OSError:
            return False

    out, into = os.pipe()
    if os.fork() == 0:
        if shows:
            namespace.show()
        parent = os.getpid()
        if os.fork() == 0:
            os.write(into, json.dumps([seen(1), seen(parent)]).encode())
            os._exit(0)
        os.wait()
        os._exit(0)
    os.wait()
    return json.loads(os.read(out, 99))
"""


def test_what_is_hidden_nobody_may_look_into(tmp_path: Path) -> None:
    """A child is hidden as well, until it shows itself."""
    code = f"{LOOK}\nbefore = looks(False)\nnamespace.hide()\n"
    code += "tell([before, looks(False), looks(True)])\n"
    assert told(code, tmp_path) == [[True, True], [False, False], [False, True]]


def test_folders_are_emptied_and_stay(tmp_path: Path) -> None:
    code = """\
Path("a/b").mkdir(parents=True)
Path("a/b/c").write_text("x")
Path("a").chmod(0)
Path("link").symlink_to("/")
namespace.empty(namespace.PLACE, Path("/dev/shm"), Path("missing"))
tell([str(namespace.PLACE), os.listdir("."), os.path.isdir(namespace.PLACE)])
"""
    assert told(code, tmp_path) == [str(tmp_path), [], True]
