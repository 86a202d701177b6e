"""``http`` fences: whether an application answers as the page says."""

from __future__ import annotations

import base64
import contextlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from ..model import STATUS_LINE, Exchange, Message, Mismatch, Options
from ..model.bounds import SOME, Words
from . import http_body, problems
from .comparing.line import ANYTHING, Candidates, Line, TooMuchError, Work
from .comparing.lines import moved
from .comparing.normalise import plain
from .comparing.other import Other, kept, part
from .grammar.http import Documented, Part, Wire, content, parse, starts_request, starts_response
from .language import Language, Option

__all__ = ["HTTP", "Wire", "parse"]


@dataclass(frozen=True, slots=True)
class HttpReply:
    """The exchanges that there were, in order."""

    exchanges: Annotated[tuple[Exchange, ...], SOME]
    broken: Words | None
    """Why the next request has none: what is wrong with the request, or with its response."""
    no_app: bool = False
    """Whether nothing answers: the group has bound no application."""

    def __post_init__(self) -> None:
        for exchange in self.exchanges:
            if not STATUS_LINE.fullmatch(exchange.response.start):
                raise ValueError("a response without a status line")


class Http(Language[Wire, HttpReply]):
    """A fence is requests, each with its response."""

    def parse(self, source: str) -> Wire:
        """Its exchanges; raises `SourceError`."""
        return parse(source)

    def step(self, parsed: Wire, options: Options) -> Mapping[str, Any]:
        """The requests; the worker adds the Host and the Content-Length."""
        requests = [
            {
                "method": exchange.method,
                "target": exchange.target,
                "headers": [[header.name, header.value] for header in exchange.request.headers],
                "body": base64.b64encode(content(exchange.request)).decode("ascii"),
            }
            for exchange in parsed.exchanges
        ]
        return {"exchanges": requests, "snippet": bool(options.app)}

    def expected(self, parsed: Wire) -> Iterator[str]:
        """The headers and the bodies of the responses."""
        for exchange in parsed.exchanges:
            yield from (header.value for header in exchange.response.headers)
            yield from http_body.expected(exchange.response.body)

    def compare(
        self,
        parsed: Wire,
        reply: HttpReply,
        options: Options,
        other: Other[HttpReply] | None = None,
    ) -> list[Mismatch]:
        """The responses against those that are documented: status, shown headers, body."""
        if reply.no_app:
            return [problems.group_without_app()]
        mismatches: list[Mismatch] = []
        pairs = zip(parsed.exchanges, reply.exchanges, strict=False)
        for number, (documented, exchange) in enumerate(pairs):
            mismatches += _differences(documented, exchange.response, _of_answer(other, number))
        if len(reply.exchanges) < len(parsed.exchanges):
            missing = parsed.exchanges[len(reply.exchanges)]
            line = missing.request.line
            mismatches.append(problems.request_without_answer(line, reply.broken))
        return mismatches

    def bless(self, parsed: Wire, reply: HttpReply, other: Other[HttpReply] | None = None) -> str:
        """The source with the answers that came: statuses, values of shown headers, bodies."""
        lines = parsed.source.split("\n")
        pairs = enumerate(zip(parsed.exchanges, reply.exchanges, strict=False))
        for number, (documented, exchange) in reversed(list(pairs)):
            answer, others = exchange.response, _of_answer(other, number)
            if _differences(documented, answer, others):
                response = documented.response
                lines[response.line : response.end] = [
                    _blessed_status(documented, answer, lines[response.line]),
                    *_blessed_headers(response, answer, others, lines),
                    *_blessed_body(response, answer, others),
                ]
        return "\n".join(lines)

    def fails(self, parsed: Wire, reply: HttpReply, options: Options) -> bool:
        """Whether a request has no response: nothing answers, or what does breaks the rules."""
        return reply.no_app or bool(reply.broken)

    def imports(self, parsed: Wire) -> str:
        """Nothing: what answers is in other fences, or in a snippet."""
        return ""

    def copied(self, source: str) -> str:
        """The fence as it stands."""
        return ""

    def exchanges(self, reply: HttpReply) -> tuple[Exchange, ...]:
        """All of them."""
        return reply.exchanges


_SLUG = "[a-z0-9]+(?:-[a-z0-9]+)*"
HTTP = Http(
    name="http",
    aliases=(),
    options=(
        Option(
            "data-app",
            "app",
            re.compile(rf"{_SLUG}/{_SLUG}"),
            "the id of a snippet",
            'data-app="routing/flask"',
        ),
    ),
    runs_unasked=False,
    output_follows=False,
    how='run it: ```http {.run data-app="CONCEPT/FRAMEWORK"}',
    how_alias="",
    reply=HttpReply,
)


