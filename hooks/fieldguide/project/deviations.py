"""Read ``deviations.toml``: the checks that a framework cannot pass, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..base import problems as base_problems
from ..base import toml
from ..base.problems import Problems
from ..base.toml import Document
from ..model import Contract, Deviation, Location, Problem
from . import problems

NAME = "deviations.toml"
KEYS = ("reason", "source")


def read(
    collector: Problems, where: Location, content: bytes, contract: Contract | None
) -> tuple[Deviation, ...]:
    """The deviations that a snippet's file declares, without those that have a problem.

    ``contract`` says which checks there are; None where it cannot be read.
    """
    document = toml.parse(collector, content, where.path)
    if document is None:
        return ()
    known = [check.name for check in contract.checks] if contract else None
    deviations = (_deviation(collector, document, name, known) for name in document.data)
    return tuple(deviation for deviation in deviations if deviation is not None)


def _deviation(
    collector: Problems, document: Document, name: str, known: list[str] | None
) -> Deviation | None:
    table, at = document.data[name], document.at(name)
    if not isinstance(table, dict):
        collector.add(problems.no_table(at, name))
        return None
    for key in table:
        if key not in KEYS:
            collector.add(base_problems.unknown_setting(document.at(name, key), key, KEYS))
    own = Problems()
    own.add(*_misused(document, name, table, known))
    collector.add(*own)
    if own:
        return None
    return Deviation(name, table["reason"].strip(), at, table.get("source"))


def _misused(
    document: Document, name: str, table: Mapping[str, Any], known: list[str] | None
) -> Iterator[Problem]:
    """The first thing that keeps a table from being a deviation."""
    reason, source = table.get("reason"), table.get("source")
    if known is not None and name not in known:
        yield problems.unknown_check(document.at(name), name, known)
    elif not isinstance(reason, str) or not reason.strip():
        yield problems.no_reason(document.at(name), name)
    elif source is not None and not isinstance(source, str):
        yield problems.no_source(document.at(name, "source"), name)
