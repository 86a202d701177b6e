"""Every problem of a result: what did not pass, and why, in words."""

from __future__ import annotations

from ..model import Location, Problem


def fence_differs(at: Location, id: str, message: str, more: int, acceptable: bool) -> Problem:
    """A line of the page says something else than what came."""
    others = f" (and {more} more)" if more else ""
    accept = f"; to accept what came: fieldguide bless {id}" if acceptable else ""
    return Problem(at, f"{id}: {message}{others}", f"correct the code or this line{accept}")


def fence_unlike(at: Location, id: str) -> Problem:
    """A fence whose code failed, though all that came is as expected."""
    return Problem(
        at, f"{id}: its code failed, and nothing that it left tells how", "correct the code"
    )


def contract_raises(at: Location, message: str) -> Problem:
    return Problem(at, f"the contract cannot be loaded: {message}", "correct it at this line")


def needless_deviation(at: Location, id: str, name: str) -> Problem:
    return Problem(
        at,
        f"{id} passes {name}, which is declared as a deviation",
        "remove the entry: a deviation is only for a check that fails",
    )


def did_not_pass(at: Location, id: str, message: str, next: str | None = None) -> Problem:
    return Problem(at, f"{id}: {message}", next or f"fieldguide explain {id}")


def check_failed(at: Location, id: str, claim: str, message: str, contract: Location) -> Problem:
    where = f" ({contract.path}:{contract.line})" if contract.line else ""
    claim = claim.rstrip(".")
    return Problem(at, f'{id}: "{claim}": {message}{where}', f"fieldguide explain {id}")


def import_missing(at: Location, id: str, name: str, environment: str) -> Problem:
    return Problem(
        at,
        f"{id}: no module named {name!r} in the environment {environment}",
        f"use what environments/{environment}.txt holds, or add the distribution to the group "
        f"{environment} in pyproject.toml and run fieldguide lock {environment}",
    )


def no_app(at: Location, id: str) -> Problem:
    return Problem(at, f"{id}: app.py exports no `app`", "bind the application to the name `app`")


def unknown_app(at: Location, id: str, message: str) -> Problem:
    return Problem(
        at,
        f"{id}: {message}",
        "bind `app` to a WSGI callable, an ASGI callable or a Tornado application",
    )


def ended_early(at: Location, id: str, how: str) -> Problem:
    return Problem(
        at,
        f"{id}: it ended without a result ({how})",
        f"find what ends the process, such as os._exit or a crash; fieldguide explain {id} "
        "shows what it printed",
    )


def timed_out(at: Location, id: str, time: str) -> Problem:
    return Problem(
        at,
        f"{id}: it did not end within {time}",
        f"find what it waits for or repeats for ever; fieldguide explain {id} "
        "shows what it printed",
    )


def over_limit(at: Location, id: str, what: str) -> Problem:
    return Problem(
        at,
        f"{id}: it {what}, and was stopped",
        f"find what repeats itself; fieldguide explain {id} shows what it printed, and the limits",
    )


def contract_endless(at: Location, time: str) -> Problem:
    return Problem(
        at,
        f"the contract's checks did not end within {time}",
        "find what they wait for or repeat for ever",
    )


def contract_ended(at: Location, how: str) -> Problem:
    return Problem(
        at,
        f"the contract's checks ended without a result ({how})",
        "let every check end by returning or by a failed assertion",
    )


def cache_unwritable(path: str, error: str) -> Problem:
    return Problem(
        Location(path),
        f"the results cannot be kept: {error}",
        "make the folder writable; until then every run starts afresh",
        severity="warning",
    )


def bad_answers(at: Location, reason: str) -> Problem:
    return Problem(
        at,
        f"the answers that were accepted cannot be read: {reason}",
        "restore the file from version control, or remove it and run fieldguide bless probes",
    )


def answer_changed(
    at: Location, framework: str, asks: str, new: str, old: str | None, since: str
) -> Problem:
    """An answer is another than the one that somebody has accepted; the page shows the new one."""
    where = f" in {since}" if since else ""
    was = f", was {old}{where}" if old is not None else ", which nobody has accepted yet"
    return Problem(
        at,
        f"{framework}: {asks}: {new}{was}",
        "look at the page, and accept it: fieldguide bless probes",
        severity="warning",
    )
