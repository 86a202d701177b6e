"""Every problem of a result: what did not pass, and why, in words."""

from __future__ import annotations

import json

from ..model import Deviation, Limits, Location, Problem, Stopped

_MIB = 1024 * 1024

IT_PASSES = "it passes"
"""Why a check that is declared as a deviation did not end as declared."""


def time_met(stopped: Stopped | None, limits: Limits) -> str | None:
    """``10 s of processor time``: the limit of time that was met; None where none was."""
    if stopped is Stopped.TIME:
        return f"{limits.wall_seconds:g} s"
    if stopped is Stopped.PROCESSOR:
        return f"{limits.cpu_seconds} s of processor time"
    return None


def limit_met(stopped: Stopped | None, limits: Limits) -> str | None:
    """``wrote more than 1024 KiB``: what ran into a limit, but for time; None where nothing did."""
    match stopped:
        case Stopped.OUTPUT:
            return f"wrote more than {limits.output_bytes // 1024} KiB"
        case Stopped.RECORD:
            return "left too long a record"
        case Stopped.PROCESSES:
            return f"ran more than {limits.processes} processes at once"
        case Stopped.THREADS:
            return f"ran more than {limits.threads} threads at once"
        case Stopped.MEMORY:
            return f"used more than {limits.memory_bytes // _MIB} MiB of memory"
        case Stopped.FILES:
            return "made too many files"
    return None


def lost_twice(at: Location, id: str, words: str) -> Problem:
    """A job whose process was lost, and lost again at the second try."""
    return Problem(at, f"{id}: its process was lost twice: {words}", f"fieldguide explain {id}")


def no_result(at: Location, id: str) -> Problem:
    """Something that was to be verified, and of which the run knows nothing at its end."""
    return Problem(
        at,
        f"{id}: the run ended without a result of it",
        "look at the other problems of the run, and run it again",
    )


def ends_badly(at: Location, id: str, outcome: str) -> Problem:
    """A result that is no pass and does not say why."""
    return Problem(at, f"{id}: it {outcome}, and nothing says why", f"fieldguide explain {id}")


def no_environment(at: Location, id: str, refusal: Problem) -> Problem:
    """Something whose environment cannot be made, for the reason that ``refusal`` says."""
    return Problem(at, f"{id}: no environment: {refusal.message}", refusal.next)


def no_contract(at: Location, id: str, path: str) -> Problem:
    """A snippet whose contract cannot be read."""
    return Problem(at, f"{id}: there is nothing to hold it to: no contract", f"correct {path}")


def record_damaged(at: Location, id: str, error: str) -> Problem:
    """A snippet whose process left a record that is not of the agreed form."""
    return Problem(at, f"{id}: its record is damaged: {error}", f"fieldguide explain {id}")


def step_damaged(at: Location, id: str, error: str) -> Problem:
    """A fence whose step left a record that is not of the form of its language."""
    return Problem(at, f"{id}: its record is damaged: {error}", "run it again")


def group_refused(at: Location, id: str, message: str) -> Problem:
    """A group of fences that cannot go on, in the words of its process."""
    return Problem(at, f"{id}: {message}", "correct it there")


def refused(at: Location, id: str, message: str) -> Problem:
    """An application that cannot be judged, in the words of its process."""
    place = "at this line" if at.line else "there"
    return Problem(at, f"{id}: {message}", f"correct it {place}")


def import_raises(at: Location, id: str, error: str) -> Problem:
    """A snippet whose own code raises when it is imported."""
    return refused(at, id, f"it raises while it is imported: {error}")


def fence_differs(at: Location, id: str, message: str, more: int, acceptable: bool) -> Problem:
    """A line of the page differs from what came; ``more`` says how many other lines do."""
    rest = f" (and {more} more)" if more else ""
    accept = f"; to accept what came: fieldguide bless {id}" if acceptable else ""
    return Problem(at, f"{id}: {message}{rest}", f"correct the code or this line{accept}")


def fence_unlike(at: Location, id: str) -> Problem:
    """A fence whose code failed, though everything that it left is as expected."""
    return Problem(
        at, f"{id}: its code failed, and nothing that it left tells how", "correct the code"
    )


def not_the_same_again(at: Location, id: str, message: str) -> Problem:
    """A group whose first run held, and whose second did not; ``message`` says how."""
    others = "with another clock, hash seed, time zone and folder"
    act = "make the code independent of these, or write ... for what differs"
    return Problem(at, f"{id}: not the same in a second run, {others}: {message}", act)


def contract_raises(at: Location, message: str) -> Problem:
    return Problem(at, f"the contract cannot be loaded: {message}", "correct it at this line")


def needless_deviation(at: Location, id: str, name: str) -> Problem:
    return Problem(
        at,
        f"{id} passes {name}, which is declared as a deviation",
        "remove the entry: a deviation is only for a check that fails",
    )


def other_deviation(deviation: Deviation, answers: tuple[int, ...], got: str) -> Problem:
    """A check fails, and not as its deviation declares."""
    fails, declared = (
        f"answers = {list(statuses)}, got = {json.dumps(text, ensure_ascii=False)}"
        for statuses, text in ((answers, got), (deviation.answers, deviation.got))
    )
    return Problem(
        deviation.location,
        f"{deviation.check} fails with {fails}, and its deviation declares {declared}",
        "correct the snippet; if its framework does so, declare that",
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


def over_limit(at: Location, id: str, over: str) -> Problem:
    return Problem(
        at,
        f"{id}: it {over}, and was stopped",
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


def answers_misshaped(at: Location) -> Problem:
    """A file of accepted answers that holds JSON of another shape."""
    return bad_answers(at, "it must hold an object of frameworks, versions and probes")


def answer_changed(
    at: Location, framework: str, asks: str, new: str, old: str | None, since: str
) -> Problem:
    """A framework answers a probe in another way than somebody has accepted; the page shows the
    new answer."""
    where = f" in {since}" if since else ""
    was = f", was {old}{where}" if old is not None else ", which nobody has accepted yet"
    return Problem(
        at,
        f"{framework}: {asks}: {new}{was}",
        "look at the page, and accept it: fieldguide bless probes",
        severity="warning",
    )
