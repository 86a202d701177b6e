"""Read ``deviations.toml``: the checks that a framework cannot pass, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from ..base import problems as base_problems
from ..base import toml
from ..base.problems import Problems
from ..base.toml import Document
from ..model import Contract, Deviation, Location, Problem
from . import problems

NAME = "deviations.toml"
KEYS = ("reason", "source", "answers", "got")


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
    if known is not None and 2 * len(set(document.data) & set(known)) > len(known):
        collector.add(problems.most_deviate(where, len(known)))
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
    reason, answers = table["reason"].strip(), tuple(table["answers"])
    return Deviation(name, reason, at, table["source"], answers, table["got"])


def _misused(
    document: Document, name: str, table: Mapping[str, Any], known: list[str] | None
) -> Iterator[Problem]:
    """What keeps a table from being a deviation."""
    if known is not None and name not in known:
        yield problems.unknown_check(document.at(name), name, known)
        return
    reason, answers, got = table.get("reason"), table.get("answers"), table.get("got")
    if not isinstance(reason, str) or not reason.strip():
        yield problems.no_reason(document.at(name), name)
    if not _is_address(table.get("source")):
        yield problems.no_source(_at(document, name, "source"), name)
    if not isinstance(answers, list) or not all(type(status) is int for status in answers):
        yield problems.no_answers(_at(document, name, "answers"), name)
    if not isinstance(got, str):
        yield problems.no_got(_at(document, name, "got"), name)


def _at(document: Document, name: str, key: str) -> Location:
    """The line of a key, or of its table where it is lacking."""
    return document.at(name, key) if key in document.data[name] else document.at(name)


def _is_address(source: object) -> bool:
    """Whether that is the address of a page of the web."""
    if not isinstance(source, str):
        return False
    try:
        parts = urlsplit(source)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
