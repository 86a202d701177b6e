"""YAML files: their data, the line of each value, and where they differ from a schema."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ..base import toml
from ..base.bounds import in_yaml
from ..base.files import content_of
from ..base.problems import Problems, not_utf8
from ..model import Location, Problem
from . import problems

Key = str | int


# libyaml is many times faster; a PyYAML without it reads the same.
class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads what JSON could say: a date stays text, and only true and false are booleans."""


_Loader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag.rpartition(":")[2] in ("int", "float", "null")
        or (tag.endswith(":bool") and first in ("t", "f"))
    ]
    for first, resolvers in _Loader.yaml_implicit_resolvers.items()
}


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML file, read: ``data`` as JSON would have it, ``node`` as it stands in the file."""

    path: str
    data: Any
    node: Any

    def at(self, *keys: Key) -> Location:
        """Where the value at ``keys`` stands; the nearest place above it where there is none."""
        node, line = self.node, self.node.start_mark.line
        for key in keys:
            child = _child(node, key)
            if child is None:
                break
            line, node = child
        return Location(self.path, line + 1)


def read(collector: Problems, root: Path, path: str) -> Document | None:
    """The file at ``path``; None where the collector got a problem: it cannot be read, is not YAML,
    names a key twice, or would take too long to read."""
    own = Problems()
    content = content_of(own, root, root / path)
    if content is None:
        missing = problems.not_there(Location(path), os.strerror(errno.ENOENT))
        collector.add(*(own or [missing]))
        return None
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        collector.add(not_utf8(toml.undecodable(content, path, error)))
        return None
    try:
        return _document(collector, text, path)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = Location(path, mark.line + 1 if mark else 1)
        collector.add(problems.bad_yaml(at, error.problem or str(error)))
    except yaml.reader.ReaderError as error:
        at = Location(path, text.count("\n", 0, error.position) + 1)
        collector.add(problems.bad_yaml(at, error.reason))
    return None


def _document(collector: Problems, text: str, path: str) -> Document | None:
    """Text as YAML has it; raises `yaml.YAMLError`."""
    over = [problems.too_much(Location(path, line), what) for line, what in in_yaml(text, _Loader)]
    collector.add(*over)
    if over:
        return None
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        own = [problems.empty(Location(path, 1))] if node is None else [*_twice(node, path)]
        collector.add(*own)
        return None if own else Document(path, loader.construct_document(node), node)
    finally:
        loader.dispose()


def misshaped(document: Document, schema: Path) -> Iterator[tuple[tuple[Key, ...], Problem]]:
    """Where the data is not as the schema asks: the keys that lead there, and the problem."""
    shapes, validator = _validator(schema.as_posix(), schema.stat().st_mtime_ns)
    reported: set[tuple[Key, ...]] = set()
    for error in validator.iter_errors(document.data):
        keys, rule = tuple(error.instance_path), error.kind
        name = next((key for key in reversed(keys) if isinstance(key, str)), "")
        match rule.name:
            case "required":
                shape = shapes.get(rule.property, schema.name)
                yield keys, problems.field_missing(document.at(*keys), rule.property, shape)
            case "additionalProperties":
                for field in rule.unexpected:
                    yield keys, problems.field_unknown(document.at(*keys, field), field, shapes)
            case "enum":
                at = document.at(*keys)
                yield keys, problems.field_not_one_of(at, name, error.instance, rule.options)
            case "oneOfNotValid" | "oneOfMultipleValid" | "oneOf":
                yield keys, problems.field_wrong(document.at(*keys), name, "", shapes.get(name, ""))
            case _ if keys not in reported:
                shape = shapes.get(name, "")
                yield keys, problems.field_wrong(document.at(*keys), name, error.message, shape)
        reported.add(keys)


@cache
def _validator(path: str, changed: int) -> tuple[dict[str, str], Any]:
    """What the schema says of each field, and what holds data against it.

    ``changed`` has the file read again.
    """
    import jsonschema_rs  # only where lists are read

    schema = json.loads(Path(path).read_text("utf-8"))
    shapes: dict[str, str] = {"": schema["description"]}
    waiting = [schema]
    while waiting:
        part = waiting.pop()
        for name, field in part.get("properties", {}).items():
            target = schema["$defs"][field["$ref"].rpartition("/")[2]] if "$ref" in field else field
            shapes.setdefault(name, field.get("description") or target.get("description", ""))
        waiting += [inner for inner in part.values() if isinstance(inner, dict)]
    return shapes, jsonschema_rs.validator_for(schema, validate_formats=True)


def _child(node: Any, key: Key) -> tuple[int, Any] | None:
    """The line and the node of what stands under ``key``."""
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if name.value == key:
                return name.start_mark.line, value
    elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        return node.value[key].start_mark.line, node.value[key]
    return None


def _twice(node: Any, path: str) -> Iterator[Problem]:
    """Keys that are twice in one mapping, of which PyYAML would keep the last without a word."""
    waiting = [node]
    while waiting:
        inner = waiting.pop()
        if isinstance(inner, yaml.SequenceNode):
            waiting += reversed(inner.value)
        elif isinstance(inner, yaml.MappingNode):
            known = set()
            for name, value in inner.value:
                if isinstance(name, yaml.ScalarNode) and name.value in known:
                    yield problems.key_twice(Location(path, name.start_mark.line + 1), name.value)
                known.add(name.value if isinstance(name, yaml.ScalarNode) else id(name))
                waiting.append(value)
