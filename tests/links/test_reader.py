"""The process that reads: what becomes of a page that it dies of, and of what it says."""

from __future__ import annotations

import asyncio
import io
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from fieldguide.links.web import reader, reading
from fieldguide.links.web.reader import Reader, UnreadableError


def with_reader(work: Callable[[Reader], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        own = Reader()
        try:
            return await work(own)
        finally:
            own.close()

    return asyncio.run(run())


def test_after_a_death_the_next_page_is_read() -> None:
    async def work(own: Reader) -> str:
        assert (await own.page(b"<title>A", [], "", "")).title == "A"
        assert own._process is not None
        own._process.kill()
        with pytest.raises(UnreadableError, match="has died of it"):
            await own.page(b"<title>B", [], "", "")
        return (await own.page(b"<title>C", [], "", "")).title

    assert with_reader(work) == "C"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its memory")
def test_memory_that_is_not_there_is_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that has next to none, and a page of very many elements."""
    small = reader._PROGRAM.replace(
        "reading.main()", "reading.MEMORY_BYTES = 60 << 20; reading.main()"
    )
    monkeypatch.setattr(reader, "_PROGRAM", small)
    body = b"<b>a</b>" * 250_000

    async def work(own: Reader) -> None:
        await own.page(body, [], "", "")

    with pytest.raises(UnreadableError, match="its page cannot be read: "):
        with_reader(work)


@pytest.mark.parametrize(
    "program",
    [
        "import os; os.write(1, b'HTTP/1.1 200 OK\\r\\n\\r\\n' * 100)",
        "import os; os.write(1, b'\\xff' * 8)",
        "import os; os.write(1, b'\\0\\0\\0\\x04\\0\\0\\0\\0null')",
        "import os; os.write(1, b'\\0\\0\\0\\x0b\\0\\0\\0\\0{\"value\":7}')",
        "import os; os.write(1, b'\\0\\0\\0\\x03\\0\\0\\0\\0{[}')",
        "raise SystemExit",
    ],
)
def test_what_a_reader_says_is_believed_no_more_than_a_page(
    monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setattr(reader, "_PROGRAM", program)

    async def work(own: Reader) -> None:
        await own.page(b"<title>A", [], "", "")

    with pytest.raises(UnreadableError):
        with_reader(work)


def test_a_reader_that_does_nothing_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_PROGRAM", "import time; time.sleep(600)")
    monkeypatch.setattr(reader, "WALL_SECONDS", 0.2)

    async def work(own: Reader) -> None:
        await own.rule(b"", "http://example.org/")

    with pytest.raises(UnreadableError, match="has died of it"):
        with_reader(work)


def test_it_has_nothing_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "1")
    program = "import os; raise SystemExit(7 if 'SECRET' in os.environ else 3)"
    monkeypatch.setattr(reader, "_PROGRAM", program)
    process = reader._start()
    assert process.wait() == 3


def test_a_message_goes_and_comes_whole() -> None:
    stream = io.BytesIO()
    reading.send(stream, {"job": "page", "names": ["ü"]}, b"\x00\xff")
    stream.seek(0)
    assert reading.receive(stream) == ({"job": "page", "names": ["ü"]}, b"\x00\xff")
    assert reading.receive(stream) is None
    stream.seek(0)
    assert reading.receive(stream, most=5) is None
    assert reading.receive(io.BytesIO(stream.getvalue()[:-1])) is None


def test_nobody_is_left_behind() -> None:
    async def work(own: Reader) -> subprocess.Popen[bytes]:
        await own.page(b"<title>A", [], "", "")
        assert own._process is not None
        return own._process

    process = with_reader(work)
    assert process.returncode in (-signal.SIGKILL, 0) if os.name != "nt" else True
