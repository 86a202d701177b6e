"""The program that reads what strangers' servers send: it may die of it, and nothing else does.

It runs in a process of its own, with little memory and little processor time for each thing to
read. `reader.py` starts it and asks it. Each message is a length, JSON, a length, and bytes.
"""

from __future__ import annotations

import contextlib
import json
import os
import struct
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import IO, Any

CPU_SECONDS = 5
MEMORY_BYTES = 512 * 1024 * 1024
OUT_OF_MEMORY = "MemoryError"
LENGTHS = struct.Struct("!II")
"""Of the JSON and of the bytes."""


def page(body: bytes, **more: Any) -> Any:
    """What is looked at in an HTML page."""
    from .page import read

    return asdict(read(body, **more))


def rule(body: bytes, url: str) -> Any:
    """What a robots.txt says of an address."""
    from . import robots

    return asdict(robots.rule(body.decode("utf-8", "replace"), url))


def links(body: bytes, source: str) -> Any:
    """The addresses that a built page links to, with their lines in its source."""
    from .built import linked

    return linked(body, source)


JOBS: Mapping[str, Callable[..., Any]] = {"page": page, "rule": rule, "links": links}


def main() -> None:
    """Read what comes in, until the other side ends."""
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no reply
    _limit_once()
    while message := receive(sys.stdin.buffer):
        job, body = message
        _limit_processor()
        reply: dict[str, Any]
        try:
            reply = {"value": JOBS[job.pop("job")](body, **job)}
        except Exception as error:
            reply = {"error": type(error).__name__}
        send(replies, reply)
        if reply.get("error") == OUT_OF_MEMORY:
            return  # another process has room again


def send(stream: IO[bytes], values: Mapping[str, Any], body: bytes = b"") -> None:
    """Write one message."""
    text = json.dumps(values).encode("ascii")
    stream.write(LENGTHS.pack(len(text), len(body)) + text + body)
    stream.flush()


def receive(stream: IO[bytes], most: int = 2**32) -> tuple[dict[str, Any], bytes] | None:
    """One message; None where the stream ends, or the message is longer than ``most`` bytes."""
    lengths = stream.read(LENGTHS.size)
    if len(lengths) < LENGTHS.size:
        return None
    text, body = LENGTHS.unpack(lengths)
    if text + body > most:
        return None
    content = stream.read(text + body)
    if len(content) < text + body:
        return None
    values = json.loads(content[:text])
    return (values, content[text:]) if isinstance(values, dict) else None


def _limit_once() -> None:
    with contextlib.suppress(ImportError, AttributeError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))


def _limit_processor() -> None:
    """Let the kernel end this process, wherever it is, if it takes long for what comes next."""
    with contextlib.suppress(ImportError, AttributeError, ValueError, OSError):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        seconds = int(time.process_time()) + 1 + CPU_SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, most))
