"""Every problem of the reading lists, in words."""

from __future__ import annotations

from collections.abc import Iterable

from ..base import bounds
from ..base.bounds import TooMuch
from ..base.problems import did_you_mean
from ..model import Location, Problem

# The files


def not_there(at: Location, error: str) -> Problem:
    return Problem(at, f"this file cannot be read: {error}", "put it back, or make it readable")


def empty(at: Location) -> Problem:
    return Problem(
        at, "this file holds nothing", "add its first entry, as the schema beside it asks"
    )


def bad_yaml(at: Location, error: str) -> Problem:
    return Problem(at, f"this is not YAML: {error}", "correct the syntax at this line")


def too_much(at: Location, what: TooMuch) -> Problem:
    """YAML that would take too long to read, or more memory than there is."""
    words, act = {
        TooMuch.ALIAS: (
            "this is used a second time through an alias",
            "write it out in both places",
        ),
        TooMuch.TAG: ("this has a tag", "remove the tag, and write the value itself"),
        TooMuch.DIGITS: (
            f"this number has more than {bounds.DIGITS} digits",
            "write it shorter, or in quotes",
        ),
    }.get(what, (f"more than {bounds.NESTING} lists and tables are open here", "write it flatter"))
    return Problem(at, words, act)


def key_twice(at: Location, key: str) -> Problem:
    return Problem(at, f'"{key}" stands twice in this entry', "keep one of the two")


def field_missing(at: Location, name: str, shape: str) -> Problem:
    return Problem(at, f'this entry has no "{name}"', f'add "{name}"{_says(shape)}')


def field_unknown(at: Location, name: str, known: Iterable[str]) -> Problem:
    known = [field for field in known if field]
    return Problem(
        at, f'unknown field "{name}"{did_you_mean(name, known)}', f"use only {', '.join(known)}"
    )


def field_not_one_of(at: Location, name: str, value: object, known: Iterable[str]) -> Problem:
    known = list(known)
    return Problem(
        at,
        f'"{name}" is {_shown(value)}{did_you_mean(str(value), known)}',
        f"write one of {', '.join(known)}",
    )


def field_wrong(at: Location, name: str, error: str, shape: str) -> Problem:
    subject = f'"{name}"' if name else "what this file holds"
    reason = f": {error}" if error else ""
    return Problem(at, f"{subject} is not as it should be{reason}", f"correct it{_says(shape)}")


def _says(shape: str) -> str:
    return f"; its schema says: {shape}" if shape else ""


def _shown(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else f"{value}"


# What entries name


def id_twice(at: Location, id: str, first: Location) -> Problem:
    return Problem(
        at, f'the id "{id}" is taken by line {first.line}', "give this entry an id of its own"
    )


def no_address(at: Location, url: str) -> Problem:
    return Problem(at, f'"{url}" is no address that can be read', "write the address of the page")


def unknown_name(at: Location, kind: str, name: str, known: Iterable[str]) -> Problem:
    """A framework or a concept that neither the site nor topics.yml has."""
    return Problem(
        at,
        f'unknown {kind} "{name}"{did_you_mean(name, known)}',
        f"correct it, or add it to docs/reading/topics.yml under {kind}s",
    )


def name_of_the_site(at: Location, kind: str, name: str) -> Problem:
    return Problem(at, f'the site itself has the {kind} "{name}"', "delete this line")


def unknown_resource(at: Location, field: str, id: str, known: Iterable[str]) -> Problem:
    return Problem(
        at,
        f'"{field}" names "{id}", which is no resource{did_you_mean(id, known)}',
        "name the id of an entry of docs/reading/resources.yml",
    )


def unknown_guide(at: Location, name: str, known: Iterable[str]) -> Problem:
    return Problem(
        at,
        f'"guide" names "{name}", which has no page here{did_you_mean(name, known)}',
        "name a concept that has a guide",
    )


def superseded_in_a_circle(at: Location, ids: Iterable[str]) -> Problem:
    return Problem(
        at,
        f'"superseded_by" leads in a circle: {" -> ".join(ids)}',
        "let the newest of them name nothing",
    )


def superseded_by_gone(at: Location, id: str, status: str) -> Problem:
    return Problem(
        at,
        f'"superseded_by" leads to "{id}", which is itself {status} and names no successor',
        "name something that can be read, or leave it out",
    )


# Addresses


def address_twice(at: Location, url: str, id: str, first: Location) -> Problem:
    return Problem(
        at,
        f'{url} is the address of "{id}" in line {first.line} too, written in another way or not',
        "keep one of the two entries",
    )


def tracking(at: Location, names: Iterable[str]) -> Problem:
    return Problem(
        at,
        f"the address tells its host where readers come from: {', '.join(names)}",
        "leave these parameters out",
    )


def no_https(at: Location, url: str) -> Problem:
    return Problem(
        at,
        f"{url} is sent unencrypted, so anyone on the way can change it",
        "write https, or say in the caveat that the site has no https",
    )


def pinned(at: Location, part: str, stable: str) -> Problem:
    return Problem(
        at,
        f'"{part}" in the address is one version, and this documentation has "{stable}"',
        f'write "{stable}" in its place, or say in the caveat why this version is meant',
    )


# Age and names


def older_major(at: Location, framework: str, named: str, verified: str) -> Problem:
    return Problem(
        at,
        f"this is about {framework} {named}, and the site verifies {framework} {verified}",
        "say in the caveat what has changed since, or name a newer one",
    )


def too_old(at: Location, kind: str, year: int, most: int) -> Problem:
    return Problem(
        at,
        f'a {kind} from {year} is called "current", and those older than {most} years rarely are',
        'say "status: dated" with a caveat, or the year it was "updated"',
        severity="warning",  # a tree that nobody touched fails on no New Year's Day
    )


def spelling(at: Location, word: str, right: str) -> Problem:
    return Problem(at, f'"{word}" is written "{right}"', f'write "{right}"')


def two_spellings(at: Location, name: str, spelling: str, first: Location) -> Problem:
    return Problem(
        at,
        f'"{name}" here and "{spelling}" in line {first.line} look like one name',
        "write both alike",
    )


# Paths


def step_gone(at: Location, id: str, status: str) -> Problem:
    return Problem(
        at, f'this step leads to "{id}", which is {status}', "name something that can be read"
    )


def step_twice(at: Location, id: str) -> Problem:
    return Problem(at, f'"{id}" is a step of this path twice', "keep one of the two")


def no_line_between(at: Location) -> Problem:
    return Problem(
        at, "nothing leads from this step to the next", 'add "then": why the next one follows'
    )


# What was seen


def seen_unknown(at: Location, id: str, known: Iterable[str]) -> Problem:
    return Problem(
        at,
        f'"{id}" is no resource{did_you_mean(id, known)}',
        "delete its entry, or correct the id if it was renamed",
    )


# The shelf


def too_few(at: Location, kind: str, title: str, number: int, wanted: int) -> Problem:
    """A framework or a concept of the site with few resources; a warning, not an error."""
    return Problem(
        at,
        f"the {kind} {title} has {number} of at least {wanted} resources",
        "add some, official documentation first",
        severity="warning",
    )
