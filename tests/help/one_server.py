"""A server of a client's requests that answers what a test says."""

from __future__ import annotations

from typing import Any

from fieldguide.worker.http.client import Client
from fieldguide.worker.http.messages import Headers, Request, Response

Fields = list[tuple[str, str]]


class Server:
    """Answers with what it is told, and keeps the requests."""

    def __init__(self, *answers: tuple[int, Fields] | Response) -> None:
        self.answers = list(answers)
        self.seen: list[Request] = []

    def __call__(self, request: Request) -> Response:
        self.seen.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return (
            answer
            if isinstance(answer, Response)
            else Response(answer[0], "", Headers(answer[1]), b"")
        )


def sent(method: str = "get", target: str = "/", **options: Any) -> Request:
    """The request that a call makes."""
    server = Server((200, []))
    getattr(Client(server), method)(target, **options)
    return server.seen[0]


def answer(body: bytes = b"", *fields: tuple[str, str]) -> Response:
    return Client(Server(Response(200, "OK", Headers(fields), body))).get("/")
