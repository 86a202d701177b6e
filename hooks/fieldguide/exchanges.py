"""Messages as highlighted HTTP text: recorded ones, and those that a fence documents."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import Any

from pygments import highlight  # type: ignore[import-untyped]
from pygments.formatters import HtmlFormatter  # type: ignore[import-untyped]
from pygments.lexers.textfmts import HttpLexer  # type: ignore[import-untyped]

from .model import Message
from .text import count, visible


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


def _block(html: str, name: str) -> str:
    return f'<div class="highlight {name}"><pre><code>{html}\n</code></pre></div>'


@lru_cache(maxsize=1024)
def _highlighted(source: str) -> str:
    """Kept, because many exchanges open with the same request, and serving renders again."""
    formatter: HtmlFormatter[Any] = HtmlFormatter(nowrap=True)
    return str(highlight(source, HttpLexer(), formatter)).rstrip("\n")
