"""Hosts of this machine, and a project whose lists name their addresses."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from link_lists import Lists
from playing_server import Host
from reading_lists import BASE

from fieldguide.links.web import crawl
from fieldguide.links.web.reader import Reader


class _StandingReader(Reader):
    """One process reads for the runs of many tests: to start it costs more than all it reads."""

    def close(self) -> None:
        """It reads on, for the next run; ``end`` ends it."""

    def end(self) -> None:
        super().close()


@pytest.fixture(scope="session")
def standing_reader() -> Iterator[_StandingReader]:
    made = _StandingReader()
    yield made
    made.end()


@pytest.fixture(autouse=True)
def _one_reader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of all runs but those that show what a run does with a reader of its own."""
    if request.path.name not in ("test_check.py", "test_hostile.py"):
        standing = request.getfixturevalue("standing_reader")
        monkeypatch.setattr(crawl, "Reader", lambda: standing)


@pytest.fixture(autouse=True)
def _no_other_loop() -> Iterator[None]:
    """The browser of other tests leaves its loop running in this thread."""
    running = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(running)


@pytest.fixture
def host() -> Iterator[Host]:
    with Host() as made:
        yield made
        made.shutdown()


@pytest.fixture
def second() -> Iterator[Host]:
    with Host(2) as made:
        yield made
        made.shutdown()


@pytest.fixture
def lists(tmp_path: Path, host: Host, second: Host) -> Lists:
    """A project of which nothing can be run."""
    return Lists(Path(shutil.copytree(BASE, tmp_path / "project")), host, second)
