"""What a check's client talks to: an application here, or one in another process."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from .. import wording
from ..http import frames
from ..http.messages import ProtocolError, Request, Response, respond
from .describe import MESSAGE, describe
from .refused import cut
from .tracing import Place, traced

Answer = Response | ProtocolError


class GoneError(Exception):
    """The application's process ended, which ``ended`` says, or does not speak as agreed."""

    def __init__(self, message: str, ended: bool = False) -> None:
        super().__init__(message)
        self.ended = ended


class Driver(Protocol):
    """Answers requests."""

    def __call__(self, request: Request) -> Response:
        """The application's response; raises `ProtocolError`."""

    def traced(self, request: Request) -> tuple[Answer, Place]:
        """The same again, and the snippet's line behind it."""

    def close(self) -> None:
        """Shut the application down."""


class Local:
    """An application in this process."""

    def __init__(self, driver: Any, folder: Path) -> None:
        self._driver, self._folder = driver, folder

    def __call__(self, request: Request) -> Response:
        answer = answered(self._driver, request)
        if isinstance(answer, ProtocolError):
            raise answer
        return answer

    def traced(self, request: Request) -> tuple[Answer, Place]:
        """The response or what was wrong with it, and where it came from."""
        return traced(lambda: answered(self._driver, request), self._folder)

    def close(self) -> None:
        """Shut the application down. What it raises by then takes nothing from what was found."""
        try:
            self._driver.close()
        except BaseException:  # SystemExit too
            traceback.print_exc()


def answered(driver: Callable[[Request], Response], request: Request) -> Answer:
    """The response, or what was wrong with it."""
    try:
        return driver(request)
    except ProtocolError as error:
        return error
    except BaseException as error:  # SystemExit too: a server's worker would end
        traceback.print_exc()
        return ProtocolError(wording.no_answer(describe(error)))


class Remote:
    """An application at the other end of a stream; this end believes nothing but responses.

    Raises `GoneError` where the other end ends, or sends anything but a response.

    Args:
        channel: the stream.
        waits: one byte, which is 1 while this end waits for the other: so whoever ends it knows
            which of the two held things up.
    """

    def __init__(self, channel: int, waits: memoryview) -> None:
        self._channel, self._waits = channel, waits
        error = self._receive().get("error")
        self.error = None if error is None else _refusal(error)
        """Why the application cannot be judged, as a record tells it; None where it can."""

    def __call__(self, request: Request) -> Response:
        answer = self._answer(request, self._ask(request, trace=False))
        if isinstance(answer, ProtocolError):
            raise answer
        return answer

    def traced(self, request: Request) -> tuple[Answer, Place]:
        """The response or what was wrong with it, and where the other end says it came from."""
        frame = self._ask(request, trace=True)
        return self._answer(request, frame), _harmless(frame.get("place"), _PLACE)

    def close(self) -> None:
        """Nothing to do: the other end shuts down when the stream ends."""

    def _ask(self, request: Request, trace: bool) -> dict[str, Any]:
        id = os.urandom(8).hex()
        frame = {"id": id, "request": frames.request(request), "trace": trace}
        with self._waiting():
            frames.send(self._channel, frame)
        answer = self._receive()
        if answer.get("id") != id:
            raise GoneError(wording.spoke_early())
        return answer

    def _receive(self) -> dict[str, Any]:
        try:
            with self._waiting():
                frame = frames.receive(self._channel)
        except (OSError, ValueError) as error:
            raise GoneError(wording.no_response(error)) from None
        if frame is None:
            raise GoneError(wording.ended(), ended=True)
        return frame

    @contextmanager
    def _waiting(self) -> Iterator[None]:
        self._waits[0] = 1
        try:
            yield
        finally:
            self._waits[0] = 0

    def _answer(self, request: Request, frame: dict[str, Any]) -> Answer:
        """What the other end answers, held to HTTP's rules here: there, they can be left out."""
        if isinstance(broken := frame.get("broken"), str):
            return ProtocolError(broken[:MESSAGE])
        try:
            status, reason, fields, body = frame["response"]
            pairs = [(name, value) for name, value in fields]
            content = body.encode("latin-1")
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise GoneError(wording.no_response(describe(error))) from None
        try:
            return respond(request, status, reason, pairs, content)
        except ProtocolError as error:
            return error


_LINES = 1_000_000
"""No file has more."""
_PLACE: dict[str, type] = {"file": str, "line": int, "traceback": str}
_REFUSAL: dict[str, type] = {**_PLACE, "kind": str, "message": str, "name": str}
_REASONS = ("import", "no app", "unknown app", "syntax", "exit", "raised", "startup")
"""What an application may say of itself; that it is gone, or the contract wrong, is ours to say."""


def _refusal(record: object) -> dict[str, Any]:
    """Why an application cannot be judged, as it tells itself."""
    refusal = {"message": wording.no_refusal(), **_harmless(record, _REFUSAL)}
    return refusal if refusal.get("kind") in _REASONS else {**refusal, "kind": "startup"}


def _harmless(record: object, fields: dict[str, type]) -> dict[str, Any]:
    """The fields of another process's record that can harm nobody: short texts and numbers."""
    items = record.items() if isinstance(record, dict) else ()
    plain: dict[str, Any] = {
        key: value for key, value in items if key in fields and type(value) is fields[key]
    }
    if not 0 < plain.get("line", 1) <= _LINES:
        del plain["line"]
    return cut(plain)
