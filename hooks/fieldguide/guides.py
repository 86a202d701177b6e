"""What the guides ask for: every directive and every include in ``docs/``, at its line."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from . import problems, sections, toml
from .fences import lines
from .includes import Include
from .model import Location, Problem
from .problems import ProblemError

DIRECTIVES: Mapping[str, bool] = {
    "snippets": True,  # every framework's snippet of a concept, in linked content tabs
    "snippet": True,  # one snippet
    "contract": True,  # what every implementation of a concept must do
    "framework": True,  # one framework: versions, and every concept as it stands
    "reading": True,  # what to read about a concept or a framework
    "verification": False,  # the whole table, concept by framework
    "totals": False,  # the counts in one sentence
    "defaults": False,  # what each framework answers to the probes, in one table
    "probes": False,  # what each probe asks, and what to take from it
    "probed": False,  # the applications that are probed
    "matrix": False,  # the kind and the standing of every snippet, concept by framework
    "kinds": False,  # what the kinds mean
    "by-hand": False,  # lines written by hand, all concepts together
    "by-hand-concepts": False,  # the same, a concept at a time
    "resources": False,  # every resource, with filters
    "paths": False,  # the reading paths
    "graveyard": False,  # the resources that are gone
}
"""The words of all directives, ``::: snippets routing``, and whether each takes a name; what each
shows is in `directives`, which does not load where one of them has no view there."""
BASES = ("snippets", "")
"""Where an include looks, relative to the root: the ``base_path`` of ``pymdownx.snippets``."""

_DIRECTIVE = re.compile(r"^[\s>]*:::[ \t]+(?P<word>\S+)(?:[ \t]+(?P<name>.*?))?[ \t]*$")
_INCLUDE = re.compile(r'^[\s>]*-+8<-+[ \t]+(?P<quote>["\'])(?P<path>.+?)(?P=quote)[ \t]*$')


@dataclass(frozen=True, slots=True)
class Mention:
    """One directive or include of a guide."""

    kind: str
    """The directive's word, or ``include``."""
    name: str
    """A concept, a snippet's id, or an include's ``path:section``."""
    location: Location

    def problems(self, root: Path) -> Iterator[Problem]:
        """What an include names and does not find."""
        path, _, section = self.name.partition(":")
        if section.lstrip("-").replace(":", "").isdigit():
            yield problems.line_range(self.location, self.name)
            return
        files = [root / base / path for base in BASES if (root / base / path).is_file()]
        if not files or not files[0].resolve().is_relative_to(root.resolve()):
            yield problems.include_missing(self.location, path)
        elif section:
            shown = files[0].relative_to(root).as_posix()
            try:
                sections.cut(files[0].read_text("utf-8"), section, shown, self.location)
            except ProblemError as error:
                yield from error.problems
            except UnicodeDecodeError:
                yield problems.not_utf8(Location(shown))


def read(root: Path, found: list[Problem]) -> Iterator[tuple[str, str]]:
    """Every page's path and text, by path; ``found`` takes what cannot be read."""
    for path in sorted((root / "docs").rglob("*.md")):
        where = path.relative_to(root).as_posix()
        if path.is_dir():
            found.append(problems.no_file(Location(where)))
            continue
        try:
            content = path.read_bytes()
            text = content.decode("utf-8-sig")
        except OSError as error:
            found.append(problems.unreadable(Location(where), error.strerror or str(error)))
            continue
        except UnicodeDecodeError as error:
            found.append(problems.not_utf8(toml.not_utf8(content, where, error)))
            text = content.decode("utf-8", "replace")
        yield where, text


def mentions(path: str, text: str) -> Iterator[Mention]:
    """Every mention of a page, by its line."""
    for number, line, inside in lines(text):
        at = Location(path, number)
        if include := _INCLUDE.match(line):
            yield Mention("include", include["path"], at)
        elif not inside and (directive := _DIRECTIVE.match(line)):
            yield Mention(directive["word"], directive["name"] or "", at)


def including(root: Path) -> Include:
    """What an include of a project shows: the file's path, and its whole content.

    None for what is missing, lies outside or is no text; `Mention.problems` tells of those.
    """

    def include(name: str) -> tuple[str, str] | None:
        path = name.partition(":")[0]
        file = next((root / base / path for base in BASES if (root / base / path).is_file()), None)
        if file is None or not file.resolve().is_relative_to(root.resolve()):
            return None
        try:
            content = file.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError):
            return None
        return Path(os.path.relpath(file, root)).as_posix(), content

    return include


def misused(mention: Mention) -> Problem | None:
    """A directive with an unknown word, or without the name it needs."""
    if mention.kind == "include":
        return None
    if mention.kind not in DIRECTIVES:
        return problems.unknown_directive(mention.location, mention.kind, DIRECTIVES)
    named = DIRECTIVES[mention.kind]
    if named != bool(mention.name):
        return problems.directive_name(mention.location, mention.kind, named)
    return None
