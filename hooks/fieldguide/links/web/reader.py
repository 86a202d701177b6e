"""Ask the program that reads strangers' pages, and outlive it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from ...base import json_records
from ...base.paths import ENGINE
from .. import kept, notes
from ..model import Page, Rule
from .reading import CPU_SECONDS, MEMORY_BYTES, OUT_OF_MEMORY, receive, send

T = TypeVar("T")

WALL_SECONDS = 120.0
"""The end of whatever does not use its processor time; a busy machine is slower than any page."""
_REPLY_BYTES = 8 * 1024 * 1024
_PROGRAM = """\
import sys
sys.path.insert(0, sys.argv[1])
from fieldguide.links.web import reading
reading.main()
"""
_KEPT = ("SYSTEMROOT",)
"""Without it, no program starts on Windows."""


class UnreadableError(Exception):
    """The program has died of what it was to read, or could not say what it is; says why."""


class Reader:
    """One process that reads, started when it is needed and again when it has died.

    What it says is believed no more than what it reads: a reply is a record in its form, or none.
    """

    def __init__(self) -> None:
        self._turns = ThreadPoolExecutor(1, "fieldguide-reader")
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    async def page(
        self, body: bytes, names: Collection[str], content_type: str, packed: str
    ) -> Page:
        """What is looked at in an HTML page; raises `UnreadableError`."""
        asked = {"names": sorted(names), "content_type": content_type, "packed": packed}
        return kept.page(_record(Page, await self._turn("page", body, asked)))

    async def rule(self, body: bytes, url: str) -> Rule:
        """What a robots.txt says of an address; raises `UnreadableError`."""
        return _record(Rule, await self._turn("rule", body, {"url": url}))

    async def links(self, body: bytes, source: str) -> list[tuple[str, int | None]]:
        """The addresses that a built page links to, each with its line in the page's source where
        it stands there; raises `UnreadableError`."""
        pairs = await self._turn("links", body, {"source": source})
        return [(str(href), line if isinstance(line, int) else None) for href, line in pairs]

    def close(self) -> None:
        """End the process."""
        self._closed = True
        if self._process is not None:
            self._process.kill()
        self._turns.shutdown(wait=True)
        self._end()

    async def _turn(self, job: str, body: bytes, asked: dict[str, Any]) -> Any:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._turns, self._ask, {"job": job, **asked}, body)

    def _ask(self, message: dict[str, Any], body: bytes) -> Any:
        """The reply to one message. In one thread, so in turn."""
        if self._closed:
            raise UnreadableError(notes.DIED)
        process = self._process = self._process or _start()
        assert process.stdin is not None
        assert process.stdout is not None
        end = threading.Timer(WALL_SECONDS, process.kill)
        end.daemon = True
        end.start()
        try:
            send(process.stdin, message, body)
            reply = receive(process.stdout, _REPLY_BYTES)
        except (OSError, ValueError, RecursionError):
            reply = None
        finally:
            end.cancel()
        if reply is not None and "value" in reply[0]:
            return reply[0]["value"]
        error = reply[0].get("error") if reply is not None else None
        if reply is None or error == OUT_OF_MEMORY:
            status = self._end()
            raise UnreadableError(notes.unreadable(_death(error, status)))
        raise UnreadableError(notes.unreadable(kept.note(str(error))))

    def _end(self) -> int:
        """End the process; its exit status, negative for a signal."""
        process, self._process = self._process, None
        if process is None:
            return 0
        try:
            process.wait(0.5)
        except subprocess.TimeoutExpired:
            process.kill()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):  # what was not yet sent cannot be
                    stream.close()
        return process.wait()


def _start() -> subprocess.Popen[bytes]:
    """The program, without anything of ours: neither the environment nor a folder."""
    try:
        return subprocess.Popen(
            [sys.executable, "-I", "-c", _PROGRAM, str(ENGINE.parent)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in _KEPT if name in os.environ},
            start_new_session=True,  # Ctrl-C is for the run, which ends it
        )
    except OSError:
        raise UnreadableError(notes.NO_READER) from None


def _death(error: str | None, status: int) -> str:
    if error == OUT_OF_MEMORY:
        return notes.too_large(MEMORY_BYTES // 1024**2)
    if -status == getattr(signal, "SIGXCPU", None):
        return notes.too_slow(CPU_SECONDS)
    return notes.DIED


def _record(record_type: type[T], value: Any) -> T:
    try:
        return json_records.from_json(record_type, value)
    except (TypeError, ValueError, KeyError):
        raise UnreadableError(notes.DIED) from None
