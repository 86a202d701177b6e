"""Every problem that comes up while pages are rendered, in words."""

from __future__ import annotations

from collections.abc import Iterable

from ..base.problems import did_you_mean
from ..model import Location, Problem

# Directives in guides.


def directive_syntax(location: Location, text: str) -> Problem:
    """A line that starts with a directive's marks and cannot be read as one."""
    return Problem(
        location,
        f'"{text}" cannot be read as a directive',
        'write ":::", a space, a word and a name, such as "::: snippets routing"',
    )


# The built site.


def proof_missing(location: Location, html: str) -> Problem:
    """A guide asks for snippets, and its built page has no proof."""
    return Problem(
        location,
        f"{html} was built without proof: the directive was not expanded",
        "list `fieldguide` under markdown_extensions in mkdocs.yml",
    )


def harmful(at: Location, what: str) -> Problem:
    """A page came out with something that is not prose, code or a drawing."""
    return Problem(
        at,
        f"the page comes out with {what}; a browser could run or fetch it, or take it for a part "
        "of the site",
        "write it as prose or code, and link to pages of the web and pictures of this site alone",
    )


def result_missing(location: Location, id: str) -> Problem:
    """Something that the site shows, and of which no run has a result as it is now."""
    return Problem(
        location,
        f"{id} has no result of its code as it is now, and a strict build shows nothing else",
        f"fieldguide verify {id}",
    )


def unknown_subject(location: Location, name: str, known: Iterable[str]) -> Problem:
    """A page asks for the reading list of something that has none."""
    known = list(known)
    return Problem(
        location,
        f'no reading list knows "{name}"{did_you_mean(name, known)}',
        "name a framework or a concept of this site, or of docs/reading/topics.yml",
    )


def fence_not_shown(location: Location, error: Exception) -> Problem:
    """The engine itself failed while it rendered a page."""
    return Problem(
        location,
        f"a fence cannot be shown with its proof ({type(error).__name__}: {error})",
        "report this with the page's source",
    )


def page_takes_too_long(at: Location) -> Problem:
    return Problem(
        at,
        "to render this page takes longer than anybody waits",
        "look for what repeats itself or nests, and for code that is hard to highlight",
    )


def site_not_written(folder: str) -> Problem:
    return Problem(
        Location("mkdocs.yml"),
        f"the site's folder cannot be written: {folder}",
        "name another one, as in: mkdocs build --site-dir /tmp/site",
    )
