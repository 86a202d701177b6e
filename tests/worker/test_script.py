"""The file of a group: all code that ran, importable, each step at its own lines."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

import pytest

from fieldguide.worker.fences.script import FILE, Script


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Script:
    """A script, whose ``__main__`` and whose arguments are those of the test alone."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    monkeypatch.setattr(sys, "argv", sys.argv)
    return Script(tmp_path)


FUTURE = "from __future__ import annotations\n"
FILES: dict[str, tuple[list[str], str]] = {
    "plain": (["a = 1", "b = 2\n"], "a = 1\nb = 2\n"),
    "own-future": ([FUTURE, "b = 2\n"], f"{FUTURE}b = 2\n"),
    "before-a-statement": (["a = 1\n", FUTURE], f"{FUTURE.strip()}; a = 1\n\n"),
    "over-a-comment": (["# a\ndef f(): ...\n", FUTURE], f"{FUTURE}def f(): ...\n\n"),
    "after-a-document": (
        ['"""A\nb."""\na = 1\n', FUTURE],
        f'"""A\nb."""; {FUTURE}a = 1\n\n',
    ),
    "nowhere": (["def f(): ...\n", FUTURE + "b = 2\n"], "def f(): ...\n\nb = 2\n"),
    "raised": (["a = 1\n{}[\na]\nb = 2\n", "c = 3\n"], "a = 1\n\n\n\nc = 3\n"),
    "syntax": (["a = = 1\nb\n", "c = 3\n"], "\n\nc = 3\n"),
    "lines": (["a = '\f\u2028'\r\nb = 1\r\n", "c = 3"], "a = '\f\u2028'\nb = 1\nc = 3\n"),
}


@pytest.mark.parametrize("name", FILES)
def test_the_file_can_be_imported(name: str, script: Script, tmp_path: Path) -> None:
    """It holds what ran, each step at its own lines, and not what did not."""
    steps, expected = FILES[name]
    for index, source in enumerate(steps):
        with contextlib.suppress(KeyError, SyntaxError):
            script.run(index, source, awaits=False)
    text = (tmp_path / FILE).read_text("utf-8")
    assert text == expected
    compile(text, FILE, "exec", dont_inherit=True)


def test_steps_share_one_namespace_and_one_file(script: Script, tmp_path: Path) -> None:
    script.run(0, "def f():\n    return __file__, __name__\n", awaits=False)
    script.run(1, "value = f()", awaits=False)
    assert script.space["value"] == (str(tmp_path / FILE), "__main__")
    assert sys.argv == [str(tmp_path / FILE)]


def test_a_line_of_the_file_is_one_of_its_step(script: Script, tmp_path: Path) -> None:
    for index, source in ((0, "a = 1\nb = 2"), (3, "c = 3\n")):
        script.run(index, source, awaits=False)
    file = str(tmp_path / FILE)
    assert [script.locate(file, line) for line in (1, 2, 3)] == [(0, 1), (0, 2), (3, 1)]
    assert script.locate(file, 99) == (3, 1)
    assert script.locate("other.py", 1) is None


def test_steps_that_await_share_one_loop(script: Script) -> None:
    script.run(0, "import asyncio\nfirst = asyncio.get_running_loop()", awaits=True)
    script.run(1, "await asyncio.sleep(0)\nsame = asyncio.get_running_loop() is first", awaits=True)
    assert script.space["same"] is True
    script.close()
    assert script.space["first"].is_closed()
