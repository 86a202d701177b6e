"""Every problem of a fence, in words."""

from __future__ import annotations

from collections.abc import Iterable

from ...base.problems import did_you_mean
from ...base.text import count, slug
from ...model import Location, Problem

_CLOSING = "close it with the same marks, indented alike"


def unknown_class(at: Location, name: str, known: Iterable[str]) -> Problem:
    """A class of a fence that means nothing here."""
    known = [f".{known_name}" for known_name in known]
    return Problem(
        at,
        f'the fence has an unknown class ".{name}"{did_you_mean(f".{name}", known)}',
        f"use only {', '.join(known)}",
    )


def class_without_dot(at: Location, name: str) -> Problem:
    """A known class, written as a key."""
    return Problem(at, f'"{name}" in the braces has no dot', f"write {{.{name}}}")


def class_as_language(at: Location, name: str) -> Problem:
    """The first class of a fence without a language is taken for the language."""
    return Problem(
        at,
        f'the fence has no language, so that ".{name}" is taken for it',
        f"name the language before the braces, such as python {{.{name}}}",
    )


def unknown_key(at: Location, key: str, known: Iterable[str]) -> Problem:
    """A key of a fence that means nothing here."""
    known = list(known)
    near = f"data-{key}" if f"data-{key}" in known else key
    return Problem(
        at,
        f'the fence has an unknown key "{key}"{did_you_mean(near, known)}',
        f"use only {', '.join(known)}",
    )


def key_twice(at: Location, key: str) -> Problem:
    """A key with two values."""
    return Problem(at, f"the fence has {key} twice", "delete one of the two")


def key_without_value(at: Location, key: str) -> Problem:
    """A key that needs a value."""
    return Problem(at, f"the fence has {key} without a value", f'write {key}="..."')


def bad_option(at: Location, key: str, value: str, wanted: str, example: str) -> Problem:
    """A value that its key does not take: what it must be in words, and a right use of it."""
    return Problem(at, f'{key} must be {wanted}, not "{value}"', f"write {example}, for example")


def no_slug(at: Location, key: str, value: str) -> Problem:
    """A name that could be no part of an address."""
    subject = "the fence's name" if key == "#" else key
    written = f"{{#{slug(value)}}}" if key == "#" else f'{key}="{slug(value)}"'
    return Problem(
        at, f'{subject} must be lower case, digits and hyphens, not "{value}"', f"write {written}"
    )


def file_outside(at: Location, value: str) -> Problem:
    """A file that would not be in the folder of its group."""
    return Problem(
        at,
        f'data-file must name a file in the folder that the fences run in, not "{value}"',
        'write a relative path with forward slashes, such as data-file="templates/a.html"',
    )


def run_and_norun(at: Location) -> Problem:
    return Problem(at, "the fence is .run and .norun", "delete one of the two")


def norun_without_reason(at: Location) -> Problem:
    """A fence that is not run, without a reason."""
    return Problem(
        at,
        "the fence is not run, and does not say why",
        'write {.norun data-reason="..."} with the reason that the reader is to see',
    )


def reason_without_norun(at: Location) -> Problem:
    return Problem(
        at,
        "the fence has a data-reason, which is only for one that is not run",
        'write {.norun data-reason="..."}, or delete the reason',
    )


def hide_without_run(at: Location) -> Problem:
    return Problem(
        at,
        "the fence is hidden and not run, so it does nothing",
        "write {.run .hide}, or delete .hide",
    )


def output_not_text(at: Location, language: str) -> Problem:
    """Expected output in another language than ``text``."""
    named = f"in {language}" if language else "without a language"
    return Problem(
        at, f"expected output is plain text, and the fence is {named}", "write text {.output}"
    )


def cannot_run(at: Location, language: str, known: Iterable[str]) -> Problem:
    """A language that nothing runs."""
    known = list(known)
    named = f"in {language}{did_you_mean(language, known)}" if language else "without a language"
    return Problem(
        at,
        f"the fence is .run and {named}, which nothing can run",
        f"name one of {', '.join(known)}, or delete .run",
    )


