"""The probes: requests that every framework's naive application is asked, to see what it answers.

``probes/probes.toml`` holds the requests, ``probes/<framework>/app.py`` the applications. A probe
has no right answer: the only thing that is checked is that there is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..base import problems as base_problems
from ..base import toml
from ..base.files import content_of, located
from ..base.problems import Problems
from ..base.text import SLUG
from ..base.toml import Document
from ..model import Check, Contract, Location, Problem, Snippet
from . import problems

FOLDER = "probes"
PATH = f"{FOLDER}/probes.toml"
KEYS = ("group", "asks", "request", "fill", "shows", "says")
SHOWS = ("status", "body", "type", "cookie", "fields")
"""What of a response an answer is made of."""
MORE = ("header NAME", "has TEXT | WORDS IF SO | WORDS IF NOT")

_SHOWS = ["status"]
"""What is shown where a probe does not say."""
_START = re.compile(r"(?P<method>[A-Z]+) (?P<target>/\S*)")
_FIELD = re.compile(r"(?P<name>[!-9;-~]+):[ \t]*(?P<value>.*)")


@dataclass(frozen=True, slots=True)
class Probe:
    """One request, and the parts of its responses that are compared between frameworks."""

    name: str
    """Written ``head_on_get``; a key of the file, and the check's name."""
    group: str
    """The heading above it on the page."""
    asks: str
    """What is asked, in a few words; inline code allowed."""
    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: str
    fill: int
    """So many bytes are added to the body, for what is about its size."""
    shows: tuple[str, ...]
    """Of `SHOWS` and `MORE`."""
    says: str
    """What a reader should take from it: Markdown."""
    location: Location

    @property
    def start(self) -> str:
        """``GET /items/-1``."""
        return f"{self.method} {self.target}"


@dataclass(frozen=True, slots=True)
class Probing:
    """All probes, and the applications that are asked."""

    probes: tuple[Probe, ...]
    """In the order of the page."""
    contract: Contract
    """The probes as the worker runs them: each sends its request and asserts nothing."""
    snippets: Mapping[str, Snippet]
    """The applications by id, ``probes/flask``, frameworks in their order."""


def read(
    collector: Problems, root: Path, frameworks: Mapping[str, object]
) -> tuple[tuple[Probe, ...], list[Path]] | None:
    """The probes and the folders of their applications; None where the project has no probes."""
    if not (root / FOLDER).is_dir():
        return None
    folders = list(_folders(collector, root, frameworks))
    return _probes(collector, root), folders


def _folders(collector: Problems, root: Path, frameworks: Mapping[str, object]) -> Iterator[Path]:
    """The folders of the applications, by name."""
    for path in sorted((root / FOLDER).iterdir()):
        if path.is_dir() and not path.name.startswith((".", "__")):
            if path.name in frameworks:
                yield path
            else:
                collector.add(problems.unknown_framework(located(root, path), frameworks))


def _probes(collector: Problems, root: Path) -> tuple[Probe, ...]:
    content = content_of(collector, root, root / PATH)
    if content is None:
        if not (root / PATH).exists():
            collector.add(problems.no_probes(Location(PATH)))
        return ()
    document = toml.parse(collector, content, PATH)
    if document is None:
        return ()
    probes = [_probe(collector, document, name, table) for name, table in document.data.items()]
    return tuple(probe for probe in probes if probe is not None)


def contract(probes: tuple[Probe, ...]) -> Contract:
    """The probes as checks over a client."""
    checks = tuple(Check(probe.name, probe.asks, probe.location) for probe in probes)
    source = "".join(map(_function, probes))
    return Contract(FOLDER, checks, source, Location(PATH))


def _function(probe: Probe) -> str:
    """The probe as the function that asks it."""
    body = probe.body.encode("utf-8")
    filled = repr(body) + (f" + b'x' * {probe.fill}" if probe.fill else "")
    arguments = f"{probe.method!r}, {probe.target!r}, headers={probe.headers!r}"
    arguments += f", body={filled}" if body or probe.fill else ""
    return f"def {probe.name}(client):\n    client.request({arguments})\n"


def _probe(collector: Problems, document: Document, name: str, table: Any) -> Probe | None:
    """One table of the file as a probe; None where the collector got a problem of it."""
    at = document.at(name)
    if not isinstance(table, dict) or not _is_name(name):
        collector.add(problems.probe_name(at, name))
        return None
    bad_keys = list(_bad_keys(document, name, table))
    collector.add(*bad_keys)
    if bad_keys:
        return None
    request = _request(table["request"])
    if request is None:
        collector.add(problems.probe_request(at, name))
        return None
    method, target, headers, body = request
    return Probe(
        name=name,
        group=table["group"].strip(),
        asks=table["asks"].strip(),
        method=method,
        target=target,
        headers=headers,
        body=body,
        fill=table.get("fill", 0),
        shows=tuple(table.get("shows", _SHOWS)),
        says=table["says"].strip(),
        location=at,
    )


def _bad_keys(document: Document, name: str, table: Mapping[str, Any]) -> Iterator[Problem]:
    """What is wrong with the keys of a probe's table."""
    at = document.at(name)
    for key in table:
        if key not in KEYS:
            yield base_problems.unknown_setting(document.at(name, key), key, KEYS)
    for key in ("group", "asks", "request", "says"):
        if not isinstance(table.get(key), str) or not table[key].strip():
            yield problems.probe_no_text(at, name, key)
    fill = table.get("fill", 0)
    if not isinstance(fill, int) or fill < 0:
        yield problems.probe_fill(at, name)
    shows = table.get("shows", _SHOWS)
    if not isinstance(shows, list) or not shows or not all(map(_is_shown, shows)):
        yield problems.probe_shows(at, name, (*SHOWS, *MORE))


def _is_name(name: str) -> bool:
    """Whether it is a slug with underscores for hyphens: it names a function."""
    return "-" not in name and SLUG.fullmatch(name.replace("_", "-")) is not None


def _is_shown(word: object) -> bool:
    return isinstance(word, str) and (
        word in SHOWS
        or word.startswith("header ")
        or (word.startswith("has ") and word.count("|") == 2)
    )


def _request(text: str) -> tuple[str, str, tuple[tuple[str, str], ...], str] | None:
    """Method, target, fields and body of a request as it is written."""
    head, _, body = text.strip("\n").partition("\n\n")
    first, *lines = head.split("\n")
    start = _START.fullmatch(first.strip())
    fields = [_FIELD.fullmatch(line.strip()) for line in lines]
    if start is None or None in fields:
        return None
    headers = tuple((field["name"], field["value"]) for field in fields if field is not None)
    return start["method"], start["target"], headers, body


def grouped(probes: tuple[Probe, ...]) -> Iterator[tuple[str, list[Probe]]]:
    """The probes by their headings, in the order of the page."""
    groups: dict[str, list[Probe]] = {}
    for probe in probes:
        groups.setdefault(probe.group, []).append(probe)
    yield from groups.items()
