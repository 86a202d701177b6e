"""Groups of fences made by hand, as a page would have them."""

from __future__ import annotations

from dataclasses import replace

from fieldguide.model import Entry, Fate, Fence, Group, Location, Options

PAGE = "docs/notes.md"


def python(source: str, *, file: str = "", output: bool = False) -> Fence:
    """A fence of Python; of text where it is what the fence before it prints."""
    options = Options(run=not output, output=output, file=file)
    language = "text" if output else "python"
    at = Location(PAGE, 1, 3)
    return Fence(at, PAGE, "", language, language, options, source, ())


def group_of(*fences: Fence, env: str = "flask", app: str = "") -> Group:
    """The fences as one group, one below the other on the page; their checks are ``fence-1`` ..."""
    entries, line, name = [], 1, ""
    for number, fence in enumerate(fences, start=1):
        length = fence.source.count("\n") + 1
        lines = tuple(Location(PAGE, line + place) for place in range(1, length + 1))
        placed = replace(fence, location=Location(PAGE, line, line + length + 1), lines=lines)
        name = name if fence.options.output else f"fence-{number}"
        entries.append(Entry(placed, Fate.RUN, "notes#one", name))
        line += length + 3
    return Group("notes#one", PAGE, entries[0].fence.location, env, tuple(entries), app)
