"""``docs/reading/``, read into one catalogue with every problem in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ..base.problems import Problems
from ..model import Framework, Location
from . import addresses, problems, yaml_file
from .model import Catalogue, ReadingPath, Resource, Seen, Step
from .yaml_file import Document, Key

FOLDER = "docs/reading"
RESOURCES = f"{FOLDER}/resources.yml"
CHECKS = f"{FOLDER}/checks.yml"
PATHS = f"{FOLDER}/paths.yml"
TOPICS = f"{FOLDER}/topics.yml"
SCHEMAS = Path(__file__).parent / "schemas"

_LISTS = ("authors", "frameworks", "concepts")
_Read = tuple[Document, set[Key]]
"""A file, and the keys of those of its entries that have problems."""


def read(root: Path, frameworks: Mapping[str, Framework], concepts: Mapping[str, str]) -> Catalogue:
    """The catalogue; an empty one where ``docs/reading/`` has none of its files.

    Args:
        frameworks: the site's.
        concepts: the site's: how pages write each one's name.
    """
    if not any((root / path).exists() for path in (RESOURCES, CHECKS, PATHS, TOPICS)):
        return Catalogue({}, {}, (), {}, {}, ())
    collector = Problems()
    topics = _read(collector, root, TOPICS)
    titles = {name: framework.title for name, framework in frameworks.items()}
    known = {
        kind: {**own, **_topics(collector, topics, kind, own)}
        for kind, own in (("framework", titles), ("concept", dict(concepts)))
    }
    listed = _resources(collector, _read(collector, root, RESOURCES), known)
    resources = {resource.id: resource for resource in listed}
    return Catalogue(
        resources=resources,
        seen=_seen(_read(collector, root, CHECKS)),
        paths=tuple(_paths(_read(collector, root, PATHS))),
        frameworks=known["framework"],
        concepts=known["concept"],
        problems=tuple(collector),
    )


def _read(collector: Problems, root: Path, path: str) -> _Read | None:
    """A file, if there is one that can be read, and the keys of the entries with problems."""
    if path != RESOURCES and not (root / path).exists():
        return None
    document = yaml_file.read(collector, root, path)
    if document is None:
        return None
    bad: set[Key] = set()
    schema = SCHEMAS / f"{Path(path).stem}.schema.json"
    for keys, problem in yaml_file.misshaped(document, schema):
        collector.add(problem)
        if not keys:
            return None
        bad.add(keys[0])
    return document, bad


def _topics(
    collector: Problems, read: _Read | None, kind: str, own: Mapping[str, str]
) -> dict[str, str]:
    """The frameworks or concepts that topics.yml adds, by name; one that the site has itself is a
    problem."""
    key = f"{kind}s"
    if read is None or key in read[1]:
        return {}
    document = read[0]
    names: dict[str, str] = document.data.get(key) or {}
    for name in names:
        if name in own:
            collector.add(problems.name_of_the_site(document.at(key, name), kind, name))
    return {name: title for name, title in names.items() if name not in own}


def _resources(
    collector: Problems, read: _Read | None, known: Mapping[str, Mapping[str, str]]
) -> Iterator[Resource]:
    if read is None:
        return
    document, bad = read
    first: dict[str, Location] = {}
    for index, (entry, node) in enumerate(zip(document.data, document.node.value, strict=True)):
        if index in bad:
            continue
        id, at = entry["id"], Location(document.path, node.start_mark.line + 1)
        if id in first:
            collector.add(problems.id_twice(document.at(index, "id"), id, first[id]))
            continue
        first[id] = at
        if not addresses.can_be_read(entry["url"]):
            collector.add(problems.no_address(document.at(index, "url"), entry["url"]))
            continue
        for kind, titles in known.items():
            for place, name in enumerate(entry[f"{kind}s"]):
                if name not in titles:
                    line = document.at(index, f"{kind}s", place)
                    collector.add(problems.unknown_name(line, kind, name, titles))
        values: dict[str, Any] = {k: tuple(v) if k in _LISTS else v for k, v in entry.items()}
        if "ended" in entry:
            values["ended"] = str(entry["ended"])  # a year is a number to YAML
        yield Resource(location=at, **values)


def _seen(read: _Read | None) -> dict[str, Seen]:
    if read is None:
        return {}
    document, bad = read
    return {id: Seen(**entry) for id, entry in document.data.items() if id not in bad}


def _paths(read: _Read | None) -> Iterator[ReadingPath]:
    if read is None:
        return
    document, bad = read
    for index, entry in enumerate(document.data):
        if index not in bad:
            steps = tuple(
                Step(document.at(index, "steps", number), **step)
                for number, step in enumerate(entry["steps"])
            )
            yield ReadingPath(document.at(index), entry["id"], entry["title"], entry["for"], steps)
