"""Terminals of the system: what is written is there, whole, and what a shell tells is heard."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from fieldguide.worker.fences import terminal
from fieldguide.worker.fences.patience import Patience

pytestmark = pytest.mark.skipif(not terminal.had(), reason="this system has no terminals")


def patience() -> Patience:
    return Patience(idle=600, processor=600, wall=600)


def test_what_a_program_writes_to_a_terminal_is_read_whole_and_as_it_is(tmp_path: Path) -> None:
    """Also more than a terminal holds, which nobody reads meanwhile."""
    screen = terminal.Screen(tmp_path / "output")
    code = "import sys; print(sys.stdout.isatty(), 'é\\t.\\r'); print('x' * 300_000)"
    with Path(screen.name).open("w") as end:
        subprocess.run([sys.executable, "-c", code], stdout=end, check=True)
    assert screen.settled(1 << 20, patience()) == (b"True \xc3\xa9\t.\r\n" + b"x" * 300_000 + b"\n")
    assert screen.settled(4, patience()) == b"True"
    screen.close()
    screen.forget()


def test_what_is_written_later_is_of_a_later_command(tmp_path: Path) -> None:
    screen = terminal.Screen(tmp_path / "output")
    screen.show(b"now")
    assert screen.settled(100, patience()) == b"now"
    screen.show(b"later")
    assert screen.read(3) == b"now"
    screen.close()
    screen.forget()


def test_a_program_has_as_much_room_as_a_readers_window(tmp_path: Path) -> None:
    screen = terminal.Screen(tmp_path / "output")
    with Path(screen.name).open("w") as end:
        assert tuple(os.get_terminal_size(end.fileno())) == (80, 24)
    screen.close()
    screen.forget()


def test_a_shell_tells_how_a_command_went(tmp_path: Path) -> None:
    keyboard = terminal.Keyboard(["/bin/sh", "-i"], str(tmp_path), {"PS1": ""})
    keyboard.type(f"(exit 3); {terminal.tell(7)}")
    while keyboard.told(7) is None:
        keyboard.hear(1)
    assert keyboard.told(7) == (3, 0, str(tmp_path))
    assert keyboard.told(8) is None
    assert not keyboard.gone
    assert keyboard.notices() == ""
    keyboard.type("exit 5")
    assert keyboard.shell.wait(600) == 5
    assert keyboard.gone
    assert keyboard.close() == 5


@pytest.mark.parametrize("before", [signal.SIG_IGN, signal.default_int_handler])
def test_ctrl_c_ends_what_runs_and_not_the_shell(
    before: signal.Handlers, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Also where the engine was started in the background, which ignores it."""
    request.addfinalizer(partial(signal.signal, signal.SIGINT, signal.getsignal(signal.SIGINT)))
    signal.signal(signal.SIGINT, before)
    keyboard = terminal.Keyboard(["/bin/sh", "-i"], str(tmp_path), {"PS1": ""})
    keyboard.type("sh -c 'touch begun; exec sleep 1000'")
    while not (tmp_path / "begun").exists():
        keyboard.hear(0.01)
    keyboard.interrupt()
    keyboard.type(terminal.tell(1))
    while keyboard.told(1) is None:
        keyboard.hear(1)
    told = keyboard.told(1)
    assert told is not None
    assert told[0] == 130
    keyboard.close()
    assert signal.getsignal(signal.SIGINT) is before


def test_a_number_is_told_in_a_way_that_no_command_prints_by_chance() -> None:
    assert re.match(r"command printf '\\036", terminal.tell(3))
