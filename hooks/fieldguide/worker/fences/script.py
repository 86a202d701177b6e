"""The ``__main__`` of a group of fences: one module, and one file with all code run so far."""

from __future__ import annotations

import ast
import contextlib
import linecache
import sys
from dataclasses import dataclass
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

FILE = "main.py"


@dataclass
class _Piece:
    """One step's part of the file."""

    index: int
    source: str
    offset: int
    """Lines of the file before it."""
    kept: str
    """The same lines without what no other process can run again."""

    @property
    def count(self) -> int:
        return self.source.count("\n")


class Script:
    """Runs steps one after the other in one namespace, as if they were one script.

    The file is there for whoever reads it: `inspect`, tracebacks, and the processes that
    multiprocessing starts, which import it. For those it leaves out what only this process can
    run: statements that raised as they were meant to, and ``await`` outside of functions.
    """

    def __init__(self, folder: Path) -> None:
        self.module = ModuleType("__main__")
        self._path = folder / FILE
        self._pieces: list[_Piece] = []
        self._runner: Any = None
        import builtins

        self.space["__builtins__"] = builtins
        self.space["__annotations__"] = {}
        if not hasattr(builtins, "exit"):  # an interpreter without site, which has no packages
            import site

            site.setquit()
            site.setcopyright()
            site.sethelper()
        sys.modules["__main__"] = self.module
        sys.argv = [""]

    @property
    def space(self) -> dict[str, Any]:
        """The module's namespace."""
        return self.module.__dict__

    def run(self, index: int, source: str, awaits: bool) -> None:
        """Run a step; raises whatever it raises.

        Args:
            index: the step's.
            source: its code.
            awaits: whether it runs inside an event loop, which is the same for the whole group.
        """
        piece = self._add(index, source)
        # The lines before it are empty, so that every message has the line in the file.
        text = "\n" * piece.offset + piece.source
        flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT if awaits else 0
        try:
            code = compile(text, str(self._path), "exec", flags, dont_inherit=True)
        except BaseException:
            piece.kept = "\n" * piece.count
            raise
        try:
            if not awaits:
                exec(code, self.space)
                return
            self.run_awaiting(code)
        except BaseException as error:
            self._cut(piece, error)
            raise

    def run_awaiting(self, code: CodeType) -> None:
        """Run code that may await outside of functions, in the group's event loop."""

        async def main() -> None:
            if (work := eval(code, self.space)) is not None:
                await work

        import asyncio  # here, as few fences await

        self._runner = self._runner or asyncio.Runner()
        self._runner.run(main())

    def locate(self, filename: str, line: int) -> tuple[int, int] | None:
        """The step that a line of the file belongs to, and its line there."""
        if filename == str(self._path):
            for piece in reversed(self._pieces):
                if line > piece.offset:
                    return piece.index, min(line - piece.offset, piece.count)
        return None

    def close(self) -> None:
        """End the event loop, if there is one."""
        if self._runner is not None:
            self._runner.close()

    def _add(self, index: int, source: str) -> _Piece:
        if not self._pieces:
            sys.argv = [str(self._path)]
            self.module.__file__ = str(self._path)
            self.module.__loader__ = SourceFileLoader("__main__", str(self._path))
        source = source.replace("\r\n", "\n").replace("\r", "\n")
        source = source if source.endswith("\n") else f"{source}\n"
        offset = sum(piece.count for piece in self._pieces)
        piece = _Piece(index, source, offset, _importable(source))
        self._pieces.append(piece)
        lines = "".join(piece.source for piece in self._pieces).split("\n")
        size = sum(map(len, lines))
        # Without a time, so that Python never reads the file, which may hold less.
        entry = (size, None, [f"{line}\n" for line in lines[:-1]], str(self._path))
        linecache.cache[str(self._path)] = entry
        with contextlib.suppress(OSError, UnicodeError):  # a step may do anything to its folder
            self._path.write_text(self._text(), encoding="utf-8", newline="\n")
        return piece

    def _text(self) -> str:
        """The file: importable as a whole, though each step may have its own ``__future__``."""
        first, *rest = self._pieces
        kept, wanted = [first.kept], dict[str, None]()
        for piece in rest:
            text, features = _without_future(piece.kept)
            kept.append(text)
            wanted |= dict.fromkeys(features)
        whole = "".join(kept)
        return _with_future(whole, list(wanted)) if wanted else whole

    def _cut(self, piece: _Piece, error: BaseException) -> None:
        """Leave out of the file what the step did not come to, from the statement that raised."""
        call = error.__traceback__
        while call is not None:
            place = self.locate(call.tb_frame.f_code.co_filename, call.tb_lineno)
            if place is not None and place[0] == piece.index:
                for statement in ast.parse(piece.kept).body:
                    first, last = _span(statement)
                    if first <= place[1] <= last:
                        piece.kept = _blank(piece.kept, first, piece.count)
                        return
            call = call.tb_next


def _span(statement: ast.stmt) -> tuple[int, int]:
    """Its first and its last line."""
    decorators = getattr(statement, "decorator_list", [])
    first = min([statement.lineno, *(decorator.lineno for decorator in decorators)])
    return first, statement.end_lineno or first


def _blank(source: str, first: int, last: int) -> str:
    lines = source.split("\n")
    lines[first - 1 : last] = [""] * (last - first + 1)
    return "\n".join(lines)


def _importable(source: str) -> str:
    """The source without the statements that are no plain script's, such as a bare ``await``."""
    try:
        compile(source, FILE, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        pass
    else:
        return source
    try:
        statements = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return "\n" * source.count("\n")
    kept = source
    for statement in statements:
        try:
            compile(ast.Module([statement], []), FILE, "exec", dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            kept = _blank(kept, *_span(statement))
    return kept


def _without_future(source: str) -> tuple[str, list[str]]:
    """The source without its imports from ``__future__``, and what they name."""
    features = []
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.ImportFrom) and statement.module == "__future__":
            features += [alias.name for alias in statement.names]
            source = _blank(source, *_span(statement))
    return source, features


def _with_future(source: str, features: list[str]) -> str:
    """The source with that import in its first lines, where there is a place that moves none."""
    words = f"from __future__ import {', '.join(features)}"
    lines, body = source.split("\n"), ast.parse(source).body
    if not body:
        return source
    first, last = _span(body[0])
    if isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        line, end = lines[last - 1].encode("utf-8"), body[0].end_col_offset
        lines[last - 1] = (line[:end] + f"; {words}".encode() + line[end:]).decode("utf-8")
    elif first > 1:
        lines[0] = words
    else:
        lines[0] = f"{words}; {lines[0]}"
    text = "\n".join(lines)
    try:
        compile(text, FILE, "exec", dont_inherit=True)
    except SyntaxError:
        return source
    return text
