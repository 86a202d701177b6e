"""Run the examples of an interactive session, and keep what a terminal would show of each."""

from __future__ import annotations
import __future__

import ast
import builtins
import contextlib
import io
import linecache
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from types import CodeType
from typing import Any

Raised = Callable[[BaseException], dict[str, Any]]
Run = Callable[[CodeType], None]


class Screen:
    """What the examples of a group print: both streams together, in one file, bytes too.

    The streams are the same for all of them, as a log keeps the one that it was made with.
    """

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - the group's
        self.out, self.err = self._stream("strict"), self._stream("backslashreplace")

    def _stream(self, errors: str) -> io.TextIOWrapper:
        file = open(os.dup(self._file.fileno()), "wb")  # noqa: SIM115 - the group's
        return io.TextIOWrapper(file, "utf-8", errors, newline="\n", line_buffering=True)

    @contextlib.contextmanager
    def on(self) -> Iterator[None]:
        """While examples run, what they print is kept, and what programs print that they start.

        File 2 stays as it is: where time runs out, the stack is written there.
        """
        streams, number = (sys.stdout, sys.stderr), os.dup(1)
        self.out = self._stream("strict") if self.out.closed else self.out
        self.err = self._stream("backslashreplace") if self.err.closed else self.err
        sys.stdout, sys.stderr = self.out, self.err
        os.dup2(self._file.fileno(), 1)
        try:
            yield
        finally:
            sys.stdout, sys.stderr = streams
            os.dup2(number, 1)
            os.close(number)

    def take(self, most: int) -> str:
        """What was printed since the last time, cut."""
        for stream in {self.out, self.err, sys.stdout, sys.stderr}:
            with contextlib.suppress(Exception):
                stream.flush()
        self._file.seek(0)
        text = self._file.read(4 * most).decode("utf-8", "backslashreplace")
        self._file.seek(0)  # of all who write to it: it is one file, opened once
        self._file.truncate()
        return text[:most]


def run_examples(
    examples: list[str],
    name: Callable[[int], str],
    space: dict[str, Any],
    raised: Raised,
    cap: int,
    screen: Screen,
    run: Run | None = None,
) -> list[dict[str, Any]]:
    """What each example printed and raised; the next one runs all the same.

    Args:
        examples: the source of each.
        name: of each example's file, by its number.
        space: the namespace they run in.
        raised: tells an exception.
        cap: so many characters of what one prints are kept.
        screen: where they print.
        run: runs code that may await outside of functions; None where it may not.
    """
    replies = []
    hook = sys.displayhook
    last = getattr(builtins, "_", None)
    sys.displayhook = sys.__displayhook__
    screen.take(0)
    try:
        for number, source in enumerate(examples):
            error = None
            with screen.on():
                try:
                    _run(source, name(number), space, run)
                except BaseException as caught:  # SystemExit and KeyboardInterrupt too
                    error = raised(caught)
                    if isinstance(caught, SystemExit) and _says(caught.code):
                        print(caught.code, file=screen.err)
                output = screen.take(cap)
            replies.append({"output": _line(output)[:cap], "raised": error})
    finally:
        sys.displayhook = hook
        vars(builtins)["_"] = last  # else it stands in for the `_` of whoever translates
    return replies


def _says(code: object) -> bool:
    """Whether a session says its code when it ends."""
    return code is not None and not isinstance(code, int)


def _line(output: str) -> str:
    return f"{output}\n" if output and not output.endswith("\n") else output


def _run(source: str, filename: str, space: dict[str, Any], run: Run | None) -> None:
    lines = source.splitlines(keepends=True)
    linecache.cache[filename] = (len(source), None, lines, filename)
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT if run else 0
    for feature in __future__.all_feature_names:
        if space.get(feature) is getattr(__future__, feature):
            flags |= getattr(__future__, feature).compiler_flag
    try:
        code = compile(source, filename, "single", flags, dont_inherit=True)
    except SyntaxError as error:
        # As a prompt does: Python looks for the line in a file, and there is none.
        if error.text is None and 0 < (error.lineno or 0) <= len(lines):
            error.text = lines[(error.lineno or 0) - 1]
        raise
    if run is None:
        exec(code, space)
    else:
        run(code)
