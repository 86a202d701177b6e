"""What a page asks for: every directive and every include, at its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..model import Location, Problem
from . import includes, problems
from .fences.scan import lines

DIRECTIVES: Mapping[str, bool] = {
    "snippets": True,  # every framework's snippet of a concept, in linked content tabs
    "snippet": True,  # one snippet
    "snippet-page": True,  # all that is known of one snippet: what its own page shows
    "contract": True,  # what every implementation of a concept must do
    "framework": True,  # one framework: its versions, and its snippet of every concept
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
"""The words of all directives, as in ``::: snippets routing``, and whether each takes a name. What
each shows is in `showing.directives`, which cannot be imported while one of them has no view."""
INCLUDE = "include"
"""The word of a mention that is an include."""

_DIRECTIVE = re.compile(r"^[\s>]*:::[ \t]+(?P<word>\S+)(?:[ \t]+(?P<name>.*?))?[ \t]*$")


@dataclass(frozen=True, slots=True)
class Mention:
    """One directive or include of a guide."""

    word: str
    """The directive's, or ``include``."""
    name: str
    """A concept, a snippet's id, or an include's ``path:section``."""
    location: Location


def mentions(path: str, text: str) -> Iterator[Mention]:
    """Every mention of a page, by its line."""
    for number, line, inside in lines(path, text):
        location = Location(path, number)
        if name := includes.named(line):
            yield Mention(INCLUDE, name, location)
        elif not inside and (match := _DIRECTIVE.match(line)):
            yield Mention(match["word"], match["name"] or "", location)


def misused(mention: Mention) -> Iterator[Problem]:
    """A directive with an unknown word, without the name that it needs, or with a needless name."""
    if mention.word == INCLUDE:
        return
    takes_name = DIRECTIVES.get(mention.word)
    if takes_name is None:
        yield problems.unknown_directive(mention.location, mention.word, DIRECTIVES)
    elif takes_name != bool(mention.name):
        yield problems.directive_name(mention.location, mention.word, takes_name)
