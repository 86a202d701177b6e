"""What a snippet requires of its environment: ``django>=6``, in the notation of PEP 508.

``packaging`` is imported only where something is required, because most runs do without.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ..environments import pins
from ..environments.installed import normalise
from ..model import Environment, Location, Problem
from . import contract_problems

if TYPE_CHECKING:
    from packaging.requirements import Requirement


def misused(root: Path, framework: str, text: str, at: Location) -> Iterator[Problem]:
    """What is wrong with a requirement, compared with every version in the framework's lock.

    A lock serves every Python, so it may pin several versions of one distribution.
    """
    requirement = _read(text)
    if requirement is None:
        yield contract_problems.requires_unreadable(at, text)
        return
    try:
        lock = (root / "environments" / f"{framework}.txt").read_text("utf-8", "replace")
    except OSError:
        return  # a missing lock has a problem of its own
    all_pins = list(pins.read(lock))
    pinned = [pin for pin in all_pins if pin.name == normalise(requirement.name)]
    versions = [pin.version for pin in pinned]
    fits = [requirement.specifier.contains(version, prereleases=True) for version in versions]
    if not versions:
        known = sorted({pin.name for pin in all_pins})
        yield contract_problems.requires_unknown(at, requirement.name, framework, known)
    elif not any(fits):
        yield contract_problems.requires_too_much(at, text, framework, versions)
    elif all(fits) and (len(pinned) > 1 or "python" not in pinned[0].marker):
        yield contract_problems.requires_needless(at, text, framework, versions)


def missing(text: str, environment: Environment) -> str:
    """Why the environment does not hold what is required, in words; nothing where it does."""
    requirement = _read(text)
    versions: Mapping[str, str] = {
        distribution.name: distribution.version for distribution in environment.distributions
    }
    if requirement is None:
        return ""
    version = versions.get(normalise(requirement.name))
    if version is not None and requirement.specifier.contains(version, prereleases=True):
        return ""
    has = f"{requirement.name} {version}" if version else f"no {requirement.name}"
    return f"it requires {text}, and Python {environment.python_version} has {has} here"


def _read(text: str) -> Requirement | None:
    """The requirement; None where it cannot be read, or says more than a name and versions."""
    from packaging.requirements import InvalidRequirement, Requirement

    try:
        requirement = Requirement(text)
    except (InvalidRequirement, RecursionError):  # of brackets inside each other
        return None
    has_more = requirement.marker or requirement.url or requirement.extras
    return requirement if requirement.specifier and not has_more else None
