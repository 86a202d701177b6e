"""The enumerations of the glossary: outcome, standing, kind, fate, and why a process was ended."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """How a check or a snippet ended."""

    PASSED = "passed"
    FAILED = "failed"
    """A check did not hold."""
    ERRORED = "errored"
    """The snippet could not be judged: it did not load, crashed, or ended without a record."""
    TIMED_OUT = "timed out"
    SKIPPED = "skipped"
    """Not run; always with a reason."""


class Standing(StrEnum):
    """What a page says of a snippet, a fence, a check, or the place of a snippet.

    The values are the ends of class names: ``fg-cell--timed-out``.
    """

    PASSED = "passed"
    FAILED = "failed"
    ERRORED = "errored"
    TIMED_OUT = "timed-out"
    SKIPPED = "skipped"
    UNVERIFIED = "unverified"
    """There is no result for it."""
    STALE = "stale"
    """The result is of other code."""
    DEVIATES = "deviates"
    """A check failed as declared, or a snippet passed with such a check."""
    MISSING = "missing"
    """Nobody has written the snippet."""
    IMPOSSIBLE = "impossible"
    """There can be no snippet; ``cell.toml`` says why."""


class Kind(StrEnum):
    """Who does the work of a concept in one framework; the nearest first."""

    CORE = "core"
    """The framework itself, with what it depends on."""
    OFFICIAL = "official extension"
    """A distribution of the framework's own organisation."""
    THIRD_PARTY = "third party"
    """A distribution of somebody else."""
    BY_HAND = "by hand"
    """The snippet, in its own lines."""
    NOT_POSSIBLE = "not possible"
    """Nobody can; there is no snippet."""


class Fate(StrEnum):
    """What the build does with one fence of a page."""

    RUN = "run"
    SHOWN = "shown"
    """It comes from a snippet, which is run for itself."""
    NOT_RUN = "not run"
    """With a reason."""
    TEXT = "text"
    """In a language that nothing runs."""
    UNACCOUNTED = "unaccounted"
    """A reader would expect that it was run, and nothing says whether it is: a problem."""


class Stopped(StrEnum):
    """Why a job's process was ended from outside; the worker uses the same words."""

    TIME = "time"
    """It ran longer than the limit of the clock."""
    PROCESSOR = "processor"
    """It used up its processor time."""
    OUTPUT = "output"
    RECORD = "record"
    PROCESSES = "processes"
    THREADS = "threads"
    MEMORY = "memory"
    FILES = "files"
