"""The environment variables of a contract and of an application that share a process."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from ..drivers.driver import Answer, Driver
from ..drivers.tracing import Place
from ..http.messages import Request, Response

_MENTIONS = re.compile("environ|getenv|putenv|unsetenv")


def mentioned(source: str) -> bool:
    """Whether a contract can see or set variables: one that cannot needs none of its own."""
    return _MENTIONS.search(source) is not None


class Variables:
    """The variables of the side that does not run now, which has those of the start."""

    def __init__(self) -> None:
        self._kept = dict(os.environ)

    @contextmanager
    def in_force(self) -> Iterator[None]:
        """The other side runs, with its own."""
        others = dict(os.environ)
        _set(self._kept)
        try:
            yield
        finally:
            self._kept = dict(os.environ)
            _set(others)


def _set(values: Mapping[str, str]) -> None:
    for name in os.environ.keys() - values.keys():
        del os.environ[name]
    for name, value in values.items():
        if os.environ.get(name) != value:
            os.environ[name] = value


class Apart:
    """A driver whose application has variables of its own, as where it has its own process."""

    def __init__(self, driver: Driver, variables: Variables) -> None:
        self._driver, self._variables = driver, variables

    def __call__(self, request: Request) -> Response:
        with self._variables.in_force():
            return self._driver(request)

    def together(self, requests: Sequence[Request]) -> list[Answer]:
        """The answers to requests that are under way at once."""
        with self._variables.in_force():
            return self._driver.together(requests)

    def wait(self, seconds: float) -> None:
        """Let time pass for the application."""
        with self._variables.in_force():
            self._driver.wait(seconds)

    def traced(self, *requests: Request) -> tuple[list[Answer], Place]:
        """The answers, and the snippet's line behind them."""
        with self._variables.in_force():
            return self._driver.traced(*requests)

    def close(self) -> None:
        """Shut the application down."""
        with self._variables.in_force():
            self._driver.close()
