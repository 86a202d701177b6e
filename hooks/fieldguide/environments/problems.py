"""Every problem with locks, environments and the kinds that imports show, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from ..base.problems import did_you_mean
from ..base.text import count
from ..model import Location, Problem


def cell_redundant(at: Location, id: str, kind: str) -> Problem:
    return Problem(
        at,
        f'what {id} imports already says "{kind}"',
        "remove the kind: cell.toml is for what imports cannot tell",
    )


def cell_contradicts(at: Location, id: str, kind: str, shown: str) -> Problem:
    return Problem(
        at,
        f'{id} is declared as "{kind}", and nothing that it imports is; its imports say "{shown}"',
        "correct the kind, or remove it",
    )


def environment_unknown(name: str, known: Iterable[str]) -> Problem:
    """The name of an environment that no framework has."""
    known = list(known)
    return Problem(
        Location("pyproject.toml"),
        f'no environment is named "{name}"{did_you_mean(name, known)}',
        f"use one of {', '.join(known)}, or add [tool.fieldguide.frameworks.{name}]",
    )


def group_missing(name: str) -> Problem:
    """A framework has no dependency group, so nothing says what its environment holds."""
    return Problem(
        Location("pyproject.toml"),
        f'the framework "{name}" has no dependency group',
        f'write {name} = ["..."] under [dependency-groups], then: fieldguide lock {name}',
    )


def group_invalid(at: Location, name: str, reason: str) -> Problem:
    """A dependency group that is not as PEP 735 has them."""
    return Problem(
        at,
        f'the dependency group "{name}" cannot be read ({reason})',
        f'write requirements such as "flask>=3" and {{include-group = "..."}} in it, '
        f"then: fieldguide lock {name}",
    )


def lock_missing(name: str) -> Problem:
    """A framework's environment has not been resolved yet."""
    return Problem(
        Location(f"environments/{name}.txt"),
        f"the environment {name} has no lock",
        f"fieldguide lock {name}",
    )


def uv_missing() -> Problem:
    """uv, which makes environments, is not installed."""
    return Problem(
        Location("environments"),
        "uv is not installed beside the engine, so no environment can be made",
        "make test, or: python -m pip install --require-hashes --only-binary :all: "
        "-r environments/site.txt",
    )


def index_unreachable(path: str, name: str, quoted: str) -> Problem:
    """No network, or the package index does not answer."""
    return Problem(
        Location(path),
        f'the environment {name} cannot be made: the package index does not answer ("{quoted}")',
        "check the network and the index settings of uv, then run this again",
    )


def lock_does_not_match(at: Location, name: str, quoted: str) -> Problem:
    """A downloaded file is not the one that was locked."""
    return Problem(
        at,
        f"the environment {name} cannot be made: a file is not the one that was locked"
        f' ("{quoted}")',
        f"find out why it changed; if the change is meant: fieldguide lock {name}",
    )


def lock_unreadable(at: Location, name: str, quoted: str) -> Problem:
    """A lock lacks what one of its distributions needs."""
    return Problem(
        at,
        f'the lock of {name} is broken ("{quoted}")',
        f"fieldguide lock {name}",
    )


def lock_line_unfit(at: Location, line: str) -> Problem:
    """A line of a lock that is no pin: it could name an index, an address, a path, another file."""
    return Problem(
        at,
        f'"{line.strip()[:80]}" has no place in a lock: it holds names, versions and hashes alone',
        f"make it anew: fieldguide lock {_environment(at)}",
    )


def lock_without_hash(at: Location, line: str) -> Problem:
    return Problem(
        at,
        f'"{line.strip()[:80]}" is pinned without a hash, so any file of that name would be taken',
        f"make it anew: fieldguide lock {_environment(at)}",
    )


def _environment(at: Location) -> str:
    """The name of the environment whose lock is there."""
    return at.path.rpartition("/")[2].removesuffix(".txt")


def no_such_version(at: Location, name: str, python: str, quoted: str) -> Problem:
    """The index has nothing that fits the lock and this Python."""
    return Problem(
        at,
        f'nothing on the package index fits the environment {name} on Python {python} ("{quoted}")',
        f"fieldguide lock {name} --upgrade, or choose another Python, as the README says",
    )


def disk_full(path: str, name: str, quoted: str) -> Problem:
    """The disk has no room for an environment."""
    return Problem(
        Location(path),
        f'the environment {name} cannot be made: the disk is full ("{quoted}")',
        "make room, then run this again; .fieldguide and .venv can be made anew at any time",
    )


def environment_not_made(path: str, name: str, quoted: str) -> Problem:
    """An environment could not be made, for a reason that only uv or the system knows."""
    return Problem(
        Location(path),
        f'the environment {name} cannot be made ("{quoted}")',
        "put that right, then run this again",
    )


def foundation_replaced(path: str, name: str, file: str) -> Problem:
    """A distribution brings a file of the environment itself, such as its ``pyvenv.cfg``."""
    return Problem(
        Location(path),
        f"a distribution of {name} replaces {file}, which belongs to the environment and to none"
        " of them",
        f"find the one that does and do without it under [dependency-groups], "
        f"then: fieldguide lock {name}",
    )


def environment_changed_meanwhile(path: str, name: str) -> Problem:
    """Another program changed the folder of an environment before it was whole."""
    return environment_not_made(path, name, "its folder was changed while it was made")


def environment_changed(folder: Path, name: str, changed: Sequence[str]) -> Problem:
    """Somebody has edited what was installed, or put something beside it."""
    others = f", nor {count(len(changed) - 1, 'other file')}" if len(changed) > 1 else ""
    place = "/".join(folder.parts[-3:])
    return Problem(
        Location(place if changed[0] == "." else f"{place}/{changed[0]}"),
        f"this is not as it was installed{others}, so the environment {name} is not believed",
        f"remove {place}, and it is made again",
    )


def uv_ended(status: int) -> str:
    """uv's own words, where it wrote none."""
    return f"uv ended with status {status}"


def group_unresolvable(name: str, quoted: str) -> Problem:
    """A dependency group has no solution, or the resolver failed on it."""
    return Problem(
        Location("pyproject.toml"),
        f'the group "{name}" cannot be resolved ("{quoted}")',
        f"change it under [dependency-groups], then: fieldguide lock {name}",
    )


def lock_has_address(name: str, requirement: str) -> Problem:
    """A resolved requirement names an address; a lock must work with everybody's own index."""
    return Problem(
        Location("pyproject.toml"),
        f'the lock of {name} would hold an address: "{requirement}"',
        f"ask for it by name and version under [dependency-groups], then: fieldguide lock {name}",
    )
