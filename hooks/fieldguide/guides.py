"""What a page asks for: every directive and every include, at its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from . import includes, problems
from .fences import lines
from .model import Location, Problem

_BARE = ("verification", "totals", "defaults", "probes", "probed")
_BARE_COMPARING = ("matrix", "kinds", "by-hand", "by-hand-concepts")
_BARE_READING = ("resources", "paths", "graveyard")
_NAMED = ("snippets", "snippet", "contract", "framework", "reading")
DIRECTIVES = (*_NAMED, *_BARE, *_BARE_COMPARING, *_BARE_READING)
INCLUDE = "include"
"""The word of a mention that is an include."""

_DIRECTIVE = re.compile(r"^[\s>]*:::[ \t]+(?P<word>\S+)(?:[ \t]+(?P<name>.*?))?[ \t]*$")


@dataclass(frozen=True, slots=True)
class Mention:
    """One directive or include of a guide."""

    kind: str
    """The directive's word, or ``include``."""
    name: str
    """A concept, a snippet's id, or an include's ``path:section``."""
    location: Location


def mentions(path: str, text: str) -> Iterator[Mention]:
    """Every mention of a page, by its line."""
    for number, line, inside in lines(text):
        at = Location(path, number)
        if name := includes.named(line):
            yield Mention(INCLUDE, name, at)
        elif not inside and (directive := _DIRECTIVE.match(line)):
            yield Mention(directive["word"], directive["name"] or "", at)


def misused(mention: Mention) -> Problem | None:
    """A directive with an unknown word, or without the name it needs."""
    if mention.kind == INCLUDE:
        return None
    if mention.kind not in DIRECTIVES:
        return problems.unknown_directive(mention.location, mention.kind, DIRECTIVES)
    if (mention.kind in _NAMED) != bool(mention.name):
        return problems.directive_name(mention.location, mention.kind, mention.kind in _NAMED)
    return None
