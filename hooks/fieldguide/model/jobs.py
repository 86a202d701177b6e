"""What is ready to run: a snippet held to its contract, or a group of fences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .environments import Environment
from .fences import Group
from .places import Location
from .tree import Check, Contract, Snippet


@dataclass(frozen=True, slots=True)
class Limits:
    """What one snippet may use. Each process of a job has these; a sandbox holds them together."""

    wall_seconds: float = 60.0
    """By the clock: far off, for a snippet that waits for ever. That the machine is busy is never a
    snippet's fault."""
    cpu_seconds: int = 10
    """Of processor time; all its processes together, where the system shows them."""
    memory_bytes: int = 512 * 1024 * 1024
    """Of data, not of code; in a sandbox also of all its processes together."""
    file_bytes: int = 32 * 1024 * 1024
    """The longest file."""
    disk_bytes: int = 64 * 1024 * 1024
    """All files together, in a sandbox."""
    open_files: int = 256
    processes: int = 64
    """At once, in a sandbox."""
    threads: int = 256
    """At once, of all processes together, in a sandbox."""
    output_bytes: int = 1024 * 1024
    """What is captured of its output; a snippet that writes more is stopped."""


@dataclass(frozen=True, slots=True)
class SnippetJob:
    """A snippet, ready to run."""

    snippet: Snippet
    contract: Contract
    environment: Environment
    limits: Limits
    key: str
    """Digest of everything that can change the result."""
    inputs: Mapping[str, str]
    """What the key is made of, each by a name that a person understands."""
    source: str
    """Digest of what a page shows of it."""
    server: str | None = None
    """The production server to run it under; None for in process."""
    database: str = ""
    """The URL of the database server that it is given; empty where it uses its own database."""

    @property
    def id(self) -> str:
        """Of its result."""
        return self.snippet.id

    @property
    def concept(self) -> str:
        """Of its result."""
        return self.snippet.concept

    @property
    def framework(self) -> str:
        """Of its result."""
        return self.snippet.framework

    @property
    def location(self) -> Location:
        """Where to look if no better place is known."""
        return self.snippet.location

    @property
    def files(self) -> Mapping[str, bytes]:
        """What lies in its folder, by path."""
        return self.snippet.files

    @property
    def main(self) -> str:
        """The file that exports ``app``."""
        return self.snippet.main

    @property
    def checks(self) -> tuple[Check, ...]:
        """What its result reports on, in order."""
        return self.contract.checks


@dataclass(frozen=True, slots=True)
class FenceJob:
    """A group of fences, ready to run. It has neither a server nor a database of its own."""

    group: Group
    steps: tuple[Mapping[str, Any], ...]
    """What the worker does, a step a fence, in order."""
    checks: tuple[Check, ...]
    """What its result reports on: a check for each fence that is run."""
    files: Mapping[str, bytes]
    """What lies in its folder, by path: the files of the snippet that answers it."""
    main: str
    """The file among them that exports ``app``; empty where no snippet answers it."""
    environment: Environment
    limits: Limits
    key: str
    """Digest of everything that can change the result."""
    inputs: Mapping[str, str]
    """What the key is made of, each by a name that a person understands."""
    source: str
    """Digest of what a page shows of it."""
    twice: bool = False
    """Whether it runs twice: something that is expected of it may differ from run to run."""

    @property
    def id(self) -> str:
        """Of its result."""
        return self.group.id

    @property
    def concept(self) -> str:
        """Of its result: the page, as ids name it."""
        return self.group.id.partition("#")[0]

    @property
    def framework(self) -> str:
        """Of its result: the name of its environment."""
        return self.group.env

    @property
    def location(self) -> Location:
        """Where to look if no better place is known."""
        return self.group.location

    @property
    def server(self) -> None:
        """Fences run in process."""
        return None

    @property
    def database(self) -> str:
        """Fences are given no database."""
        return ""


Job = SnippetJob | FenceJob
"""What one process runs, or two: the application and a judge of its own."""
