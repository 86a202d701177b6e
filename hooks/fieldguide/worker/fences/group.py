"""Run a group of fences, step after step, in one process and one folder."""

from __future__ import annotations

import atexit
import contextlib
import os
import sys
import traceback
from pathlib import Path
from typing import Any

from .. import wording
from ..drivers.driver import Local
from ..drivers.refused import Refused
from ..streams import flush
from .examples import Screen
from .raised import raised, trimmed
from .script import FILE, Script
from .steps import STEPS

Reply = dict[str, Any]
_THREADS = 100
"""Of the threads of a step that raised, so many are told."""


def run_group(job: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The record: ``error`` (None, or why the group could not go on), ``steps``: their replies.

    The folder holds the job's files and becomes the current directory. There are fewer replies
    than steps where one could not go on.
    """
    os.chdir(folder)
    sys.path.insert(0, str(folder))
    group = Group(job, folder)
    error = None
    try:
        group.run()
    except Refused as refused:
        error = refused.record
    flush()
    group.mark("end")
    group.close()
    return {"error": error, "steps": group.replies}


class Group:
    """A group's steps, and what they share: one script, one folder, one shell, one application."""

    def __init__(self, job: dict[str, Any], folder: Path) -> None:
        import threading  # here, as a browser runs this file too

        self.folder = folder
        self.limits: dict[str, Any] = job["limits"]
        self.script = Script(folder)
        self.replies: list[Reply] = []
        self.index = 0
        """The step that runs."""
        self.over = False
        """Whether a step was the last, so that the others are not run."""
        self._job = job
        self._process = os.getpid()
        self._variables = dict(os.environ)  # before a step changes them: a shell has its own
        self._examples: dict[str, int] = {}
        self._threads: list[Reply] | None = None
        self._shell: Any = None
        self._screen: Screen | None = None
        self._drivers: dict[bool, tuple[object, Local]] = {}
        threading.excepthook = self._thread_raised

    def run(self) -> None:
        """Run the steps, and end as Python does; raises `Refused`."""
        for index, step in enumerate(self._job["steps"]):
            self.index = index
            flush()
            self.mark(str(index))
            run = STEPS.get(step["kind"])
            if run is None:
                raise Refused("step", wording.no_step(step["kind"]))
            reply = run(self, step)
            self.leave_if_forked()
            self.replies.append(reply)
            if self.over:
                return
        self._end()

    def mark(self, words: str) -> None:
        """Say in the output that what follows belongs to another step."""
        with contextlib.suppress(OSError):
            os.write(1, f"\n\x1e{self._job['mark']} {words}\x1e\n".encode())

    def close(self) -> None:
        """End what the group's shell started."""
        if self._shell is not None:
            self._shell.close()

    def hear_threads(self) -> list[Reply]:
        """What threads raise from now on, for the reply of the step that is running."""
        self._threads = []
        return self._threads

    def names(self, count: int) -> list[str]:
        """Names of files for so many examples of the step, by which a traceback finds them."""
        names = [f"<pycon {self.index}.{number}>" for number in range(count)]
        self._examples |= dict.fromkeys(names, self.index)
        return names

    def shell(self) -> Any:
        """The group's one shell, begun with the first step that asks. Raises `Refused`."""
        from .shell import Shell

        if self._shell is None:
            self._shell = Shell(self.folder, self._job["prefix"], self.limits, self._variables)
        return self._shell

    def screen(self) -> Screen:
        """Where the group's examples print, begun with the first step that asks."""
        self._screen = self._screen or Screen()
        return self._screen

    def driver(self, snippet: bool) -> Local | None:
        """Of the snippet's application, or of the one that the group's own code has made; None
        where it has made none. Raises `Refused`."""
        from ..drivers.load import choose_driver, load_app

        known, driver = self._drivers.get(snippet, (None, None))
        if snippet and driver is not None:
            return driver
        entry: str = self._job["entry"] if snippet else FILE
        app = load_app(self.folder, entry) if snippet else self.script.space.get("app")
        if app is None and not snippet:
            return None
        if driver is not None and known is app:
            return driver
        latest = Local(choose_driver(app, entry), self.folder)
        if driver is not None:
            driver.close()
        self._drivers[snippet] = app, latest
        return latest

    def _end(self) -> None:
        """What Python does at its exit; what it prints belongs to the last step."""
        import threading

        for _, driver in self._drivers.values():
            with contextlib.suppress(Exception):
                driver.close()
        with contextlib.suppress(BaseException):
            self.script.close()
        with contextlib.suppress(BaseException):
            threading._shutdown()  # type: ignore[attr-defined]  # joins, and ends idle executors
        with contextlib.suppress(BaseException):
            atexit._run_exitfuncs()

    def raised(self, error: BaseException) -> Reply:
        """An exception that a step ended with, as the record tells it."""
        return raised(error, self.folder, self._locate, self.index)

    def _locate(self, filename: str, line: int) -> tuple[int, int] | None:
        if filename in self._examples:
            return self._examples[filename], line
        return self.script.locate(filename, line)

    def _thread_raised(self, event: Any) -> None:
        """Keep what a thread raised for the reply of the step that is running, or ran last."""
        if issubclass(event.exc_type, SystemExit):
            return
        error = event.exc_value if event.exc_value is not None else event.exc_type()
        if self._threads is None or os.getpid() != self._process:
            traceback.print_exception(event.exc_type, error, event.exc_traceback)
        elif len(self._threads) < _THREADS:
            self._threads.append(self.raised(error))

    def leave_if_forked(self, error: BaseException | None = None) -> None:
        """End a process that a step forked and that came to the step's end: it is not the group."""
        if os.getpid() == self._process:
            return
        status = 0
        if isinstance(error, SystemExit):
            status = error.code if isinstance(error.code, int) else int(error.code is not None)
        elif error is not None:
            status = 1
            calls = trimmed(error, f"{self.folder}/")
            traceback.print_exception(type(error), error, calls)
        flush()
        os._exit(status)
