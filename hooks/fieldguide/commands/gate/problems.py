"""Every problem of the tree that stops all other work, in words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from ...base.text import count, visible
from ...model import Location, Problem


def git_silent(at: Location, why: str) -> Problem:
    """Here is a checkout, and git cannot say what it tracks."""
    return Problem(
        at,
        "git cannot say which files are tracked, so the tree is checked as a copy without git is: "
        f"{why}",
        "let git answer here (try: git ls-files), then run this again",
        "warning",
    )


def no_checkout(published: Iterable[str]) -> str:
    """What is not known in a copy without git: no problem, but a reader of the account is told."""
    return (
        "not a checkout of git: what may not be tracked was not looked at, and pages include only "
        f"files below {', '.join(published)} and a few at the top"
    )


def made_is_tracked(at: Location, files: int) -> Problem:
    return Problem(
        at,
        f"git tracks {count(files, 'file')} here, and what commands make is believed without being "
        "made again",
        f"remove it from git and from the disk: git rm -r --force {at.path}",
    )


def unknown_at_the_top(at: Location) -> Problem:
    return Problem(
        at,
        "this lies at the top of the tree, where Python, make or another tool runs or obeys it, "
        "and it is none of what is known there",
        "put it below hooks/, tests/ or tools/, or add its name to "
        "hooks/fieldguide/commands/gate/tops.py",
    )


def submodule(at: Location) -> Problem:
    return Problem(
        at,
        "another repository, and what it holds is no part of what a reviewer sees",
        "put the files themselves here",
    )


def no_file(at: Location) -> Problem:
    return Problem(
        at,
        "neither a file nor a folder that can be read: a pipe, a socket, a device, a closed folder",
        "remove it, or make it readable",
    )


def no_folder(at: Location) -> Problem:
    return Problem(at, "a folder belongs here", f"put the folder {at.path}/ in its place")


def hidden(at: Location) -> Problem:
    return Problem(
        at,
        "a name that starts with a dot: listings leave it out, and tools obey some of them",
        "give it another name, or remove it",
    )


def runs_in_a_browser(at: Location) -> Problem:
    return Problem(
        at,
        "a browser runs what such a file holds, and the site would publish it as it is",
        "write a page of Markdown, or an SVG drawing",
    )


def more_than_a_drawing(at: Location, what: str) -> Problem:
    return Problem(
        at,
        f"{what} does more than draw: whoever opens this file would run or fetch it",
        "draw with shapes and text alone",
    )


def no_drawing(at: Location) -> Problem:
    return Problem(at, "this drawing is not well-formed SVG", "put it right at this line")


def for_tools(at: Location) -> Problem:
    return Problem(
        at,
        "pytest, Python or another tool runs or obeys a file of this name, outside of the sandbox",
        "give it another name; the checks of a concept are in its contract.py",
    )


def name_unfit(at: Location, why: str) -> Problem:
    return Problem(at, f"this name {why}", "rename it: letters, digits, hyphens and dots are safe")


def names_alike(at: Location, other: str) -> Problem:
    return Problem(
        at,
        f"this name differs from that of {visible(other)} only by capital letters, and some "
        "systems have room for one of the two",
        "rename one of them",
    )


def path_long(at: Location, bytes: int) -> Problem:
    return Problem(
        at,
        f"this path is longer than {bytes} bytes, which some systems do not allow",
        "shorten its names, or use fewer folders",
    )


def hides(at: Location, char: str, more: int) -> Problem:
    """A text with characters that nobody sees; ``more`` is how many follow the first."""
    name = unicodedata.name(char, "a control character")
    others = f", and {count(more, 'more such character')} below" if more else ""
    in_prose = "" if unicodedata.category(char) == "Cc" else f", &#x{ord(char):x}; in prose"
    return Problem(
        at,
        f"U+{ord(char):04X} ({name}) stands here{others}, and readers do not see it",
        f"remove it, or write it so that it is seen: {visible(char)} in code and outputs{in_prose}",
    )
