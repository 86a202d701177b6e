"""Read ``deviations.toml``: the checks that a framework cannot pass, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..base import problems as base_problems
from ..base import toml
from ..base.problems import ProblemError, Problems
from ..base.toml import Document
from ..model import Contract, Deviation, Location, Problem
from . import problems

NAME = "deviations.toml"
KEYS = ("reason", "source")


def read(
    collector: Problems, where: Location, content: bytes, contract: Contract | None
) -> tuple[Deviation, ...]:
    """What a snippet's file declares, held against the contract where there is one that can be
    read; a table with a problem is left out."""
    try:
        document = toml.parse(content, where.path)
    except ProblemError as error:
        collector.add(*error.problems)
        return ()
    known = [check.name for check in contract.checks] if contract else None
    declared = (_one(collector, document, name, known) for name in document.data)
    return tuple(deviation for deviation in declared if deviation is not None)


def _one(
    collector: Problems, document: Document, name: str, known: list[str] | None
) -> Deviation | None:
    table, at = document.data[name], document.at(name)
    if not isinstance(table, dict):
        collector.add(problems.no_table(at, name))
        return None
    for key in table:
        if key not in KEYS:
            collector.add(base_problems.unknown_setting(document.at(name, key), key, KEYS))
    wrong = _wrong(document, name, table, known)
    if wrong is not None:
        collector.add(wrong)
        return None
    return Deviation(name, table["reason"].strip(), at, table.get("source"))


def _wrong(
    document: Document, name: str, table: Mapping[str, Any], known: list[str] | None
) -> Problem | None:
    """The first thing that keeps a table from being a deviation."""
    reason, source = table.get("reason"), table.get("source")
    if known is not None and name not in known:
        return problems.unknown_check(document.at(name), name, known)
    if not isinstance(reason, str) or not reason.strip():
        return problems.no_reason(document.at(name), name)
    if source is not None and not isinstance(source, str):
        return problems.no_source(document.at(name, "source"), name)
    return None
