"""Every problem of a page's directives, includes, groups and footnotes, in words."""

from __future__ import annotations

from collections.abc import Iterable

from ..base.problems import did_you_mean
from ..base.text import visible
from ..model import Location, Problem

# Sections of files.


def section_missing(asked: Location, path: str, name: str, known: list[str]) -> Problem:
    """A section that the file does not have."""
    has = f"it has: {', '.join(known)}" if known else "it has no section"
    return Problem(
        asked,
        f'{path} has no section "{name}"{did_you_mean(name, known)}; {has}',
        f'name one of them, or mark the lines with "--8<-- [start:{name}]" and '
        f'"--8<-- [end:{name}]" in comments',
    )


def section_unclosed(location: Location, name: str) -> Problem:
    """A start marker without its end."""
    return Problem(
        location,
        f'the section "{name}" starts here and never ends',
        f'write "--8<-- [end:{name}]" in a comment after its last line',
    )


def section_without_start(location: Location, name: str) -> Problem:
    """An end marker without its start."""
    return Problem(
        location,
        f'the section "{name}" ends here and never started',
        f'write "--8<-- [start:{name}]" in a comment before its first line, or delete this one',
    )


def section_twice(location: Location, name: str) -> Problem:
    """A second start marker of one name: only the first section would ever be shown."""
    return Problem(
        location,
        f'a second section "{name}" starts here; a page would only ever show the first',
        "give it a name of its own",
    )


# Fences of a guide


def unaccounted(at: Location, language: str, act: str) -> Problem:
    """Code that a reader would take for true, and that nothing has run; ``act`` runs it, and is
    empty where nothing can."""
    return Problem(
        at,
        f"this {language} fence is neither run nor shown from a snippet, and gives no reason",
        f"{f'{act}; or ' if act else ''}say why it is not: "
        f'```{language} {{.norun data-reason="..."}}',
    )


def output_of_nothing(at: Location) -> Problem:
    return Problem(
        at,
        "an expected output without the code that prints it",
        "put it right after its ```python {.run}, with no other fence between",
    )


def file_of_no_group(at: Location, name: str) -> Problem:
    return Problem(
        at,
        f"{name} is written for no other fence: it has no group",
        'give it and the fence that uses it the same data-group="..."',
    )


def file_shadows(at: Location, name: str, module: str) -> Problem:
    return Problem(
        at,
        f"{name} would be imported in the place of the module {module}, by whatever uses that",
        "give the file another name",
    )


def file_of_the_run(at: Location, name: str) -> Problem:
    return Problem(
        at,
        f"{name} is the file that the Python of this group runs from",
        "give the file another name, or leave data-file out",
    )


def group_runs_nothing(at: Location, name: str) -> Problem:
    return Problem(
        at,
        f"the group {name} writes files, and nothing in it runs",
        f'add a fence with .run and data-group="{name}", or leave data-file out',
    )


def group_disagrees(at: Location, what: str, values: Iterable[str]) -> Problem:
    return Problem(
        at,
        f"the fences of one group run together, and these name more than one {what}: "
        f"{', '.join(values)}",
        "name one, or make two groups",
    )


def unknown_environment(at: Location, name: str, known: Iterable[str]) -> Problem:
    known = list(known)
    return Problem(
        at,
        f'data-env="{name}" names no framework{did_you_mean(name, known)}',
        f"use one of {', '.join(known)}, or leave it out for a Python with nothing installed",
    )


def same_fence(at: Location, name: str) -> Problem:
    return Problem(
        at,
        f'a second fence or group of this page is called "{name}"',
        "give it a name of its own",
    )


def bad_fence(at: Location, message: str, next: str) -> Problem:
    """A transcript, a doctest or an exchange that cannot be read."""
    return Problem(at, message, next)


# Guides


def unknown_directive(at: Location, word: str, known: Iterable[str]) -> Problem:
    return Problem(
        at,
        f'unknown directive "{word}"{did_you_mean(word, known)}',
        f"use one of: {', '.join(known)}",
    )


def directive_name(at: Location, word: str, needs: bool) -> Problem:
    message = f'the directive "{word}" ' + ("needs a name" if needs else "takes no name")
    name = "routing/flask" if word == "snippet" else "routing"
    return Problem(at, message, f"write ::: {word}" + (f" {name}, for example" if needs else ""))


def unknown_snippet(at: Location, name: str, known: Iterable[str]) -> Problem:
    return Problem(
        at,
        f'no snippet "{name}" in snippets/{did_you_mean(name, known)}',
        "name one as concept/framework, such as routing/flask",
    )


def include_missing(at: Location, path: str) -> Problem:
    return Problem(
        at,
        f"the include names {path}, and this project has no such file",
        "name a file below snippets/, such as routing/flask/app.py:route",
    )


def include_as_text(at: Location) -> Problem:
    """In a fence: pymdownx does not read the line as an include."""
    return Problem(
        at,
        "this line looks like an include, and the page shows it as it is written",
        "remove the blanks at its end, or take the fence out of the quote; "
        "to show it, write ;--8<--",
    )


def include_not_public(at: Location, path: str, act: str) -> Problem:
    """A file of this machine, or of the project, that is not meant for readers."""
    return Problem(
        at,
        f"the include names {path}, and a page shows only what git tracks and everybody may read",
        act,
    )


def second_title(at: Location, first: Location) -> Problem:
    """A heading of the first level below the page's own."""
    return Problem(
        at, f"a second title: line {first.line} has the page's own", "begin it with ## instead"
    )


def level_left_out(at: Location, level: int, above: int) -> Problem:
    return Problem(
        at,
        f"this heading has {level} signs #, and the one above it has {above}: a level is left out",
        f"begin it with {'#' * (above + 1)}",
    )


def footnote_missing(at: Location, name: str) -> Problem:
    return Problem(
        at,
        f"the mark [^{name}] has no note on this page, so readers see the mark itself",
        f"write the note, [^{name}]: and its text, at the end of the page",
    )


def footnote_unused(at: Location, name: str) -> Problem:
    return Problem(
        at,
        f"no mark on this page leads to the note [^{name}]",
        f"put [^{name}] after the sentence that the note belongs to, or remove the note",
    )


def line_range(at: Location, name: str) -> Problem:
    return Problem(
        at,
        f"the include {name} names lines by their numbers, which change with every edit above them",
        "mark a section in the file and name it",
    )


# Front matter.


def front_matter_unknown(at: Location, key: str, known: Iterable[str]) -> Problem:
    """A key that the theme may know and this site does not."""
    known = list(known)
    return Problem(
        at,
        f'the front matter has no "{visible(key)}"{did_you_mean(key, known)}',
        f"remove it, or write one of {', '.join(known)}; a page that has none starts with a blank "
        "line or a heading",
    )


def front_matter_unfit(at: Location, key: str, form: str) -> Problem:
    return Problem(
        at, f'"{key}" of the front matter is not {form}', "write it like that, or leave it out"
    )
