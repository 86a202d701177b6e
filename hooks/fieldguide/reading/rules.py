"""The rules of the reading lists that no schema can express and that need no network."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from ..base.problems import Problems
from ..environments import pins
from ..model import Location, Problem
from . import addresses, problems, successors, yaml_file
from .catalogue import CHECKS, RESOURCES
from .model import GONE, Catalogue, Resource

Finding = tuple[Resource, tuple[str | int, ...], Callable[[Location], Problem]]
"""An entry, the keys that lead to the field, and the problem once its line is known."""

YEARS = {
    "news": 2, "benchmark": 3, "list": 3, "community": 4, "tutorial": 5, "how-to": 5, "course": 5,
    "code": 5, "tool": 5, "article": 7, "talk": 7, "book": 7, "explanation": 12,
}  # fmt: skip
"""How old a resource of a kind may be and be called current without a caveat."""

PER_FRAMEWORK, PER_CONCEPT = 8, 4
"""So many resources every framework and every concept of the site should have at least."""

NAMES = (
    "ASGI", "CSRF", "Chameleon", "FastAPI", "GitHub", "Gunicorn", "HTML", "HTTP", "JavaScript",
    "Jinja", "MDN", "MkDocs", "MongoDB", "OWASP", "OpenAPI", "PostgreSQL", "PyCon", "PyPI",
    "Python", "Read the Docs", "SQLAlchemy", "SQLite", "Stack Overflow", "TestDriven.io", "WSGI",
    "WTForms", "WebOb", "WebSocket", "Werkzeug", "YouTube",
)  # fmt: skip
"""Names that are often written in another way, beside those of frameworks."""

_NEVER = {"Jinja2": "Jinja", "Fast API": "FastAPI", "Postgres": "PostgreSQL", "Github": "GitHub"}


def check(
    root: Path,
    catalogue: Catalogue,
    *,
    site: Mapping[str, Iterable[str]],
    docs: Mapping[str, str],
    versions: Mapping[str, str],
    year: int,
) -> Iterator[Problem]:
    """Every broken rule, at its line.

    Args:
        site: the site's own ``frameworks`` and ``concepts``, and its ``guides``.
        docs: by framework, the address of its documentation.
        versions: by framework, the newest version that the site verifies.
        year: the present one.
    """
    resources = list(catalogue.resources.values())
    findings = [
        *_addresses(resources, docs),
        *_successors(catalogue.resources),
        *_ages(resources, catalogue.frameworks, versions, year),
        *_spelling(resources, catalogue.frameworks),
    ]
    if findings:
        yield from _at_their_lines(root, findings)
    yield from _paths(catalogue, set(site["guides"]))
    yield from _seen(root, catalogue)
    if not catalogue.problems:
        yield from _counts(catalogue, site)


def _at_their_lines(root: Path, findings: Iterable[Finding]) -> Iterator[Problem]:
    """The findings as problems: the file is read again, because entries do not keep their lines."""
    collector = Problems()
    document = yaml_file.read(collector, root, RESOURCES)
    yield from collector
    if document is not None:
        index = {entry.get("id"): number for number, entry in enumerate(document.data)}
        for resource, keys, problem in findings:
            yield problem(document.at(index[resource.id], *keys))


def _addresses(resources: Iterable[Resource], docs: Mapping[str, str]) -> Iterator[Finding]:
    resources = list(resources)
    stable = {
        urlsplit(resource.url).hostname or "": "stable"
        for resource in resources
        if "/stable/" in urlsplit(resource.url).path
    }
    for address in docs.values():
        parts = urlsplit(address)
        if moving := re.search("/(stable|latest|dev)/", parts.path):
            stable[parts.hostname or ""] = moving[1]
    first: dict[str, Resource] = {}
    for resource in resources:
        url = resource.url
        before = first.setdefault(addresses.same(url), resource)
        if before is not resource:
            twice = _later(problems.address_twice, url, before.id, before.location)
            yield resource, ("url",), twice
        if names := addresses.tracking(url):
            yield resource, ("url",), _later(problems.tracking, names)
        if resource.status in GONE or resource.caveat:
            continue
        if url.startswith("http:"):
            yield resource, ("url",), _later(problems.no_https, url)
        if part := addresses.pinned(url, stable):
            yield resource, ("url",), _later(problems.pinned, *part)


def _successors(resources: Mapping[str, Resource]) -> Iterator[Finding]:
    followed, field = successors.follow(resources), ("superseded_by",)
    for resource in resources.values():
        named, end = resource.superseded_by, followed.ends[resource.id]
        if named is not None and named not in resources:
            unknown = _later(problems.unknown_resource, "superseded_by", named, resources)
            yield resource, field, unknown
        elif circle := followed.circle(resource.id):
            yield resource, field, _later(problems.superseded_in_a_circle, circle)
        elif end is not None and end is not resource and end.status in GONE:
            yield resource, field, _later(problems.superseded_by_gone, end.id, end.status)


def _ages(
    resources: Iterable[Resource],
    frameworks: Mapping[str, str],
    versions: Mapping[str, str],
    year: int,
) -> Iterator[Finding]:
    named = {
        name: re.compile(rf"\b{re.escape(frameworks[name])} v?(\d+(?:\.(?:\d+|x))*)\b", re.I)
        for name in versions
        if name in frameworks
    }
    for resource in resources:
        if resource.status in GONE or resource.caveat:
            continue
        for name, pattern in named.items():
            match = pattern.search(resource.title) if name in resource.frameworks else None
            if match and _major(match[1]) < _major(versions[name]):
                title = frameworks[name]
                older = _later(problems.older_major, title, match[1], versions[name])
                yield resource, ("title",), older
        last, most = resource.updated or resource.year, YEARS.get(resource.kind)
        if resource.status == "current" and last and most and year - last > most:
            field = "updated" if resource.updated else "year"
            yield resource, (field,), _later(problems.too_old, resource.kind, last, most)


def _major(version: str) -> tuple[int, int]:
    """What breaks what was written for it: the first number, and after 0 the second."""
    first, second, *_ = (*pins.order(version), 0, 0)
    return first, second if first == 0 else 0


def _spelling(resources: Iterable[Resource], frameworks: Mapping[str, str]) -> Iterator[Finding]:
    right = {name.casefold(): name for name in (*frameworks.values(), *NAMES)}
    right |= {word.casefold(): name for word, name in _NEVER.items()}
    word = re.compile(
        r"(?<![\w./@-])(" + "|".join(map(re.escape, right)) + r")(?![\w/-]|\.\w)", re.I
    )
    first: dict[str, tuple[str, Resource]] = {}
    for resource in resources:
        for field in ("why", "caveat", "reason"):
            for match in word.finditer(getattr(resource, field) or ""):
                wanted = right[match[0].casefold()]
                if match[0] != wanted and not (match[0].islower() and _is_word(wanted)):
                    yield resource, (field,), _later(problems.spelling, match[0], wanted)
        named: list[tuple[tuple[str | int, ...], str]]
        named = [(("authors", n), name) for n, name in enumerate(resource.authors)]
        named += [(("publisher",), resource.publisher)] if resource.publisher else []
        for keys, name in named:
            written, before = first.setdefault(_folded(name), (name, resource))
            if written != name:
                yield resource, keys, _later(problems.two_spellings, name, written, before.location)


def _is_word(name: str) -> bool:
    """Whether a name is a word of the language too, which is then no mistake in small letters."""
    return name in ("Bottle", "Flask", "Falcon", "Pyramid", "Tornado", "Sanic", "Quart")


def _folded(name: str) -> str:
    """What is equal for two spellings of one name: letters without accents, and digits."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if letter.isalnum())


