"""`Language`: what a runnable fence means, with every part that a new language has to bring."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pygments.lexers import get_all_lexers  # type: ignore[import-untyped]

from ..base.json_records import from_json
from ..model import Exchange, Mismatch, Options
from .comparing.other import Other

Parsed = TypeVar("Parsed")
Reply = TypeVar("Reply")


@dataclass(frozen=True, slots=True)
class Option:
    """A key of an info string that only one language has."""

    key: str
    """``data-raises``"""
    field: str
    """The field of `model.Options` that it sets."""
    pattern: re.Pattern[str]
    """What its whole value has to match."""
    wanted: str
    """What its value has to be, in words: ``the name of an exception``."""
    example: str
    """A right use of it, shown to the author of a wrong one."""
    value: Callable[[str], Any] = str
    """From what is written to what the field holds."""
    alone: bool = False
    """Whether it may stand without a value."""


def names(*lexers: str) -> tuple[str, ...]:
    """Every name under which Pygments knows what those of its lexers read."""
    known = {title: aliases for title, aliases, _, _ in get_all_lexers(plugins=False)}
    return tuple(name for lexer in lexers for name in known.get(lexer, ()))


ASYNC = Option(
    "data-async",
    "asynchronous",
    re.compile("true"),
    "true",
    'data-async="true", or delete it',
    value=lambda written: True,
    alone=True,
)
"""Of both languages in which Python may await outside of functions."""


@dataclass(frozen=True, kw_only=True)
class Language(ABC, Generic[Parsed, Reply]):
    """One language of fences. ``Parsed`` is a fence that was read, ``Reply`` what its step left.

    Nothing here has a default: a language without one of these parts fails at import.
    """

    name: str
    """As it stands in an info string, and as the worker's step is called."""
    aliases: tuple[str, ...]
    """Other names of the same language in info strings: their fences do not run, and a reader would
    expect that they did."""
    options: tuple[Option, ...]
    """The keys of info strings that are its own."""
    runs_unasked: bool
    """Whether its fences run without ``.run``."""
    output_follows: bool
    """Whether a ``text {.output}`` fence may say what it prints."""
    how: str
    """What to do with a fence of it that does not say whether it runs."""
    how_alias: str
    """The same for a fence under one of its aliases."""
    reply: type[Reply]
    """The record that its step leaves; read with `json_records.from_json`."""

    @abstractmethod
    def parse(self, source: str) -> Parsed:
        """A fence in its parts; raises `SourceError` where it cannot be read."""

    @abstractmethod
    def step(self, parsed: Parsed, options: Options) -> Mapping[str, Any]:
        """What the worker's step of this name is given, as JSON has it.

        ``options.app`` is that of the whole group, empty where its own code has the application.
        """

    @abstractmethod
    def expected(self, parsed: Parsed) -> Iterator[str]:
        """The lines and values that are compared: where one of them holds what may differ from run
        to run, there are two runs."""

    @abstractmethod
    def compare(
        self, parsed: Parsed, reply: Reply, options: Options, other: Other[Reply] | None = None
    ) -> list[Mismatch]:
        """Where the fence and the reply differ; an empty list where the fence holds.

        With the reply of another run, only what differs between the two is made equal.
        """

    @abstractmethod
    def bless(self, parsed: Parsed, reply: Reply, other: Other[Reply] | None = None) -> str:
        """The source with the reply as what it expects; the same where it expects nothing."""

    @abstractmethod
    def fails(self, parsed: Parsed, reply: Reply, options: Options) -> bool:
        """Whether the code itself failed. Then its output is never accepted as expected."""

    @abstractmethod
    def imports(self, parsed: Parsed) -> str:
        """Python source that imports what the fence may need of its environment; or nothing."""

    @abstractmethod
    def copied(self, source: str) -> str:
        """What the copy button copies; empty for the source as it stands."""

    def read(self, step: object) -> Reply:
        """The reply of a step as its process wrote it: JSON that may be anything.

        Raises TypeError or ValueError where it is not such a reply.
        """
        return from_json(self.reply, step)

    def exchanges(self, reply: Reply) -> tuple[Exchange, ...]:
        """The HTTP exchanges of a reply, for the page; most languages have none."""
        return ()
