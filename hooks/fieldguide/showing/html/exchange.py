"""Exchanges and their messages as highlighted HTTP: recorded ones, and those of a fence."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from markupsafe import Markup
from pygments import highlight  # type: ignore[import-untyped]
from pygments.formatters import HtmlFormatter  # type: ignore[import-untyped]
from pygments.lexers.textfmts import HttpLexer  # type: ignore[import-untyped]

from ...base.html.markup import element, fragment
from ...base.text import count, visible
from ...model import CheckResult, Exchange, Message

_STATUS = re.compile(r"\b[1-5][0-9]{2}\b")
_READING = ("GET ", "HEAD ", "OPTIONS ")
_ROOM = 60
"""Characters of a request and of a header in the line of an exchange."""
_DECIDING = ("location", "allow", "www-authenticate", "retry-after", "set-cookie", "content-type")
"""Headers of a response, the more telling ones first."""


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


def folded(recorded: Exchange) -> Markup:
    """One exchange under the line that says what was asked and answered."""
    return element(
        "details",
        element("summary", brief(recorded)),
        exchange(recorded),
        class_="fg-wire",
        data_search_exclude="",
    )


def deciding(result: CheckResult) -> Exchange | None:
    """The exchange that a check's claim is most likely about: the first with a status that the
    claim names, else the last that changes something, else the last."""
    exchanges = result.exchanges
    named = set(_STATUS.findall(result.check.claim))
    told = [one for one in exchanges if _status(one.response) in named]
    changing = [one for one in exchanges if not one.request.start.startswith(_READING)]
    return next(iter((*told, *changing[-1:], *exchanges[-1:])), None)


def _status(response: Message) -> str:
    """``404`` of ``HTTP/1.1 404 Not Found``."""
    return response.start.partition(" ")[2][:3]


def brief(recorded: Exchange) -> Markup:
    """The request's method and target, the answer's status, and the header that decides."""
    request, response = recorded.request, recorded.response
    asked = _cut(request.start.rpartition(" ")[0])
    status = response.start.partition(" ")[2]
    named = {name.lower(): (name, value) for name, value in reversed(response.headers)}
    decides = next((named[name] for name in _DECIDING if name in named), None)
    return fragment(
        element("code", asked),
        " ",
        element("code", status, class_="fg-wire__status"),
        fragment(" ", element("code", _cut(_line(f"{decides[0]}: {decides[1]}"))))
        if decides
        else None,
    )


def _cut(text: str) -> str:
    """A request or a header as far as a line has room for it."""
    return text if len(text) <= _ROOM else text[: _ROOM - 1] + "…"


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
