"""Fences of pages: their options, their entries in a page's account, and how they differed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from .bounds import Bounds, Line, Name, Number, Text
from .places import Location
from .words import Fate


@dataclass(frozen=True, slots=True)
class Options:
    """What the info string of a fence asks for. Keys are written ``data-env`` and so on."""

    id: str = ""
    """``{#name}``: its name in ids and in messages; empty where it has none."""
    run: bool = False
    norun: bool = False
    """Shown as not verified; ``reason`` says why."""
    reason: str = ""
    hide: bool = False
    """Run and not shown."""
    output: bool = False
    """Its text is what the fence before it prints."""
    env: str = ""
    """The framework whose environment it runs in; empty for a Python with nothing installed."""
    group: str = ""
    """Fences of one group share a folder and a process, in the order of the page."""
    file: str = ""
    """The file in the group's folder that the fence is written to instead of being run."""
    raises: str = ""
    """The name of the exception that it is meant to end with."""
    asynchronous: bool = False
    """``data-async``: it awaits at its top level."""
    exit: int = 0
    """The status that the last command is meant to end with."""
    app: str = ""
    """The snippet that answers an ``http`` fence; empty for the ``app`` of its group."""


@dataclass(frozen=True, slots=True)
class Fence:
    """One fenced block of a page, as the page renders it: includes expanded."""

    location: Location
    """From its opening to its closing marks, in the file that holds it."""
    page: str
    """The page that shows it: the same file, or one that includes it."""
    indent: str
    """What stands before its opening marks: spaces, ``>`` ..."""
    language: str
    """As written: ``python``, ``pycon``, ``html+jinja``; empty for none."""
    info: str
    """The whole text after the opening marks."""
    options: Options
    source: str
    """Its lines without their indentation, without a last newline."""
    lines: tuple[Location, ...]
    """Where each line of the source stands: an included one in the included file."""
    includes: tuple[str, ...] = ()
    """What it includes: ``routing/flask/app.py:route``."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One fence in the account of a page."""

    fence: Fence
    fate: Fate
    id: str = ""
    """The id of the result that has its check, where it is run: ``concepts/routing#forms``."""
    check: str = ""
    """The name of its check in that result."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Fences of one page that run in one process and one folder; often a single fence."""

    id: str
    """``concepts/routing#forms``."""
    page: str
    """The page that shows it."""
    location: Location
    """Its first fence."""
    env: str
    """The framework whose environment it runs in, or ``python``."""
    entries: tuple[Entry, ...]
    """In the order of the page, written files and expected outputs among them."""
    app: str = ""
    """The snippet whose application answers its ``http`` fences."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A line of a fence that raised, or that expects another output than the one that came."""

    line: int
    """Of the fence's source, counted from 0; where a line is missing, the last line before it.
    -1 is the fence as a whole, at its opening marks."""
    message: str
    """``expected "a", got "b"``, in one line."""
    expected: str | None = None
    actual: str | None = None
    next: str = ""
    """The next act; empty for the usual one: correct this line, or accept what came."""
    step: int | None = None
    """The step of its group that has the line; None for the step of this fence."""
    traceback: str = ""


@dataclass(frozen=True, slots=True)
class Raised:
    """An exception of a group's own code, as the worker reports it."""

    names: Annotated[tuple[Name, ...], Bounds(1_000, 1)]
    """Of its class and of that class's bases, each plain and with its module; never empty."""
    text: Text
    """How its traceback ends: ``ValueError: no such item``."""
    line: Line | None = None
    """The innermost line of the step's source, from 1; None where no step's source is to blame."""
    step: Number | None = None
    """The step of the group that has the line; None where the line is."""
    traceback: Text = ""
    """Its lines of ``main.py`` counted through all steps of Python."""
