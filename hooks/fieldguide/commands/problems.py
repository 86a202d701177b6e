"""Every problem that a command meets, in words."""

from __future__ import annotations

from collections.abc import Iterable

from ..base.problems import did_you_mean
from ..model import Location, Problem

NOT_REACHED = "a fence before it did not hold"
"""Why a fence was not run: another one of its group ended the group."""


def for_snippets(at: Location, option: str) -> Problem:
    return Problem(
        at,
        f"fences and probes are never run with {option}: it is for snippets",
        f"leave {option} out, or name a snippet",
    )


def expectation_ends_fence(at: Location) -> Problem:
    return Problem(
        at,
        "what came holds the marks of a fence, which would end this one",
        "open and close the fence with more marks than that, then run fieldguide bless again",
    )


def expectation_not_the_same_again(at: Location) -> Problem:
    """What came in a second run is no more as it would be expected."""
    return Problem(
        at,
        "what came is not the same in a second run, "
        "with another clock, hash seed, time zone and folder",
        "make the code independent of these, or write ... for what differs, "
        "then run fieldguide bless again",
    )


def expectation_too_much(at: Location, reason: str) -> Problem:
    """``reason`` is why no such page can be read."""
    return Problem(
        at, f"what came is too much for a page: {reason}", "print less, or write ... for most of it"
    )


def expectation_included(at: Location) -> Problem:
    return Problem(
        at,
        "what this fence expects is included from another file, and would have to be changed there",
        "correct it there, or write it here",
    )


def cell_selected(at: Location, id: str, why: str) -> Problem:
    """A selection of something that is declared as not possible."""
    return Problem(
        at,
        f"{id} is declared as not possible, so that there is nothing to verify: {why}",
        "write app.py and remove the file if that has changed",
        "warning",
    )


def skipped(at: Location, id: str, reason: str) -> Problem:
    """Something that was not run, without anybody being at fault."""
    return Problem(
        at,
        f"{id} is skipped: {reason}",
        "verify it with a newer Python, such as make test PYTHON=python3.13",
        "warning",
    )


def second_result(at: Location, id: str) -> Problem:
    """Two results for one id, of which a page can show only one."""
    return Problem(
        at,
        f"{id} has two results in one run",
        "give the two that have this id different names",
    )


def nothing_here(page: str) -> Problem:
    """A page that is named and holds nothing to run."""
    return Problem(
        Location(page),
        "nothing on this page runs, so that there is nothing to verify",
        "name something else, or nothing for everything",
        "warning",
    )


def nothing_in_part(part: str) -> Problem:
    """A part of a selection that holds nothing: other parts do."""
    return Problem(
        Location("--shard"),
        f"the part {part} holds nothing to run: all that is selected is in the other parts",
        "nothing has to be done; with fewer parts, each holds something",
        "warning",
    )


def nothing_to_verify(at: Location) -> Problem:
    """A run that was to verify everything, and found nothing."""
    return Problem(
        at,
        "there is nothing to verify: no snippet, no fence that runs, no probe",
        "add a snippet in snippets/CONCEPT/FRAMEWORK, or a fence that runs",
    )


def unknown_selection(name: str, known: Iterable[str]) -> Problem:
    known = list(known)
    example = f", such as {known[0]}" if known else ""
    return Problem(
        Location(name),
        f"no snippet, concept, framework, fence or path of this project{did_you_mean(name, known)}",
        f"name one{example}, or none for everything",
    )


def no_database(at: Location) -> Problem:
    return Problem(
        at,
        "--database hands this variable to the snippets, and it is not set",
        "set it to the URL of a database that may be filled, or run make test-postgres",
    )


def preload_missing(at: Location, framework: str, names: Iterable[str]) -> Problem:
    return Problem(
        at,
        f"the framework {framework} preloads what its environment does not have: "
        f"{', '.join(names)}",
        "correct `preload` in its table",
    )


def bad_shard(text: str) -> Problem:
    """A ``--shard`` that does not name one of a number of parts."""
    return Problem(
        Location(f"--shard {text}"),
        "a part is written NUMBER/COUNT, and NUMBER is counted from 1 to COUNT",
        "write --shard 1/4 for the first of four",
    )


def no_bench(root: str) -> Problem:
    """``fieldguide bench`` outside of a checkout, which alone holds the program."""
    return Problem(
        Location(root),
        "hooks/bench is not there, and `fieldguide bench` measures the project itself",
        "run it in a checkout of the Field Guide",
    )


def port_taken(at: Location, port: int, why: str, other: str, free: int) -> Problem:
    """Nobody can listen at the server's port, and at another one somebody can."""
    return Problem(
        at,
        f"nobody can listen at port {port}: {why}",
        f"make serve PORT={free}, or mkdocs serve --dev-addr {other}",
    )


def port_unfit(at: Location, why: str) -> Problem:
    """No server can have such an address, whatever its port."""
    return Problem(
        at,
        f"nobody can listen there: {why}",
        "correct dev_addr, or name 127.0.0.1:8000",
    )
