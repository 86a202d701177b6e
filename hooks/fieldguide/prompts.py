"""What a reader copies from a session: the commands, without prompts and without output."""

from __future__ import annotations

import re
from collections.abc import Iterator

_PROMPT = re.compile(r"\s*(?:\([^)\n]*\) ?)?\$ (?P<command>.*)")
_HEREDOC = re.compile(r"(?<!<)<<(?P<tabs>-?)\s*(?P<quote>[\"']?)(?P<word>\w+)(?P=quote)")


def commands(language: str, source: str) -> str:
    """The commands of a ``console`` or ``pycon`` block, a line each; empty for what has none."""
    lines = iter(source.split("\n"))
    match language:
        case "console":
            return "\n".join(_shell(lines))
        case "pycon":
            return "\n".join(_python(lines))
        case _:
            return ""


def _python(lines: Iterator[str]) -> Iterator[str]:
    """Examples with their continuation lines; ``...`` after output is output."""
    typing = False
    for line in lines:
        mark, text = line.lstrip()[:4].rstrip(), line.lstrip()[4:]
        typing = mark == ">>>" or (typing and mark == "...")
        if typing:
            yield text


def _shell(lines: Iterator[str]) -> Iterator[str]:
    """Commands, with the lines that a backslash or a here-document adds to them."""
    for line in lines:
        prompt = _PROMPT.match(line)
        if prompt is None:
            continue
        command = prompt["command"]
        yield command
        while (len(command) - len(command.rstrip("\\"))) % 2:
            command = next(lines, "").removeprefix("> ")
            yield command
        for document in _HEREDOC.finditer(prompt["command"]):
            for text in lines:
                yield text
                if (text.lstrip("\t") if document["tabs"] else text) == document["word"]:
                    break
