"""What the tree declares: frameworks, contracts with their checks, cells, snippets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .places import Location
from .words import Kind


def snippet_id(concept: str, framework: str) -> str:
    """The id of a snippet, whether or not the snippet exists."""
    return f"{concept}/{framework}"


@dataclass(frozen=True, slots=True)
class Framework:
    """One entry of ``[tool.fieldguide.frameworks]``; its place there is its place on every page."""

    name: str
    """The folder's and the environment's name."""
    title: str
    distribution: str
    server: str
    docs: str
    preload: tuple[str, ...] = ()
    official: tuple[str, ...] = ()
    """Distributions of its own organisation, apart from what it depends on."""


@dataclass(frozen=True, slots=True)
class Check:
    """One test function of a contract."""

    name: str
    claim: str
    """Its docstring in one line: what the reader sees."""
    location: Location


@dataclass(frozen=True, slots=True)
class Contract:
    """What every implementation of a concept must do over HTTP."""

    concept: str
    checks: tuple[Check, ...]
    source: str
    location: Location


@dataclass(frozen=True, slots=True)
class Deviation:
    """A check that a framework cannot pass, with the reason. The check has to fail, and so."""

    check: str
    reason: str
    location: Location
    source: str
    """Where the reason is documented: an address."""
    answers: tuple[int, ...]
    """The statuses of the check's responses, in order."""
    got: str
    """What the check got in the place of what it expected, as its failure says it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What ``cell.toml`` declares of one concept in one framework: what imports cannot show."""

    id: str
    """``concept/framework``."""
    location: Location
    kind: Kind | None = None
    why: str = ""
    """One sentence for readers; never empty where there is a kind."""
    instead: str = ""
    """What to use in its place; Markdown."""
    requires: str = ""
    """``django>=6``: what the environment has to hold for the snippet to run."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """One framework's implementation of one concept: the files of one folder."""

    id: str
    """``concept/framework``."""
    concept: str
    framework: str
    files: Mapping[str, bytes]
    """Contents by path relative to the snippet's folder; without ``deviations.toml`` and
    ``cell.toml``."""
    main: str
    """The file that exports ``app``."""
    location: Location
    """Its main file."""
    deviations: tuple[Deviation, ...] = ()
    cell: Cell | None = None

    @property
    def folder(self) -> str:
        """The path of its folder: ``snippets/routing/flask``."""
        return self.location.folder
