"""Every problem of a page that is more than is read or rendered, in words."""

from __future__ import annotations

from ..base import bounds
from ..base.bounds import TooMuch
from ..model import Location, Problem


def page_too_long(at: Location) -> Problem:
    return Problem(
        at,
        f"this page has more than {bounds.PAGE:,} characters",
        "make several pages of it",
    )


def line_too_long(at: Location) -> Problem:
    return Problem(
        at, f"this line has more than {bounds.LINE:,} characters", "break it into several lines"
    )


def front_matter_too_much(at: Location, what: TooMuch) -> Problem:
    """YAML above a page that would take too long to read, or more memory than there is."""
    words = {
        TooMuch.NESTING: f"more than {bounds.NESTING} lists and tables are open here",
        TooMuch.DIGITS: f"this number has more than {bounds.DIGITS} digits",
    }
    default = "the front matter has an alias or a tag here"
    return Problem(at, words.get(what, default), "write plain text")


def includes_too_much(at: Location) -> Problem:
    return Problem(
        at,
        f"with what is included here, the page has more than {bounds.PAGE:,} characters "
        f"or {bounds.INCLUDES} includes",
        "include less, such as a section",
    )


def includes_too_deep(at: Location) -> Problem:
    return Problem(
        at,
        f"what is included here includes other files, more than {bounds.INCLUDED} in each other",
        "include the last of them",
    )


def included_too_long(at: Location, path: str) -> Problem:
    return Problem(
        at,
        f"the include names {path}, which has more than {bounds.PAGE:,} bytes",
        "include a shorter file",
    )


def too_many_fences(at: Location) -> Problem:
    return Problem(
        at,
        f"this page has more than {bounds.FENCES} fences, or lines that look like their marks",
        "make several pages of it",
    )


def too_many_parts(at: Location) -> Problem:
    return Problem(
        at,
        f"this page has more than {bounds.PARTS:,} headings, tabs and boxes",
        "make several pages of it",
    )


def block_too_long(at: Location) -> Problem:
    return Problem(
        at,
        f"from here on more than {bounds.BLOCK:,} characters follow without a blank line",
        "divide them with blank lines",
    )


def nested_too_deeply(at: Location) -> Problem:
    return Problem(
        at,
        f"this line is inside of more than {bounds.NESTING} quotes, lists and indentations",
        "write it flatter",
    )


def nested_somewhere(at: Location) -> Problem:
    """A page that Python-Markdown cannot render, and does not say where."""
    return Problem(at, "this page is nested too deeply for Markdown", "write it flatter")


def too_many_brackets(at: Location) -> Problem:
    return Problem(
        at,
        f"more than {bounds.BRACKETS} brackets are open here and not closed",
        "close them, or put the text into a fence",
    )
