"""Messages as highlighted HTTP text: recorded ones, and those that a fence documents."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from typing import Any

from pygments import highlight  # type: ignore[import-untyped]
from pygments.formatters import HtmlFormatter  # type: ignore[import-untyped]
from pygments.lexers.textfmts import HttpLexer  # type: ignore[import-untyped]

from .model import Message
from .text import count, visible

_REQUEST = re.compile(r"[A-Z]+ \S+ HTTP/1\.[01]")
_STATUS = re.compile(r"HTTP/1\.[01] \d{3}(?!\d)")


def text(message: Message) -> str:
    """Start line, headers and, where there is one that can be read, the body as it was sent."""
    head = [message.start, *(f"{name}: {_line(value)}" for name, value in message.headers)]
    if message.binary or not message.body:
        return visible("\n".join(head))
    return f"{visible(chr(10).join(head))}\n\n{visible(message.body)}"


def _line(value: str) -> str:
    """A header's value, which may not start a line of its own."""
    return value.replace("\n", "\\n").replace("\r", "\\r")


def note(message: Message) -> str:
    """What is said in place of a body that is binary, or after one that was cut."""
    if message.binary:
        return f"({count(message.size, 'byte')}, binary)"
    if len(message.body.encode("utf-8", "surrogatepass")) < message.size and message.body:
        return f"(cut; {count(message.size, 'byte')} in all)"
    return ""


def block(message: Message, name: str) -> str:
    """The message in the markup of a highlighted code block, with the class ``name``."""
    html = _highlighted(text(message))
    said = note(message)
    if said:
        html += f"\n{'' if message.body and not message.binary else chr(10)}"
        html += f'<span class="c">{escape(said)}</span>'
    return _block(html, name)


def documented(written: str, name: str) -> str:
    """A message as somebody wrote it, in the same markup."""
    return _block(_highlighted(visible(written)), name)


def split(source: str) -> tuple[tuple[str, str], ...]:
    """Every request with its response, as a fence has them; empty where it is not in that form.

    A request lasts until a status line, a response until the next request line.
    """
    parts: list[list[str]] = []
    for line in source.split("\n"):
        answering = len(parts) % 2 == 1
        if _STATUS.match(line) if answering else _REQUEST.fullmatch(line.rstrip()):
            parts.append([line])
        elif parts:
            parts[-1].append(line)
        elif line.strip():
            return ()
    if len(parts) % 2:
        return ()
    texts = ["\n".join(part).rstrip() for part in parts]
    return tuple(zip(texts[::2], texts[1::2], strict=True))


def _block(html: str, name: str) -> str:
    return f'<div class="highlight {name}"><pre><code>{html}\n</code></pre></div>'


@lru_cache(maxsize=1024)
def _highlighted(source: str) -> str:
    """Kept, because many exchanges open with the same request, and serving renders again."""
    formatter: HtmlFormatter[Any] = HtmlFormatter(nowrap=True)
    return str(highlight(source, HttpLexer(), formatter)).rstrip("\n")
