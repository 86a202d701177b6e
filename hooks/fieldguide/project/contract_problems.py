"""Every problem of contracts and cells, in words."""

from __future__ import annotations

from collections.abc import Iterable

from ..base.problems import did_you_mean
from ..model import Location, Problem


def section_misspelt(location: Location, name: str, meant: str) -> Problem:
    """A section whose lines were meant to count as done by hand."""
    return Problem(
        location,
        f'the lines of the section "{name}" would not be counted as done by hand',
        f"call it {meant}, and a second one in the file {meant}-2",
    )


# Contracts


def no_contract(at: Location, concept: str) -> Problem:
    return Problem(
        at,
        f"the concept {concept} has no contract, so nothing can be checked",
        "write one: test functions over `client`, each with a docstring that is its claim",
    )


def contract_syntax(at: Location, error: str) -> Problem:
    place = "at this line" if at.line else "there"
    return Problem(at, f"the contract has a syntax error: {error}", f"correct it {place}")


def no_checks(at: Location) -> Problem:
    return Problem(
        at,
        "the contract has no checks",
        "add a function whose name starts with test_ and that takes `client`",
    )


def same_check(at: Location, name: str, other: Location) -> Problem:
    return Problem(
        at,
        f"a second check named {name}, so that the one at line {other.line} would never run",
        "rename one of the two",
    )


def asserts_nothing(at: Location, name: str) -> Problem:
    return Problem(
        at,
        f"the check {name} asserts nothing, so no application could fail it",
        "write what must come back, such as assert response.status == 200",
    )


def no_claim(at: Location, name: str) -> Problem:
    return Problem(
        at,
        f"the check {name} has no docstring, so the page could not say what it proves",
        "write the claim in one line as its docstring",
    )


def unknown_fixture(at: Location, check: str, name: str, known: Iterable[str]) -> Problem:
    return Problem(
        at,
        f'the check {check} asks for "{name}", which no fixture provides'
        f"{did_you_mean(name, known)}",
        f"use one of: {', '.join(known)}",
    )


def no_plain_check(at: Location, name: str) -> Problem:
    return Problem(
        at,
        f"{name} must be a plain function; as it is, it would never run",
        "write it at the top level as `def test_...(client):`",
    )


def no_client(at: Location, name: str) -> Problem:
    return Problem(
        at,
        f"the check {name} has to take `client` and nothing else",
        f"write def {name}(client):",
    )


def contract_import(at: Location, name: str) -> Problem:
    return Problem(
        at,
        f"the contract imports {name}, which is not in the standard library",
        "do without it: a contract runs in every framework's environment, and in the browser",
    )


# Cells: one concept in one framework


def cell_empty(at: Location) -> Problem:
    return Problem(
        at,
        "this file declares nothing",
        "remove it: the kind follows from what the snippet imports",
    )


def cell_no_text(at: Location, key: str) -> Problem:
    return Problem(at, f"{key} must be a string that is not empty", f'write it as {key} = "..."')


def cell_kind(at: Location, kind: str, known: Iterable[str]) -> Problem:
    known = list(known)
    return Problem(
        at,
        f'unknown kind "{kind}"{did_you_mean(kind.lower(), known)}',
        'write "by hand" or "not possible"; the others follow from what the snippet imports',
    )


def cell_without_why(at: Location, kind: str) -> Problem:
    return Problem(
        at,
        f'the kind "{kind}" gives no reason',
        'add a line why = "..." with one sentence that a reader understands',
    )


def cell_without_kind(at: Location, key: str) -> Problem:
    return Problem(
        at, f"{key} explains a kind, and the file declares none", "add the kind, or remove the line"
    )


def cell_not_possible(at: Location, id: str, file: str) -> Problem:
    return Problem(
        at,
        f"{id} is declared as not possible, but {file} is in the same folder",
        "remove either the declaration or the file",
    )


def cell_requires_nothing(at: Location) -> Problem:
    return Problem(
        at, "a snippet that is not possible never runs, so it requires nothing", "remove the line"
    )


def cell_unmarked(at: Location, id: str, name: str) -> Problem:
    return Problem(
        at,
        f"{id} is declared as done by hand, but none of its lines is marked",
        f'mark them with "--8<-- [start:{name}]" and "--8<-- [end:{name}]" in comments',
    )


# What a cell requires


def requires_unreadable(at: Location, text: str) -> Problem:
    return Problem(
        at,
        f'"{text}" cannot be read as the name of a distribution and its versions',
        'write it as requires = "django>=6"',
    )


def requires_unknown(at: Location, name: str, environment: str, known: Iterable[str]) -> Problem:
    return Problem(
        at,
        f"environments/{environment}.txt has no {name}{did_you_mean(name.lower(), known)}, "
        "so that the snippet would never run",
        "name a distribution that the environment holds",
    )


def requires_too_much(
    at: Location, text: str, environment: str, versions: Iterable[str]
) -> Problem:
    return Problem(
        at,
        f'no Python has "{text}": environments/{environment}.txt pins {" and ".join(versions)}',
        f"ask for less, or run fieldguide lock --upgrade {environment}",
    )


def requires_needless(
    at: Location, text: str, environment: str, versions: Iterable[str]
) -> Problem:
    return Problem(
        at,
        f'every Python has "{text}": environments/{environment}.txt pins {" and ".join(versions)}',
        "remove the line",
    )
