"""The records that pass between the engine's stages: frozen, and they know only themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any


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
    """No result speaks of it."""
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
    """Nobody; then there is no snippet."""


def snippet_id(concept: str, framework: str) -> str:
    """How a snippet is called, also one that there is not."""
    return f"{concept}/{framework}"


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a file of the project."""

    path: str
    """Relative to the project's root, with forward slashes."""
    line: int | None = None
    """Counted from 1; None for a whole file or folder."""
    end_line: int | None = None

    @property
    def doc(self) -> str:
        """The path of a page below ``docs/``, as MkDocs names it: ``concepts/routing.md``."""
        return self.path.removeprefix("docs/")

    @property
    def folder(self) -> str:
        """The path of the folder that holds it."""
        return self.path.rpartition("/")[0]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that somebody has to put right: where, what, and the next act."""

    location: Location
    message: str
    next: str
    """The next act, without a full stop: a command, or what to write."""
    severity: str = "error"
    """``error`` fails the run; ``warning`` is only shown."""


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
    """A check that a framework cannot pass, with its reason. It must fail."""

    check: str
    reason: str
    location: Location
    source: str | None = None
    """Where the reason is documented: an address."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What ``cell.toml`` says of one concept in one framework, where imports cannot tell."""

    id: str
    """``concept/framework``."""
    location: Location
    kind: Kind | None = None
    why: str = ""
    """One sentence for readers; always there where the kind is."""
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
    entry: str
    """The file that exports ``app``."""
    location: Location
    """Its entry."""
    deviations: tuple[Deviation, ...] = ()
    cell: Cell | None = None

    @property
    def folder(self) -> str:
        """The path of its folder: ``snippets/routing/flask``."""
        return self.location.folder


@dataclass(frozen=True, slots=True)
class Options:
    """What the info string of a fence asks for. Keys are written ``data-env`` and so on."""

    id: str = ""
    """``{#name}``: what the fence is called in ids and in messages; empty where it has no name."""
    run: bool = False
    norun: bool = False
    """Shown as not verified; ``reason`` says why."""
    reason: str = ""
    hide: bool = False
    """Run and not shown."""
    output: bool = False
    """What the fence before it prints."""
    env: str = ""
    """The framework whose environment it runs in; empty for a Python with nothing installed."""
    group: str = ""
    """Fences of one group share a folder and a process, in the order of the page."""
    file: str = ""
    """The file of the group's folder that the fence is written to, instead of being run."""
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


class Fate(StrEnum):
    """What becomes of one fence of a page."""

    RUN = "run"
    SHOWN = "shown"
    """It comes from a snippet, which is run for itself."""
    NOT_RUN = "not run"
    """With a reason."""
    TEXT = "text"
    """In a language that nothing runs."""
    UNACCOUNTED = "unaccounted"
    """A reader would think that it was run, and nobody says so: a problem."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One fence in the account of a page."""

    fence: Fence
    fate: Fate
    id: str = ""
    """Of the result that speaks of it, where it is run: ``concepts/routing#forms``."""
    check: str = ""
    """The name of its check in that result."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Fences of one page that are run together, in one process and one folder; often one alone."""

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
    """A line of a fence that says something else than what came, or that raised."""

    line: int
    """Of the fence's source, counted from 0; where something is missing, the last line before.
    -1 is the fence as a whole, at its opening marks."""
    message: str
    """``expected "a", got "b"``, in one line."""
    expected: str | None = None
    actual: str | None = None
    next: str = ""
    """The next act, where it is another than to correct this line or to accept what came."""
    step: int | None = None
    """The step of its group that has the line; None for the fence's own."""
    traceback: str = ""


@dataclass(frozen=True, slots=True)
class Raised:
    """An exception of a group's own code, as the worker tells it."""

    names: tuple[str, ...]
    """Of its class and of those above it, each plain and with its module; never empty."""
    text: str
    """How its traceback ends: ``ValueError: no such item``."""
    line: int | None = None
    """The innermost line of the step's source, from 1; None where no step's source is to blame."""
    step: int | None = None
    """The step of the group that has the line; None where the line is."""
    traceback: str = ""
    """Its lines of ``main.py`` counted through all steps of Python."""

    def __post_init__(self) -> None:
        if not self.names:
            raise ValueError("an exception without a name")


@dataclass(frozen=True, slots=True)
class Distribution:
    """One installed distribution of an environment."""

    name: str
    version: str
    modules: tuple[str, ...]
    """Top-level names that it makes importable."""
    direct: bool
    """Whether the framework's dependency group names it."""
    requires: tuple[str, ...] = ()
    """The distributions of the same environment that it needs."""


@dataclass(frozen=True, slots=True)
class Environment:
    """A virtual environment with one framework and nothing of ours."""

    name: str
    python: Path
    """The interpreter inside it."""
    python_version: str
    lock_digest: str
    distributions: tuple[Distribution, ...]
    fingerprint: str
    """Digest of everything installed in it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one snippet may use. Each process of a job has these; a sandbox holds them together."""

    wall_seconds: float = 60.0
    """By the clock: far off, for what waits for ever. A busy machine is no fault of a snippet."""
    cpu_seconds: int = 10
    """Of processor time, of all its processes together where they can be seen."""
    memory_bytes: int = 512 * 1024 * 1024
    """Of data, not of code; in a sandbox also of all its processes together."""
    file_bytes: int = 32 * 1024 * 1024
    """The longest file."""
    disk_bytes: int = 64 * 1024 * 1024
    """All files together, in a sandbox."""
    open_files: int = 256
    processes: int = 64
    """At once, in a sandbox."""
    output_bytes: int = 1024 * 1024
    """What is captured; more of it stops the snippet."""


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
    """The production server to run it under; None runs it in process."""
    database: str = ""
    """The URL of the database server that it is given; empty leaves it to what it brings itself."""

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
        """Where to look where nothing else is known."""
        return self.snippet.location

    @property
    def files(self) -> Mapping[str, bytes]:
        """What lies in its folder, by path."""
        return self.snippet.files

    @property
    def entry(self) -> str:
        """The file that exports ``app``."""
        return self.snippet.entry

    @property
    def checks(self) -> tuple[Check, ...]:
        """What its result tells of, in order."""
        return self.contract.checks


