"""Run a group of fences, step after step, in one process and one folder."""

from __future__ import annotations

import atexit
import base64
import contextlib
import importlib
import os
import sys
import traceback
from pathlib import Path
from typing import Any

from .client import Client
from .drivers import Local
from .messages import ProtocolError
from .prompt import run_examples
from .raised import last_lines, raised, trimmed
from .refused import Refused
from .run import flush
from .script import Script

Reply = dict[str, Any]


def run_group(job: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The record: ``error`` (None, or why the group could not go on), ``steps``: their replies.

    The folder holds the job's files and becomes the current directory. There are fewer replies
    than steps where one could not go on.
    """
    os.chdir(folder)
    sys.path.insert(0, str(folder))
    group = _Group(job, folder)
    error = None
    try:
        group.run()
    except Refused as refused:
        error = refused.record
    flush()
    group.mark("end")
    group.close()
    return {"error": error, "steps": group.replies}


class _Group:
    """What the steps share."""

    def __init__(self, job: dict[str, Any], folder: Path) -> None:
        import threading  # here, as a browser runs this file too

        self.replies: list[Reply] = []
        self._job, self._folder = job, folder
        self._process = os.getpid()
        self._variables = dict(os.environ)  # before a step changes them: a shell has its own
        self._index = 0
        self._examples: dict[str, int] = {}
        self._threads: list[Reply] | None = None
        self._script = Script(folder)
        self._shell: Any = None
        self._drivers: dict[bool, tuple[object, Local]] = {}
        threading.excepthook = self._thread_raised

    def run(self) -> None:
        """Run the steps, and end as Python does; raises `Refused`."""
        kinds = {
            "file": self._write,
            "python": self._python,
            "pycon": self._pycon,
            "console": self._console,
            "http": self._http,
        }
        for index, step in enumerate(self._job["steps"]):
            self._index = index
            flush()
            self.mark(str(index))
            reply = kinds[step["kind"]](step)
            self._leave_if_forked()
            self.replies.append(reply)
            if reply.get("raised") and not step["raises"]:
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

    def _write(self, step: Reply) -> Reply:
        path = self._folder / step["path"]
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(base64.b64decode(step["content"]))
        except OSError as error:
            words = f"{step['path']} cannot be written: {error.strerror or error}"
            raise Refused("file", words) from None
        importlib.invalidate_caches()  # else a module written in the same tick is not found
        return {}

    def _python(self, step: Reply) -> Reply:
        self._threads = []
        reply: Reply = {"raised": None, "threads": self._threads}
        try:
            self._script.run(self._index, step["source"], step["async"])
        except BaseException as error:  # SystemExit and KeyboardInterrupt too: the step ends there
            self._leave_if_forked(error)
            reply["raised"] = self._raised(error)
            if step["raises"]:
                flush()
                with contextlib.suppress(OSError):
                    os.write(1, f"{last_lines(error)}\n".encode("utf-8", "backslashreplace"))
        return reply

    def _pycon(self, step: Reply) -> Reply:
        self._threads = []
        names = [f"<pycon {self._index}.{number}>" for number in range(len(step["examples"]))]
        self._examples |= dict.fromkeys(names, self._index)
        got = run_examples(
            step["examples"],
            names.__getitem__,
            self._script.space,
            self._raised,
            self._job["limits"]["output_bytes"],
        )
        return {"got": got, "threads": self._threads}

    def _console(self, step: Reply) -> Reply:
        from .shell import Shell

        if self._shell is None:
            prefix, limits = self._job["prefix"], self._job["limits"]
            self._shell = Shell(self._folder, prefix, limits, self._variables)
        return {"commands": [self._shell.run(command) for command in step["commands"]]}

    def _http(self, step: Reply) -> Reply:
        reply: Reply = {"exchanges": [], "broken": None}
        try:
            driver = self._driver(step["snippet"])
        except Refused as refused:
            if step["snippet"]:
                raise
            return {**reply, "broken": str(refused)}
        client = Client(driver)
        reply["exchanges"] = client.exchanges
        try:
            for one in step["exchanges"]:
                fields = [(name, value) for name, value in one["headers"]]
                body = base64.b64decode(one["body"])
                client.request(one["method"], one["target"], headers=fields, body=body)
        except (ProtocolError, ValueError) as error:
            reply["broken"] = str(error)
        return reply

    def _driver(self, snippet: bool) -> Local:
        """The snippet's application, or the one that the group's own code has made."""
        from .load import choose_driver, load_app

        known, driver = self._drivers.get(snippet, (None, None))
        if snippet:
            if driver is not None:
                return driver
            name: str = self._job["entry"]
            app = load_app(self._folder, name)
        else:
            name = "main.py"
            app = self._script.space.get("app")
            if app is None:
                raise Refused("no app", "the group has no `app`")
            if driver is not None and known is app:
                return driver
        made = Local(choose_driver(app, name), self._folder)
        if driver is not None:
            driver.close()
        self._drivers[snippet] = app, made
        return made

    def _end(self) -> None:
        """What Python does at its exit; what it prints belongs to the last step."""
        import threading

        for _, driver in self._drivers.values():
            with contextlib.suppress(Exception):
                driver.close()
        with contextlib.suppress(BaseException):
            self._script.close()
        with contextlib.suppress(BaseException):
            threading._shutdown()  # type: ignore[attr-defined]  # joins, and ends idle executors
        with contextlib.suppress(BaseException):
            atexit._run_exitfuncs()

    def _raised(self, error: BaseException) -> Reply:
        return raised(error, self._folder, self._locate, self._index)

    def _locate(self, filename: str, line: int) -> tuple[int, int] | None:
        if filename in self._examples:
            return self._examples[filename], line
        return self._script.locate(filename, line)

    def _thread_raised(self, given: Any) -> None:
        """Keep what a thread raised for the reply of the step that is running, or ran last."""
        if issubclass(given.exc_type, SystemExit):
            return
        error = given.exc_value if given.exc_value is not None else given.exc_type()
        if self._threads is None or os.getpid() != self._process:
            traceback.print_exception(given.exc_type, error, given.exc_traceback)
        else:
            self._threads.append(self._raised(error))

    def _leave_if_forked(self, error: BaseException | None = None) -> None:
        """End a process that a step forked and that came to the step's end: it is not the group."""
        if os.getpid() == self._process:
            return
        status = 0
        if isinstance(error, SystemExit):
            status = error.code if isinstance(error.code, int) else int(error.code is not None)
        elif error is not None:
            status = 1
            found = trimmed(error, f"{self._folder}/")
            traceback.print_exception(type(error), error, found)
        flush()
        os._exit(status)
