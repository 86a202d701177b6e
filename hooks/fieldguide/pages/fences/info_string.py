"""Info strings: what a fence asks for, after its opening marks.

Read as superfences reads them: ``python``, ``python title="x" hl_lines="1 2"`` or
``python {.run data-env="flask" title="x"}``. Superfences makes HTML attributes of what it does
not know, so a misspelt key would do nothing without a word; here every one is a problem.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

from markdown.extensions.attr_list import get_attrs
from pymdownx.superfences import (  # type: ignore[import-untyped]
    RE_HL_LINES,
    RE_LINENUMS,
    RE_NESTED_FENCE_START,
    RE_OPTIONS,
)

from ...base.problems import Problems
from ...base.text import SLUG
from ...languages.registry import LANGUAGES, OPTIONS, runs_unasked
from ...model import Location, Options, Problem
from . import problems

CLASSES = ("run", "norun", "hide", "output")
HIGHLIGHTING = ("annotate", "copy", "no-annotate", "no-copy", "no-select", "select")
"""Classes of the theme."""
KEYS = dict(
    sorted(
        {
            "data-env": "env",
            "data-file": "file",
            "data-group": "group",
            "data-reason": "reason",
            **{key: option.field for key, (_, option) in OPTIONS.items()},
        }.items()
    )
)
"""Keys, and the field of `Options` that each of them sets."""
SHOWN = ("title", "hl_lines", "linenums")
"""Keys that say how a fence looks."""
_VALUES = {
    "data-env": (SLUG, "the name of a framework", 'data-env="flask"'),
    "data-reason": (
        re.compile(r".*\S.*"),
        "a reason in words",
        'data-reason="needs a mail server"',
    ),
    # A line that no page has would be a list of all lines before it.
    "hl_lines": (
        re.compile(rf"(?!.*[0-9]{{5}}){RE_HL_LINES.pattern}"),
        "numbers of lines",
        'hl_lines="1 3-5"',
    ),
    "linenums": (
        re.compile(rf"(?!.*[0-9]{{5}})(?:{RE_LINENUMS.pattern})\Z"),
        "the number of the first line",
        'linenums="1"',
    ),
}
"""What the value of a key of all languages has to match, in words, and a right use of the key."""
_ANYTHING = re.compile(".*", re.DOTALL)
_GLUED = re.compile(r"\s*\.?(?P<language>[\w#.+-]+)(?P<attributes>\{.*)")
_BRACES = re.compile(r"(?P<before>[^{]*)\{(?P<attributes>[^}]*)\}(?P<after>.*)")
_WORD = re.compile(r"""(?:[^\s"']+|"[^"]*"|'[^']*'|["'])+""")
_OPTION = re.compile(r"""[a-zA-Z][\w-]*=(?:"[^"]*"|'[^']*'|\S+)""")


@dataclass(frozen=True, slots=True)
class _Read:
    """An info string in its parts."""

    language: str
    classes: tuple[str, ...]
    id: str | None
    values: tuple[tuple[str, str | None], ...]


def parse(collector: Problems, info: str, location: Location) -> tuple[str, Options]:
    """The language and the options of an info string; the collector gets what is wrong with it.

    What superfences would not read has no language, no options, and one problem.
    """
    read = _read(info)
    if read is None:
        collector.add(misread(info, location))
        return "", Options()
    fields: dict[str, Any] = {name: name in read.classes for name in CLASSES}
    known = (*CLASSES, *HIGHLIGHTING)
    for name in read.classes:
        if name not in known:
            collector.add(problems.unknown_class(location, name, known))
    if read.id is not None:
        if SLUG.fullmatch(read.id):
            fields["id"] = read.id
        else:
            collector.add(problems.no_slug(location, "#", read.id))
    seen: set[str] = set()
    for key, value in read.values:
        if key not in KEYS and key not in SHOWN:
            collector.add(_unknown(location, key, value))
        elif key in seen:
            collector.add(problems.key_twice(location, key))
        elif problem := _bad_value(location, key, value):
            collector.add(problem)
        elif key in KEYS:
            fields[KEYS[key]] = OPTIONS[key][1].value(value or "") if key in OPTIONS else value
        seen.add(key)
    options = Options(**fields)
    collector.add(*_together(location, read, options, seen))
    return read.language, options


def readable(info: str) -> bool:
    """Whether superfences takes marks with this info string for a fence."""
    return _read(info) is not None


