"""How long a page may take to be rendered, for what no bound of its text foresaw.

Markdown, its extensions and the highlighter work on what strangers wrote, in the process of the
host. A signal ends them in the middle of a pattern too, so that the page can be named.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from typing import NoReturn

from ..model import Location, Problem
from . import problems

SECONDS = 120
"""Seconds of processor time for a page; the longest of the guide takes three."""
AGAIN = 1
"""Seconds of it until the page is ended once more."""


def start(page: str, end: Callable[[Problem], NoReturn]) -> None:
    """Have ``end`` called, which raises, where the page takes too long; and again and again,
    should something on the way catch what it raises. Systems without the signal have no watch, nor
    has a thread that is not the main one."""
    if _can_watch():
        problem = problems.page_takes_too_long(Location(page))
        signal.signal(signal.SIGVTALRM, lambda *_: end(problem))
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS, AGAIN)


def stop() -> None:
    """The page is there, or it will not come."""
    if _can_watch():
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def _can_watch() -> bool:
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
