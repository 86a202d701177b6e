"""TOML files read with located problems, and the line of what stands in one."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from . import problems
from .model import Location
from .problems import ProblemError


def parse(content: bytes, path: str) -> tuple[dict[str, Any], str]:
    """The tables in a file, and its text; ``path`` names it in the `ProblemError` it raises."""
    try:
        text = content.decode("utf-8")
        return tomllib.loads(text), text
    except UnicodeDecodeError as error:
        raise ProblemError(problems.not_utf8(not_utf8(content, path, error))) from None
    except tomllib.TOMLDecodeError as error:
        if text.startswith("\ufeff"):
            raise ProblemError(problems.byte_order_mark(Location(path, 1))) from None
        line = re.search(r" \(at line (\d+)", str(error))
        ends = str(error).endswith("(at end of document)")
        number = int(line[1]) if line else text.count("\n") + 1 if ends else None
        said = str(error).partition(" (at ")[0]
        raise ProblemError(problems.bad_toml(Location(path, number), said)) from None


def not_utf8(content: bytes, path: str, error: UnicodeDecodeError) -> Location:
    """Where the first byte stands that is not UTF-8."""
    return Location(path, content.count(b"\n", 0, error.start) + 1)


def line_of(text: str, table: str, key: str | None = None) -> int | None:
    """The line of ``[table]``, or of ``key`` under it; the table's own where there is no such key.

    An empty ``table`` is the top of the file. None where the table is written in another way.
    """
    header = re.compile(rf"\s*\[\s*{_dotted(table)}\s*\]\s*(#.*)?$")
    wanted = re.compile(rf"\s*{_dotted(key)}\s*=") if key else None
    found = None if table else 1
    for number, line in enumerate(text.splitlines(), start=1):
        if found is None:
            found = number if header.match(line) else None
        elif line.lstrip().startswith("["):
            break
        elif wanted and wanted.match(line):
            return number
    return found


def _dotted(name: str) -> str:
    """A pattern for a name with dots, each part bare or quoted."""
    return r"\s*\.\s*".join(rf"[\"']?{re.escape(part)}[\"']?" for part in name.split("."))
