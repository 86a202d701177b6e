"""Every problem of folders, deviations, mentions and probes, in words."""

from __future__ import annotations

from collections.abc import Iterable

from ..base.problems import did_you_mean
from ..base.text import slug
from ..model import Location, Problem


def marker_on_page(location: Location, name: str) -> Problem:
    """A marker in Markdown: the site drops the whole line, wherever on the page it stands."""
    return Problem(
        location,
        f'this line holds the marker of a section "{name}", so the page is shown without the line',
        "write ;--8<-- with a semicolon before it, or describe the marker in words",
    )


def no_folder(at: Location) -> Problem:
    return Problem(at, "this folder is missing or cannot be read", f"create {at.path}/")


def no_place(at: Location, missing: Iterable[str]) -> Problem:
    """A file beside folders; ``missing`` are the files that may be there and are not."""
    meant = did_you_mean(at.path.rpartition("/")[2], missing)
    return Problem(
        at,
        f"a file with no place here{meant}: snippets are files of snippets/CONCEPT/FRAMEWORK/",
        "rename it" if meant else "move it into the folder of its snippet, or remove it",
    )


def concept_taken(at: Location) -> Problem:
    """A concept whose snippets would have the ids of the probed applications."""
    return Problem(
        at,
        "no concept has this name: probes/FRAMEWORK is the id of what is asked for its defaults",
        "give the folder another name",
    )


def concept_name(at: Location) -> Problem:
    return Problem(
        at,
        "a concept's folder is named in lower case, digits and hyphens, as its guide's address is",
        f"rename it, for example to snippets/{slug(at.path.rpartition('/')[2])}",
    )


def unknown_framework(at: Location, known: Iterable[str]) -> Problem:
    name = at.path.rpartition("/")[2]
    known = list(known)
    return Problem(
        at,
        f'unknown framework "{name}"{did_you_mean(name.lower(), known)}; '
        f"the frameworks are {', '.join(known)}",
        "rename the folder, or add the framework as CONTRIBUTING.md describes",
    )


def same_id(at: Location, concept: str, other: str) -> Problem:
    name = at.path.rpartition("/")[2]
    return Problem(
        at,
        f"two snippets with one id: {concept}/{name} and {concept}/{other} "
        "(ids ignore case, because some file systems do)",
        "remove or rename one of the two folders",
    )


def no_entry(at: Location, id: str, programs: Iterable[str]) -> Problem:
    """A snippet whose folder holds other programs at most."""
    name = next(iter(programs), None)
    if name is not None:
        return Problem(at, f"{id} has no app.py, only {name}", f"rename {name} to app.py")
    return Problem(at, f"{id} has no app.py", "write the application there and export it as `app`")


def not_shown(at: Location, id: str) -> Problem:
    concept = id.partition("/")[0]
    return _show(at, concept, f"{id} is a snippet that no guide shows")


def none_shown(at: Location, concept: str, snippets: int) -> Problem:
    """A concept with several snippets, of which no guide shows any."""
    return _show(at, concept, f"no guide shows the {snippets} snippets of {concept}")


def _show(at: Location, concept: str, message: str) -> Problem:
    return Problem(
        at,
        message,
        f"put the line `::: snippets {concept}` into docs/concepts/{concept}.md",
    )


def unknown_check(at: Location, name: str, known: Iterable[str]) -> Problem:
    return Problem(
        at,
        f'a deviation for "{name}", and the contract has no such check{did_you_mean(name, known)}',
        "name a check of contract.py, or remove the entry",
    )


def no_reason(at: Location, name: str) -> Problem:
    return Problem(
        at,
        f"the deviation for {name} gives no reason",
        'add a line reason = "..." that says why the framework cannot pass it',
    )


def no_table(at: Location, name: str) -> Problem:
    return Problem(
        at,
        f"{name} stands outside of a check's table",
        "put it under the name of its check, such as [test_name_of_check]",
    )


def no_source(at: Location, name: str) -> Problem:
    return Problem(
        at,
        f"the deviation for {name} does not say where its reason can be read",
        'add source = "https://...", a page of the framework\'s documentation or code',
    )


def no_answers(at: Location, name: str) -> Problem:
    return Problem(
        at,
        f"the deviation for {name} does not say what is answered",
        "add the statuses of the check's responses in order, such as answers = [200, 405]",
    )


def no_got(at: Location, name: str) -> Problem:
    return Problem(
        at,
        f"the deviation for {name} does not say what the check got",
        'add a line such as got = "405"; `fieldguide verify` tells what it was',
    )


def most_deviate(at: Location, checks: int) -> Problem:
    return Problem(
        at,
        f"more than half of the {checks} checks are declared as deviations",
        'keep the contract, or write kind = "not possible" into cell.toml instead of a snippet',
    )


def unknown_concept(at: Location, name: str, known: Iterable[str]) -> Problem:
    known = sorted(known)
    return Problem(
        at,
        f'no concept "{name}" in snippets/{did_you_mean(name, known)}',
        f"name one of: {', '.join(known)}" if known else "write snippets/CONCEPT/contract.py first",
    )


def unknown_framework_named(at: Location, name: str, known: Iterable[str]) -> Problem:
    """A directive names a framework that is not configured."""
    known = list(known)
    return Problem(
        at,
        f'no framework "{name}" in pyproject.toml{did_you_mean(name, known)}',
        f"name one of: {', '.join(known)}",
    )


# Probes and their answers


def no_probes(at: Location) -> Problem:
    return Problem(
        at,
        "there are applications to probe, and no probes",
        "write the requests into this file, as probes/README.md describes",
    )


_PROBE = "write it as probes/README.md describes"


def probe_name(at: Location, name: str) -> Problem:
    return Problem(
        at,
        f"the probe {name} must be a table, named in lower case with underscores: head_on_get",
        _PROBE,
    )


def probe_no_text(at: Location, name: str, key: str) -> Problem:
    return Problem(
        at,
        f"{key} of the probe {name} must be a string that is not empty",
        f'write it as {key} = "..."',
    )


def probe_request(at: Location, name: str) -> Problem:
    return Problem(
        at,
        f"the request of the probe {name} cannot be read",
        'start it with a line such as "GET /path"; then come header fields, an empty line, a body',
    )


def probe_fill(at: Location, name: str) -> Problem:
    return Problem(
        at,
        f"fill of the probe {name} must be a number of bytes, 0 or more",
        "write fill = 1000, for example",
    )


def probe_shows(at: Location, name: str, known: Iterable[str]) -> Problem:
    return Problem(
        at,
        f"shows of the probe {name} must be a list of these: {', '.join(known)}",
        'write shows = ["status", "body"], for example',
    )