@dataclass(frozen=True, slots=True)
class FenceJob:
    """A group of fences, ready to run. It has neither a server nor a database of its own."""

    group: Group
    steps: tuple[Mapping[str, Any], ...]
    """What the worker does, a step a fence, in order."""
    checks: tuple[Check, ...]
    """What its result tells of: one for each fence that is run."""
    files: Mapping[str, bytes]
    """What lies in its folder, by path: the files of the snippet that answers it."""
    entry: str
    """The file among them that exports ``app``; empty where no snippet answers it."""
    environment: Environment
    limits: Limits
    key: str
    """Digest of everything that can change the result."""
    inputs: Mapping[str, str]
    """What the key is made of, each by a name that a person understands."""
    source: str
    """Digest of what a page shows of it."""

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
        """Where to look where nothing else is known."""
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
"""What one process runs, or two where a judge is apart."""


@dataclass(frozen=True, slots=True)
class Message:
    """A request or a response as it is on the wire, its body decoded for showing."""

    start: str
    """``GET /items/7 HTTP/1.1`` or ``HTTP/1.1 200 OK``."""
    headers: tuple[tuple[str, str], ...]
    body: str
    """UTF-8 text, or base64 where ``binary``; cut to a length fit for a page."""
    binary: bool = False
    size: int = 0
    """Bytes of the whole body."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One HTTP request and its response, as recorded."""

    request: Message
    response: Message


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a check or a snippet did not pass."""

    location: Location
    """Where to look first: the snippet's line where one is known."""
    message: str
    expected: str | None = None
    actual: str | None = None
    contract: Location | None = None
    """The contract's line that did not hold."""
    traceback: str = ""
    next: str = ""
    """The next act, where there is a better one than to ask for an explanation."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one check gave."""

    check: Check
    outcome: Outcome
    exchanges: tuple[Exchange, ...] = ()
    failure: Failure | None = None
    deviation: str | None = None
    """The declared reason; then a failed outcome is what was declared and harms nothing."""

    @property
    def deviates(self) -> bool:
        """Whether it did not pass, as its deviation declares."""
        return self.deviation is not None and self.outcome is not Outcome.PASSED

    @property
    def unexpected(self) -> bool:
        """Whether it did not pass and nothing declares that, or passed although one does."""
        return (self.outcome is Outcome.PASSED) == (self.deviation is not None)


@dataclass(frozen=True, slots=True)
class Result:
    """What one snippet gave."""

    id: str
    concept: str
    framework: str
    location: Location
    key: str
    outcome: Outcome
    checks: tuple[CheckResult, ...] = ()
    output: str = ""
    """What it wrote to stdout and stderr, cut at the limit."""
    versions: Mapping[str, str] = field(default_factory=dict)
    """``python`` and the distributions that its files import, as pinned; the install line."""
    seconds: float = 0.0
    reason: str = ""
    """Why it was skipped, or in one line why it did not pass."""
    failure: Failure | None = None
    """Where nothing could be checked: why."""
    cached: bool = False
    server: str | None = None
    """The production server that it ran under; None for in process."""
    database: str = ""
    """What it was given as ``DATABASE_URL``, without the password."""
    served: str = ""
    """``gunicorn 27.0.1``: the production server under which the same inputs passed as well;
    empty where that has not been run."""
    source: str = ""
    """Digest of the snippet's files and its contract (`digests.source_digest`), so that a page never
    shows proof of other code."""
    layers: tuple[str, ...] = ()
    """What stood between it and the machine."""
    inputs: Mapping[str, str] = field(default_factory=dict)
    """The job's inputs, so that it can be told which of them changed."""
    kind: Kind | None = None
    """Who does the work in a snippet; None where that is not known. It is told anew by each run."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a run of verification gave."""

    results: tuple[Result, ...]
    problems: tuple[Problem, ...]
    environments: tuple[Environment, ...] = ()
    layers: tuple[str, ...] = ()
    """What stood between the snippets and the machine."""
    seconds: float = 0.0


class Stopped(StrEnum):
    """Why a job's process was ended from outside; the worker uses the same words."""

    TIME = "time"
    """It met the limit of the clock."""
    PROCESSOR = "processor"
    """It used up its processor time."""
    OUTPUT = "output"
    RECORD = "record"
    PROCESSES = "processes"
    MEMORY = "memory"
    FILES = "files"


@dataclass(frozen=True, slots=True)
class Lost:
    """What is known of a job whose zygote was lost twice, in place of its `Reply`."""

    words: str
    """What the zygote wrote last, or how it fell silent."""


@dataclass(frozen=True, slots=True)
class Reply:
    """How one job's processes ended, and what they left."""

    record: Mapping[str, Any] | None
    """The judge's record; None where it wrote none, or no whole one."""
    output: str
    exit: int
    """Exit status, or the negative number of a signal."""
    stopped: Stopped | None
    """Why it was ended from outside, if it was."""
    seconds: float
    waited: float | None = None
    """Seconds that its processes were ready to run and had no processor; None where the system does
    not say."""
    judge: bool = False
    """Whether this tells of the judge, because the application ended as it should."""
    mark: str = ""
    """What stands before the output of each step of a group of fences."""
