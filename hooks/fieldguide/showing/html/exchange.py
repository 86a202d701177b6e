"""Exchanges and their messages as highlighted HTTP: recorded ones, and those of a fence."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from markupsafe import Markup
from pygments import highlight  # type: ignore[import-untyped]
from pygments.formatters import HtmlFormatter  # type: ignore[import-untyped]
from pygments.lexers.textfmts import HttpLexer  # type: ignore[import-untyped]

from ...base.html.markup import element, fragment
from ...base.text import count, visible
from ...model import Exchange, Message


def text(message: Message) -> str:
    """Start line, headers and, where there is one that can be read, the body as it was sent."""
    head = [message.start, *(f"{name}: {_line(value)}" for name, value in message.headers)]
    if message.binary or not message.body:
        return visible("\n".join(head))
    return f"{visible(chr(10).join(head))}\n\n{visible(message.body)}"


def _line(value: str) -> str:
    """A header's value without line breaks: it must not look like another header."""
    return value.replace("\n", "\\n").replace("\r", "\\r")


def note(message: Message) -> str:
    """What is said in place of a body that is binary, or after one that was cut."""
    if message.binary:
        return f"({count(message.size, 'byte')}, binary)"
    if len(message.body.encode("utf-8", "surrogatepass")) < message.size and message.body:
        return f"(cut; {count(message.size, 'byte')} in all)"
    return ""


def exchange(recorded: Exchange) -> Markup:
    """One request and its response as HTTP, below whose request it is where that is said."""
    note = None
    if recorded.note:
        note = element("p", visible(recorded.note), class_="fg-exchange__note")
    return fragment(
        note,
        _pair(
            block(recorded.request, "fg-exchange__request"),
            block(recorded.response, "fg-exchange__response"),
        ),
    )


def written(request: str, response: str) -> Markup:
    """A request and its response as somebody wrote them, in the same markup."""
    return _pair(
        _block(_highlighted(visible(request)), "fg-exchange__request"),
        _block(_highlighted(visible(response)), "fg-exchange__response"),
    )


def block(message: Message, name: str) -> Markup:
    """The message in the markup of a highlighted code block, with the class ``name``."""
    html = _highlighted(text(message))
    if remark := note(message):
        between = "\n" if message.body and not message.binary else "\n\n"
        html = fragment(html, between, element("span", remark, class_="c"))
    return _block(html, name)


def _pair(request: Markup, response: Markup) -> Markup:
    return element("div", request, response, class_="fg-exchange no-copy")


def _block(html: Markup, name: str) -> Markup:
    code = element("pre", element("code", html, "\n"))
    return element("div", code, class_=f"highlight {name}")


@lru_cache(maxsize=1024)
def _highlighted(source: str) -> Markup:
    """Kept, because many exchanges open with the same request, and serving renders again."""
    formatter: HtmlFormatter[Any] = HtmlFormatter(nowrap=True)
    return Markup(str(highlight(source, HttpLexer(), formatter)).rstrip("\n"))
