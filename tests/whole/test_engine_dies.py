"""However the engine ends, nothing of it goes on: no process, and no folder for long."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from miniature import OK, WSGI, miniature

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/environ").exists(), reason="looks for processes in /proc"
)

SLEEPS = "import subprocess, time\n" + WSGI.replace(
    "    start_response",
    "    subprocess.Popen(['sleep', '600'])\n    time.sleep(600)\n    start_response",
)
WAYS = {
    "sandbox": [],
    "judge": ["--sandbox", "strict"],
    "no-sandbox": ["--sandbox", "off"],
    "no-fork": ["--sandbox", "off", "--no-fork"],
    "server": ["--sandbox", "off", "--server"],
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {"sleeps/bottle/app.py": SLEEPS, "sleeps/contract.py": OK}
    root = miniature(tmp_path_factory.mktemp("dies"), ["bottle"], files)
    with (root / "pyproject.toml").open("a") as file:
        file.write("\n[tool.fieldguide.limits]\nwall_seconds = 1000\n")
    return root


def engine(project: Path, *options: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "fieldguide", "verify", "sleeps/bottle", *options]
    return subprocess.Popen(
        command,
        cwd=project,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        # A shell that runs the tests in the background has them, and so this, ignore Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def folders(process: subprocess.Popen[bytes]) -> list[Path]:
    """What the engine keeps in the temporary folder while it runs."""
    return list(Path(tempfile.gettempdir()).glob(f"fieldguide-{process.pid}-*"))


def workers(process: subprocess.Popen[bytes]) -> Iterator[str]:
    """The commands of its processes, which have its folder in an environment variable."""
    mark = f"{tempfile.gettempdir()}/fieldguide-{process.pid}-".encode()
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                if mark in (folder / "environ").read_bytes():
                    yield (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue


SECONDS = 300
"""How long anything may take on a machine that is busy; what goes on sleeps longer."""


def wait_for(true: Callable[[], object]) -> bool:
    """Whether that comes true; it takes a moment, mostly."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.02)
    return False


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_nothing_goes_on(project: Path, way: str, number: signal.Signals) -> None:
    process = engine(project, *WAYS[way])
    try:
        assert wait_for(lambda: any(c.startswith("sleep") for c in workers(process)))
        process.send_signal(number)
        assert wait_for(lambda: process.poll() is not None)
        assert wait_for(lambda: not list(workers(process))), list(workers(process))
    finally:
        process.kill()
        process.wait()
    assert process.returncode == (-9 if number is signal.SIGKILL else 128 + number)
    if number is signal.SIGKILL:
        assert folders(process)
        again = engine(project, *WAYS[way])
        try:
            assert wait_for(lambda: not folders(process))
        finally:
            again.terminate()
            again.wait()
    assert not folders(process)
    assert os.path.isdir(project)
