"""Cases of fences on disk: ``cases/<module>/<slug>/``.

    fence.txt      the source of the fence
    reply.json     what its step left; where it is missing, the fence cannot be read
    options.json   what its info string asks for, where that matters
    expected.txt   its mismatches, ``line N: message``, lines counted from 1 as a reader counts
    blessed.txt    the fence after blessing

``pytest --accept`` writes the last two anew.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fieldguide.languages import output
from fieldguide.languages.grammar.problems import SourceError
from fieldguide.languages.language import Language
from fieldguide.model import Mismatch, Options

CASES = Path(__file__).parents[1] / "cases"


def cases(module: str) -> list[Any]:
    """The cases of a module as parameters of a test."""
    return [pytest.param(case, id=case.name) for case in sorted((CASES / module).iterdir())]


def hold(language: Language[Any, Any], case: Path, accept: bool) -> None:
    """Compare and bless, and compare the outcome with the files of the case."""
    source = _read(case / "fence.txt").removesuffix("\n")
    _hold(*_judged(language, source, case), case, accept)


def hold_output(case: Path, accept: bool) -> None:
    """The same of an expected output."""
    source = _read(case / "fence.txt").removesuffix("\n")
    printed = json.loads(_read(case / "reply.json"))
    mismatches = output.compare(source, printed)
    _hold(*_messages(source, mismatches, output.bless(source, printed)), case, accept)


def _hold(messages: str, blessed: str | None, case: Path, accept: bool) -> None:
    files = {"expected.txt": messages, "blessed.txt": blessed}
    for name, text in files.items():
        if accept and text is not None:
            (case / name).write_bytes(text.encode())
        assert (_read(case / name) if (case / name).exists() else None) == text, name


def _judged(language: Language[Any, Any], source: str, case: Path) -> tuple[str, str | None]:
    if not (case / "reply.json").exists():
        with pytest.raises(SourceError) as caught:
            language.parse(source)
        error = caught.value
        return f"line {error.line + 1}: {error.message}. Next: {error.next}.\n", None
    reply = language.read(json.loads(_read(case / "reply.json")))
    options = json.loads(_read(case / "options.json")) if (case / "options.json").exists() else {}
    parsed = language.parse(source)
    mismatches = language.compare(parsed, reply, Options(**options))
    return _messages(source, mismatches, language.bless(parsed, reply))


def _messages(source: str, mismatches: list[Mismatch], blessed: str) -> tuple[str, str]:
    if not mismatches:
        assert blessed == source, "what holds is left as it is"
    messages = "".join(f"line {mismatch.line + 1}: {mismatch.message}\n" for mismatch in mismatches)
    return messages, blessed + "\n"


def _read(path: Path) -> str:
    return path.read_bytes().decode()


def readable(language: Language[Any, Any], source: str) -> bool:
    """Whether a fence can be read; where not, the error names one of its lines."""
    try:
        language.parse(source)
    except SourceError as caught:
        error = caught
    else:
        return True
    assert 0 <= error.line <= source.count("\n")
    assert error.message
    assert error.next
    return False
