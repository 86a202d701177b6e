"""Groups of fences: their steps in order, what cannot be read in them, and their digest."""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, replace
from typing import Any

from ..base import digests
from ..languages import output as expected_output
from ..languages.comparing.other import doubtful
from ..languages.grammar.problems import SourceError
from ..languages.language import Language
from ..languages.registry import LANGUAGES
from ..model import Check, Entry, Fence, Group, Location, Problem, Snippet
from . import problems

_CODE = ("python", "pycon")
"""What runs as the group's ``main.py``."""


def language(fence: Fence) -> Language[Any, Any] | None:
    """The language that runs a fence of a group; None for one that is written to a file."""
    return None if fence.options.file else LANGUAGES[fence.language]


def steps(group: Group) -> Iterator[tuple[Entry, Entry | None]]:
    """Each fence that is run or written to a file, in the order of the page.

    With it comes the fence that says what it prints; None where there is no such fence.
    """
    entries = [entry for entry in group.entries if not entry.fence.options.output]
    outputs = {entry.check: entry for entry in group.entries if entry.fence.options.output}
    for entry in entries:
        yield entry, outputs.get(entry.check) if entry.check else None


def misread(group: Group) -> Iterator[Problem]:
    """A problem for each fence that its language cannot read."""
    for entry, _ in steps(group):
        fence = entry.fence
        if (its_language := language(fence)) is not None:
            try:
                its_language.parse(fence.source)
            except SourceError as error:
                at = line(fence, error.line)
                yield problems.bad_fence(at, error.message, error.next)


def shadowing(group: Group, modules: Collection[str]) -> Iterator[Problem]:
    """A problem for each file that Python would import in the place of a module of its own, or of
    one of the environment's ``modules``."""
    code = any((its := language(entry.fence)) and its.name in _CODE for entry in group.entries)
    for entry in group.entries:
        name, _, rest = entry.fence.options.file.partition("/")
        module = name if rest == "__init__.py" else name.removesuffix(".py") if not rest else ""
        if module == name and not rest:
            continue
        if module in sys.stdlib_module_names or module in modules:
            yield problems.file_shadows(entry.fence.location, entry.fence.options.file, module)
        elif module == "main" and code:
            yield problems.file_of_the_run(entry.fence.location, entry.fence.options.file)


def checks(group: Group) -> tuple[Check, ...]:
    """A check for each fence that is run."""
    return tuple(
        Check(entry.check, f"{entry.fence.language} fence", entry.fence.location)
        for entry, _ in steps(group)
        if entry.check
    )


def twice(group: Group) -> bool:
    """Whether something that is expected of a group may differ from run to run, or may not: only
    two runs can tell."""
    for entry, output in steps(group):
        if (its_language := language(entry.fence)) is not None:
            parsed = its_language.parse(entry.fence.source)
            if any(map(doubtful, its_language.expected(parsed))):
                return True
        if output and any(map(doubtful, expected_output.expected(output.fence.source))):
            return True
    return False


def line(fence: Fence, number: int) -> Location:
    """The place of a line of the fence's source, counted from 0; the nearest for one outside."""
    if not fence.lines:
        return fence.location
    return fence.lines[min(max(number, 0), len(fence.lines) - 1)]


def digest(group: Group, snippets: Mapping[str, Snippet]) -> str:
    """Digest of everything that a page shows of a group: code, files, expectations, application."""
    app = snippets.get(group.app)
    parts = [
        group.id,
        group.env,
        [
            [f.language, asdict(f.options), f.source]
            for f in (entry.fence for entry in group.entries)
        ],
        [app.main, digests.files_digest(app.files)] if app else None,
    ]
    return digests.digest(json.dumps(parts).encode("utf-8"))


def step(fence: Fence, app: str) -> Mapping[str, Any]:
    """What the worker is told of one fence; ``app`` names the snippet that answers the group."""
    its_language = language(fence)
    if its_language is None:
        content = base64.b64encode(f"{fence.source}\n".encode()).decode("ascii")
        return {"kind": "file", "path": fence.options.file, "content": content}
    options = replace(fence.options, app=app)
    parsed = its_language.parse(fence.source)
    return {"kind": its_language.name, **its_language.step(parsed, options)}