def misread(info: str, location: Location) -> Problem:
    """Why superfences does not take marks with this info string for a fence."""
    info = info.strip()
    if glued := _GLUED.fullmatch(info):
        written = f"{glued['language']} {glued['attributes']}"
        if "}" not in info:
            return problems.brace_missing(location, info, f"{written}}}")
        return problems.space_missing(location, info, written)
    if "{" in info and "}" not in info:
        return problems.brace_missing(location, info, f"{info}}}")
    if braces := _BRACES.fullmatch(info):
        language, _, before = braces["before"].strip().partition(" ")
        if "=" in language:
            language, before = "", braces["before"]
        parts = [braces["attributes"], before, braces["after"]]
        inside = " ".join(" ".join(part.split()) for part in parts if part.strip())
        return problems.outside_braces(location, info, f"{language} {{{inside}}}".strip())
    if "}" in info:
        language, _, rest = info.partition(" ")
        return problems.brace_missing(location, info, f"{language} {{{rest.strip()}")
    language, _, rest = info.partition(" ")
    words = _WORD.findall(rest)
    if not words:
        return problems.no_language(location, info)
    attributes = " ".join(
        word if _OPTION.fullmatch(word) or word[0] in ".#" else f".{word}" for word in words
    )
    return problems.no_braces(location, info, f"{language} {{{attributes}}}")


@lru_cache(maxsize=256)
def _read(info: str) -> _Read | None:
    """The parts; None for what superfences does not read. Kept, because most are alike."""
    match = RE_NESTED_FENCE_START.match(f"~~~ {info.strip()}")
    if match is None or match["unrecognized"]:
        return None
    language = match["lang"] or ""
    if match["attrs"] is not None:
        classes: list[str] = []
        values: list[tuple[str, str | None]] = []
        id: str | None = None
        for key, value in get_attrs(match["attrs"].replace("\t", "    ")):
            if key == ".":
                classes.append(str(value))
            elif key == "id":
                id = str(value)
            else:
                values.append((key, value))
        if not language and classes:
            language = classes.pop(0)
        return _Read(language, tuple(classes), id, tuple(values))
    plain = [
        (option["key"], option["value"]) for option in RE_OPTIONS.finditer(match["options"] or "")
    ]
    read = _Read(language, (), None, tuple(plain))
    # Superfences takes options without braces only if it knows every one and its value.
    for key, value in plain:
        shown = key in SHOWN or key == "title_mode"
        valid = {"hl_lines": RE_HL_LINES, "linenums": RE_LINENUMS}.get(key)
        if not shown or (valid is not None and not valid.match(key if value is None else value)):
            return None
    return read


def _unknown(location: Location, key: str, value: str | None) -> Problem:
    """Why there is no such key: perhaps it is a class without its dot."""
    if value in (None, key) and key in (*CLASSES, *HIGHLIGHTING):
        return problems.class_without_dot(location, key)
    return problems.unknown_key(location, key, (*KEYS, *SHOWN))


def _bad_value(location: Location, key: str, value: str | None) -> Problem | None:
    """What is wrong with the value of a key; None for nothing."""
    option = OPTIONS[key][1] if key in OPTIONS else None
    if option and option.alone and value in (None, key):
        return None
    if value is None:
        return problems.key_without_value(location, key)
    if key == "data-group" and not SLUG.fullmatch(value):
        return problems.no_slug(location, key, value)
    if key == "data-file":
        path = PurePosixPath(value)
        outside = path.is_absolute() or ".." in path.parts or "\\" in value or ":" in value
        return problems.file_outside(location, value) if outside or not path.name else None
    if option:
        if option.pattern.fullmatch(value):
            return None
        return problems.bad_option(location, key, value, option.wanted, option.example)
    pattern, wanted, example = _VALUES.get(key, (_ANYTHING, "", ""))
    if pattern.fullmatch(value):
        return None
    return problems.bad_option(location, key, value, wanted, example)


def _together(
    location: Location, read: _Read, options: Options, keys: set[str]
) -> Iterator[Problem]:
    """Parts of an info string that exclude or need each other."""
    is_file = "data-file" in keys
    if read.language in (*CLASSES, *HIGHLIGHTING):
        yield problems.class_as_language(location, read.language)
    if options.run and options.norun:
        yield problems.run_and_norun(location)
    if options.norun and "data-reason" not in keys:
        yield problems.norun_without_reason(location)
    if "data-reason" in keys and not options.norun:
        yield problems.reason_without_norun(location)
    if options.hide and not (options.run or is_file or runs_unasked(read.language)):
        yield problems.hide_without_run(location)
    if options.output and read.language != "text":
        yield problems.output_not_text(location, read.language)
    if options.run and not is_file and read.language not in LANGUAGES and not options.output:
        yield problems.cannot_run(location, read.language, LANGUAGES)
    used = sorted(key for key in keys & set(KEYS) if key != "data-reason")
    runs = options.run or runs_unasked(read.language)
    if used and not (runs or options.norun or options.output or is_file):
        yield problems.key_without_run(location, used[0])
    for key in KEYS:
        if key in keys and key in OPTIONS and read.language not in OPTIONS[key][0]:
            yield problems.key_of_language(location, key, OPTIONS[key][0], read.language)
