"""What a check's client talks to: an application here, or one in another process."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Iterator, Sequence
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


class LeftOutError(Exception):
    """A check asks for what cannot be had here, in a sentence for the reader."""


class Driver(Protocol):
    """Answers requests."""

    def __call__(self, request: Request) -> Response:
        """The application's response; raises `ProtocolError`."""

    def together(self, requests: Sequence[Request]) -> list[Answer]:
        """The answers to requests that are under way at once."""

    def wait(self, seconds: float) -> None:
        """Let time pass for the application."""

    def traced(self, *requests: Request) -> tuple[list[Answer], Place]:
        """The same again, and the snippet's line behind it; several requests are sent together."""

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

    def together(self, requests: Sequence[Request]) -> list[Answer]:
        """The answers to requests that are under way at once."""
        try:
            answers: list[Answer] = self._driver.together(requests)
        except BaseException as error:  # as of one request
            traceback.print_exc()
            return [ProtocolError(wording.no_answer(describe(error)))] * len(requests)
        return answers

    def wait(self, seconds: float) -> None:
        """Let time pass for the application, whatever it raises by then."""
        try:
            self._driver.wait(seconds)
        except BaseException:
            traceback.print_exc()

    def traced(self, *requests: Request) -> tuple[list[Answer], Place]:
        """The responses or what was wrong with them, and where they came from."""
        if len(requests) == 1:
            return traced(lambda: [answered(self._driver, requests[0])], self._folder)
        return traced(lambda: self.together(requests), self._folder)

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
    except LeftOutError:
        raise
    except BaseException as error:  # SystemExit too: a server's worker would end
        traceback.print_exc()
        return ProtocolError(wording.no_answer(describe(error)))


def in_threads(driver: Callable[[Request], Response], requests: Sequence[Request]) -> list[Answer]:
    """The answers to requests that are under way at once, each in a thread of its own."""
    from threading import Thread  # here, as a browser runs this file too

    answers: dict[int, Answer] = {}

    def ask(number: int, request: Request) -> None:
        answers[number] = answered(driver, request)

    threads = [Thread(target=ask, args=asked) for asked in enumerate(requests)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answers[number] for number in range(len(requests))]


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
        (answer,) = self.together([request])
        if isinstance(answer, ProtocolError):
            raise answer
        return answer

    def together(self, requests: Sequence[Request]) -> list[Answer]:
        """The answers to requests that are under way at once at the other end."""
        return self._answers(requests, self._request(requests, trace=False))

    def wait(self, seconds: float) -> None:
        """Let time pass at the other end."""
        self._ask({"wait": seconds})

    def traced(self, *requests: Request) -> tuple[list[Answer], Place]:
        """The responses or what was wrong, and where the other end says they came from."""
        frame = self._request(requests, trace=True)
        return self._answers(requests, frame), _harmless(frame.get("place"), _PLACE)

    def close(self) -> None:
        """Nothing to do: the other end shuts down when the stream ends."""

    def _request(self, requests: Sequence[Request], trace: bool) -> dict[str, Any]:
        return self._ask({"requests": [frames.request(one) for one in requests], "trace": trace})

    def _ask(self, frame: dict[str, Any]) -> dict[str, Any]:
        id = os.urandom(8).hex()
        with self._waiting():
            frames.send(self._channel, {"id": id, **frame})
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

    def _answers(self, requests: Sequence[Request], frame: dict[str, Any]) -> list[Answer]:
        answers = frame.get("answers")
        if not isinstance(answers, list) or len(answers) != len(requests):
            raise GoneError(wording.no_response(wording.other_count(len(requests))))
        return [self._answer(one, answer) for one, answer in zip(requests, answers, strict=True)]

    def _answer(self, request: Request, frame: Any) -> Answer:
        """What the other end answers, held to HTTP's rules here: there, they can be left out."""
        try:
            if isinstance(broken := frame.get("broken"), str):
                return ProtocolError(broken[:MESSAGE])
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
