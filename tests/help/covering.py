"""What is covered of the engine: measured in the processes that run tests, while quick ones run.

Nothing is measured in what these processes start, nor by tests that take long: what the quick ones
cover, `make test` would find out.

Where its variable is set, as `make test-all` does, coverage begins with the interpreter: pytest
loads a part of the engine before any plugin could begin.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from coverage import Coverage

VARIABLE = "COVERAGE_PROCESS_START"
LONG = ("docs/", "snippets/", "tests/browser/", "tests/whole/")
"""Where all tests are long, or verify the real project."""


def begun() -> bool:
    """Whether this process is measured; whatever it starts from now on is not.

    The hundreds of Pythons that tests start would be slower, and are not the engine's own process.
    """
    return os.environ.pop(VARIABLE, None) is not None


def quick(item: pytest.Item) -> bool:
    """Whether `make test` runs it too."""
    path = item.nodeid.partition("::")[0]
    return not path.startswith(LONG) and item.get_closest_marker("whole") is None


class Kept:
    """Measures while quick tests run, and writes what is covered as soon as all tests have run.

    Else the end of the interpreter does, which a process of xdist may not live to see.
    """

    def __init__(self) -> None:
        self._measured = _current()  # which is nobody's once it rests
        self._measures = True

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """A test comes: the measuring goes on or rests."""
        if self._measures is not quick(item):
            self._measures = not self._measures
            (self._measured.start if self._measures else self._measured.stop)()
        return (yield)

    def pytest_sessionfinish(self) -> None:
        """All fixtures are torn down, and xdist has not yet been told."""
        if self._measures:
            self._measured.stop()
        self._measured.save()


def _current() -> Coverage:
    """What began with the interpreter."""
    from coverage import Coverage

    measured = Coverage.current()
    assert measured is not None
    return measured