def _paths(catalogue: Catalogue, guides: set[str]) -> Iterator[Problem]:
    for path in catalogue.paths:
        used: set[str] = set()
        for number, step in enumerate(path.steps, start=1):
            name = step.resource or step.guide or ""
            if step.guide is not None and step.guide not in guides:
                yield problems.unknown_guide(step.location, step.guide, guides)
            elif step.resource is not None and step.resource not in catalogue.resources:
                if catalogue.problems:
                    continue  # it may be an entry that could not be read
                known = catalogue.resources
                yield problems.unknown_resource(step.location, "resource", name, known)
            elif step.resource and catalogue.resources[step.resource].status in GONE:
                gone = catalogue.resources[step.resource]
                yield problems.step_gone(step.location, gone.id, gone.status)
            if name in used:
                yield problems.step_twice(step.location, name)
            used.add(name)
            if number < len(path.steps) and step.then is None:
                yield problems.no_line_between(step.location)


def _seen(root: Path, catalogue: Catalogue) -> Iterator[Problem]:
    gone = [id for id in catalogue.seen if id not in catalogue.resources]
    if gone and not catalogue.problems:
        collector = Problems()
        document = yaml_file.read(collector, root, CHECKS)
        yield from collector
        if document is not None:
            for id in gone:
                yield problems.seen_unknown(document.at(id), id, catalogue.resources)


def _counts(catalogue: Catalogue, site: Mapping[str, Iterable[str]]) -> Iterator[Problem]:
    alive = [resource for resource in catalogue.resources.values() if resource.status not in GONE]
    for kind, wanted in (("framework", PER_FRAMEWORK), ("concept", PER_CONCEPT)):
        titles = catalogue.frameworks if kind == "framework" else catalogue.concepts
        counted = Counter(name for resource in alive for name in getattr(resource, f"{kind}s"))
        for name in site[f"{kind}s"]:
            if counted[name] < wanted:
                at = Location(RESOURCES)
                yield problems.too_few(at, kind, titles.get(name, name), counted[name], wanted)


def _later(make: Callable[..., Problem], *values: object) -> Callable[[Location], Problem]:
    return lambda at: make(at, *values)
