"""Cases of fences on disk: ``cases/<module>/<slug>/``.

    fence.txt      the source of the fence
    reply.json     what came of it; where it is missing, the fence cannot be read
    options.json   further arguments of ``compare``, where there are any
    expected.txt   what is said, ``line N: message``, lines counted from 1 as a reader counts
    blessed.txt    the fence after blessing

``pytest --accept`` writes the last two anew.
"""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from fieldguide.matching import SourceError

CASES = Path(__file__).parents[1] / "cases"


def cases(module: str) -> list[Any]:
    """The cases of a module as parameters of a test."""
    return [pytest.param(case, id=case.name) for case in sorted((CASES / module).iterdir())]


def hold(kind: ModuleType, case: Path, accept: bool) -> None:
    """Compare and bless, and hold what comes against the files of the case."""
    source = _read(case / "fence.txt").removesuffix("\n")
    said, blessed = _judged(kind, source, case)
    wanted = {"expected.txt": said, "blessed.txt": blessed}
    for name, text in wanted.items():
        if accept and text is not None:
            (case / name).write_bytes(text.encode())
        assert (_read(case / name) if (case / name).exists() else None) == text, name


def _judged(kind: ModuleType, source: str, case: Path) -> tuple[str, str | None]:
    if not (case / "reply.json").exists():
        with pytest.raises(SourceError) as caught:
            kind.parse(source)
        error = caught.value
        return f"line {error.line + 1}: {error.message}. Next: {error.next}.\n", None
    reply = json.loads(_read(case / "reply.json"))
    options = json.loads(_read(case / "options.json")) if (case / "options.json").exists() else {}
    parsed = kind.parse(source)
    found = kind.compare(parsed, reply, **options)
    blessed = kind.bless(parsed, reply)
    if not found:
        assert blessed == source, "what holds is left as it is"
    said = "".join(f"line {one.line + 1}: {one.message}\n" for one in found)
    return said, blessed + "\n"


def _read(path: Path) -> str:
    return path.read_bytes().decode()


def readable(kind: ModuleType, source: str) -> bool:
    """Whether a fence can be read; where not, that is said of one of its lines."""
    try:
        kind.parse(source)
    except SourceError as caught:
        error = caught
    else:
        return True
    assert 0 <= error.line <= source.count("\n")
    assert error.message
    assert error.next
    return False
