"""The answers of the probed frameworks that somebody has seen and accepted.

``probes/answers.json`` holds them by framework and version. A run whose answers differ from them
says which, and the page shows the new ones.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from ...base.problems import Problems
from ...environments import pins
from ...model import Location
from ...project.probes import FOLDER
from .. import problems

PATH = f"{FOLDER}/answers.json"

Answers = Mapping[str, str]
"""By probe."""
Known = Mapping[str, Mapping[str, Answers]]
"""By framework and version."""


def read(collector: Problems, root: Path) -> Known:
    """The accepted answers; none where the file is missing, or damaged, which is a problem."""
    at = Location(PATH)
    try:
        known: Known = json.loads((root / PATH).read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        collector.add(problems.bad_answers(at, str(error)))
        return {}
    if not _is_nested(known, 3):
        collector.add(problems.answers_misshaped(at))
        return {}
    return known


def written(known: Known) -> str:
    """The text of the file: the versions of each framework in order, none without answers."""
    ordered = {
        framework: {version: versions[version] for version in sorted(versions, key=pins.order)}
        for framework, versions in known.items()
        if versions
    }
    return json.dumps(ordered, indent=1, ensure_ascii=False) + "\n"


def nearest(versions: Iterable[str], now: str) -> str | None:
    """The version to compare with: the same, the newest before it, or else the oldest after."""
    ordered = sorted(versions, key=pins.order)
    before = [version for version in ordered if pins.order(version) <= pins.order(now)]
    return before[-1] if before else next(iter(ordered), None)


def _is_nested(value: object, depth: int) -> bool:
    """Whether a value is objects within objects, ``depth`` of them, with texts in the innermost."""
    if not depth:
        return isinstance(value, str)
    return isinstance(value, dict) and all(_is_nested(v, depth - 1) for v in value.values())