def key_without_run(at: Location, key: str) -> Problem:
    """A key that does nothing, because the fence takes no part in a run."""
    return Problem(
        at,
        f"the fence has {key} and is not run, so it does nothing",
        f"write {{.run {key}=...}}, or delete {key}",
    )


def key_of_language(at: Location, key: str, languages: Iterable[str], written: str) -> Problem:
    """A key that only some languages have, in a fence in another or in none (``written``)."""
    language = " and ".join(languages)
    named = f"in {written}" if written else "without a language"
    return Problem(
        at,
        f"{key} is only for {language}, and the fence is {named}",
        f"delete {key}, or make it a fence of {language}",
    )


def _as_text(info: str) -> str:
    return f'the page shows this fence as a paragraph, because of "{info}"'


def brace_missing(at: Location, info: str, written: str) -> Problem:
    """One brace of the two."""
    return Problem(at, f"{_as_text(info)}: a brace is missing", f"write {written}")


def space_missing(at: Location, info: str, written: str) -> Problem:
    """A language and braces without a space between them."""
    return Problem(at, f"{_as_text(info)}: a space is missing before the brace", f"write {written}")


def outside_braces(at: Location, info: str, written: str) -> Problem:
    """Options beside the braces."""
    return Problem(
        at, f"{_as_text(info)}: only a language may stand outside the braces", f"write {written}"
    )


def no_braces(at: Location, info: str, written: str) -> Problem:
    """Words after the language that are not options."""
    return Problem(
        at,
        f"{_as_text(info)}: what follows the language has to be in braces",
        f"write {written}",
    )


def no_language(at: Location, info: str) -> Problem:
    """One word that can be no language."""
    return Problem(
        at,
        f"{_as_text(info)}: it is neither a language nor an option",
        "write a language of letters, digits and #.+-, such as python",
    )


def marks_after_marker(at: Location, text: str) -> Problem:
    """A fence on the line of its list item, definition or footnote."""
    return Problem(
        at,
        f'the page shows this fence as text, because its marks do not start their line: "{text}"',
        "put the marks on a line of their own after an empty line, indented by four spaces",
    )


def fence_unclosed(at: Location, marks: str) -> Problem:
    """An opening without its end."""
    return Problem(
        at,
        "the fence starts here and never ends, so the page shows it as text",
        f"write {marks} after its last line, indented as this line is",
    )


def closing_length(at: Location, marks: str, opening: int, longer: bool) -> Problem:
    """Closing marks of another length."""
    than = "longer" if longer else "shorter"
    return Problem(
        at,
        f"these marks are {than} than those of line {opening}, so they do not close its fence",
        f"write {marks}",
    )


def closing_indent(at: Location, opening: int, indent: int) -> Problem:
    """Closing marks with another indentation."""
    return Problem(
        at,
        f"these marks are not indented as those of line {opening}, so they do not close its fence",
        f"indent them by {count(indent, 'space')}" if indent else "write them without indentation",
    )


def content_indent(at: Location, opening: int, indent: int) -> Problem:
    """A line that ends a fence, because it is indented less."""
    return Problem(
        at,
        f"this line is indented less than the marks of line {opening}, "
        "so the page shows their fence as text",
        f"indent every line of the fence by {count(indent, 'space')} or more, and {_CLOSING}",
    )


def quote_in_fence(at: Location, opening: int) -> Problem:
    """A line of a block quote in a fence that is in none."""
    return Problem(
        at,
        f"this line starts with >, so the page shows the fence of line {opening} as text",
        "write the whole fence inside of the block quote, or none of it",
    )


def borrowed(at: Location, mark: str) -> Problem:
    return Problem(
        at,
        f"{mark} marks what the engine has proven, and here it would mark what nobody has",
        "remove it; in a fence it is shown as text",
    )