def _of_answer(other: Other[HttpReply] | None, number: int) -> Other[Message] | None:
    """The response in the other run; None where there was none."""
    left = part(other, lambda reply: next(iter(reply.exchanges[number:]), None))
    return part(left, lambda exchange: exchange.response)


def _differences(
    documented: Documented, answer: Message, other: Other[Message] | None
) -> list[Mismatch]:
    mismatches: list[Mismatch] = []
    status, reason = _status(answer)
    if not _same_status(documented, answer):
        expected = f"{documented.status} {documented.reason}".rstrip()
        actual = f"{status} {reason}".rstrip() if documented.reason else str(status)
        line = documented.response.line
        mismatches.append(problems.status_differs(line, expected, actual))
    response, values = documented.response, _values(answer)
    for header, holding in zip(response.headers, _holding(response, answer, other), strict=True):
        if holding is None:
            actuals = values.get(header.name.lower(), [])
            mismatches.append(
                problems.header_differs(header.line, header.name, header.value, actuals)
            )
    mismatch = http_body.match(response.body, answer, other)
    # A body where none is expected is told of at the last line before it.
    return mismatches + moved(mismatch, response.body_line)


def _status(answer: Message) -> tuple[int, str]:
    _, status, *reason = answer.start.split(" ", 2)
    return int(status), plain(" ".join(reason)).replace("\n", " ").strip()


def _same_status(documented: Documented, answer: Message) -> bool:
    status, reason = _status(answer)
    return documented.status == status and documented.reason in ("", reason)


def _values(answer: Message) -> dict[str, list[str]]:
    """The values of each header, by its name in lower case."""
    values: dict[str, list[str]] = {}
    for name, value in answer.headers:
        values.setdefault(name.lower(), []).append(plain(value).replace("\n", "\\n").strip())
    return values


def _holding(response: Part, answer: Message, other: Other[Message] | None) -> list[str | None]:
    """For each shown header the value that came and fits it; None where none does, or where to
    find out would take too long."""
    work, values, others = Work(), _values(answer), part(other, _values)
    shown: dict[str, list[str]] = {}
    for header in response.headers:
        shown.setdefault(header.name.lower(), []).append(header.value)
    holding: dict[tuple[str, str], str] = {}
    for name, expected in shown.items():
        came = values.get(name, [])
        same = kept(expected, came, part(others, _named(name)))
        candidates = Candidates(came, same)
        with contextlib.suppress(TooMuchError):
            for value in expected:
                if (line := candidates.fitting(Line(value, same), work)) is not None:
                    holding[name, value] = line.text
    return [holding.get((header.name.lower(), header.value)) for header in response.headers]


def _named(name: str) -> Callable[[Mapping[str, list[str]]], Sequence[str]]:
    return lambda values: values.get(name, [])


def _blessed_status(documented: Documented, answer: Message, line: str) -> str:
    if _same_status(documented, answer):
        return line
    status, reason = _status(answer)
    shown = f"{status} {reason}" if documented.reason else str(status)
    return f"HTTP/{documented.version} {shown}".rstrip()


def _blessed_headers(
    response: Part, answer: Message, other: Other[Message] | None, lines: list[str]
) -> list[str]:
    """The shown headers: as they are where they hold, else with a value that came and is not shown
    yet; a header that did not come is dropped."""
    values = _values(answer)
    held = _holding(response, answer, other)
    shown: dict[str, set[str]] = {}
    for header, holding in zip(response.headers, held, strict=True):
        if holding is not None:
            shown.setdefault(header.name.lower(), set()).add(holding)
    free = {
        name: iter([value for value in dict.fromkeys(came) if value not in shown.get(name, ())])
        for name, came in values.items()
    }
    blessed = []
    for header, holding in zip(response.headers, held, strict=True):
        if holding is not None:
            blessed.append(lines[header.line])
        elif (value := next(free.get(header.name.lower(), iter(())), None)) is not None:
            blessed.append(f"{header.name}: {value}".rstrip())
    return blessed


def _blessed_body(response: Part, answer: Message, other: Other[Message] | None) -> list[str]:
    """The body with the blank line before it; nothing for an empty one."""
    body = http_body.bless(response.body, answer, other)
    lines = [ANYTHING if starts_request(line) or starts_response(line) else line for line in body]
    return ["", *lines] if lines else []
