"""What a result is a result of: a snippet, a page's fences, or a probed application."""

from __future__ import annotations

from enum import StrEnum

from ...model import Result
from ...project.probes import FOLDER


class Subject(StrEnum):
    """What was run. ``verification.json`` publishes these words."""

    SNIPPET = "snippet"
    """A folder in ``snippets/``."""
    FENCES = "fences"
    """A group of fences of one page."""
    PROBES = "probes"
    """An application that is only asked what it answers."""


def subject(result: Result) -> Subject:
    """What was run to give a result."""
    if "#" in result.id:
        return Subject.FENCES
    if result.location.path.startswith(f"{FOLDER}/"):
        return Subject.PROBES
    return Subject.SNIPPET
