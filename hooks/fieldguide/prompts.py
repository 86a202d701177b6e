"""What a reader copies from a session: the commands, without prompts and without output."""

from __future__ import annotations

from . import examples, transcripts
from .matching import SourceError


def commands(language: str, source: str) -> str:
    """The commands of a ``console`` or ``pycon`` block; empty for what has none."""
    try:
        if language == "console":
            return "\n".join(one.text for one in transcripts.parse(source).commands)
        if language == "pycon":
            typed = (_typed(one.source) for one in examples.parse(source).examples)
            return "".join(typed).rstrip("\n")
    except SourceError:
        pass
    return ""


def _typed(source: str) -> str:
    """An example as an interpreter takes it: a blank line ends an indented block."""
    last = source.rstrip("\n").rpartition("\n")[2]
    return f"{source}\n" if last[:1] in (" ", "\t") else source
