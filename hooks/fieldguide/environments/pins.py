"""The pins of a lock ``environments/<framework>.txt``: distributions with their versions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .installed import normalise

_PIN = re.compile(
    r"^(?P<name>[\w.-]+)(?:\[[^\]\n]*\])?==(?P<version>[^\s;\\]+)"
    r"(?:[ \t]*;[ \t]*(?P<marker>[^\\\n]*))?",
    re.M,
)


@dataclass(frozen=True, slots=True)
class Pin:
    """One line of a lock."""

    name: str
    """As indexes compare it."""
    version: str
    marker: str
    """For which Pythons and systems, in the notation of PEP 508; empty for all."""


def read(lock: str) -> Iterator[Pin]:
    """Every pin of a lock's text, in its order. A lock serves every Python, so it may pin several
    versions of one distribution."""
    for pin in _PIN.finditer(lock):
        yield Pin(normalise(pin["name"]), pin["version"], (pin["marker"] or "").strip())


def versions(lock: str, distribution: str) -> list[str]:
    """The versions of one distribution, in the order of the lock."""
    name = normalise(distribution)
    return [pin.version for pin in read(lock) if pin.name == name]


def order(version: str) -> tuple[int, ...]:
    """The numbers of a version, in a form that sorts releases by age."""
    return tuple(map(int, re.findall(r"[0-9]{1,18}", version)))
