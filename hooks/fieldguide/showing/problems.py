"""Every problem of a page that is shown, in words."""

from __future__ import annotations

from collections.abc import Iterable

from ..base.problems import did_you_mean
from ..model import Location, Problem

# Directives in guides.


def directive_syntax(location: Location, text: str) -> Problem:
    """A line that starts as a directive does and is none."""
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


def unknown_subject(at: Location, name: str, known: Iterable[str]) -> Problem:
    known = list(known)
    return Problem(
        at,
        f'no reading list knows "{name}"{did_you_mean(name, known)}',
        "name a framework or a concept of this site, or of docs/reading/topics.yml",
    )


def fence_not_shown(at: Location, error: Exception) -> Problem:
    """A fault of ours while a page is rendered."""
    return Problem(
        at,
        f"a fence cannot be shown with its proof ({type(error).__name__}: {error})",
        "report this with the page's source",
    )
