"""What a lock pins, read from its text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.utils import canonicalize_name

from fieldguide.environments import pins
from fieldguide.environments.installed import normalise
from fieldguide.environments.pins import Pin

ROOT = Path(__file__).parents[2]
LOCK = """\
# django==1.0
--find-links somewhere
Web.Py==0.62 \\
    --hash=sha256:00
django==5.2.9 ; python_full_version < '3.12' \\
    --hash=sha256:01
django==6.0 ; python_full_version >= '3.12'
psycopg[binary]==3.3.1;sys_platform == 'win32'
sqlalchemy>=2
"""


def test_each_pin_of_a_lock() -> None:
    assert list(pins.read(LOCK)) == [
        Pin("web-py", "0.62", ""),
        Pin("django", "5.2.9", "python_full_version < '3.12'"),
        Pin("django", "6.0", "python_full_version >= '3.12'"),
        Pin("psycopg", "3.3.1", "sys_platform == 'win32'"),
    ]


def test_the_versions_of_one_distribution() -> None:
    assert pins.versions(LOCK, "Django") == ["5.2.9", "6.0"]
    assert pins.versions(LOCK, "web.py") == ["0.62"]
    assert pins.versions(LOCK, "web") == []


def test_the_order_of_releases() -> None:
    assert max(["5.9", "5.10", "5.2.1"], key=pins.order) == "5.10"


def test_every_lock_that_is_here_is_read_whole() -> None:
    for path in (ROOT / "environments").glob("*.txt"):
        lines = path.read_text("utf-8").splitlines()
        pinned = [line for line in lines if line and line[0] not in " #-"]
        assert pinned
        assert len(list(pins.read("\n".join(lines)))) == len(pinned), path.name


@given(st.text("aZ0-_.", min_size=1))
def test_names_are_compared_as_packaging_does(name: str) -> None:
    """`normalise` is our own because importing `packaging.utils` takes longer than finding every
    environment ready."""
    assert normalise(name) == canonicalize_name(name)


def test_a_lock_of_pins_with_hashes_is_fit_in_every_line_end() -> None:
    fit = "# a comment\n\nflask[async]==3.1.3 ; python_version < '3.12' \\\n    --hash=sha256:"
    fit += "0" * 64 + " \\\n    --hash=sha256:" + "1" * 64 + "\n"
    for lock in (fit, fit.replace("\n", "\r\n"), fit.rstrip("\n")):
        assert list(pins.unfit("environments/flask.txt", lock.encode())) == []


@pytest.mark.parametrize(
    "marker",
    [
        "platform_node == 'reviewer'",
        "platform_release >= '6'",
        "'Debian' in platform_version",
        "extra == 'x'",
        "python_version > '3' and platform.node != \"a\"",
    ],
)
def test_a_marker_asks_for_the_kind_of_system_and_not_for_one_machine(marker: str) -> None:
    lock = f"flask==3 ; {marker} \\\n    --hash=sha256:{'0' * 64}\n".encode()
    (problem,) = pins.unfit("environments/flask.txt", lock)
    assert problem.location.line == 1
    kinds = f"flask==3 ; sys_platform == 'platform_node' \\\n    --hash=sha256:{'0' * 64}\n"
    assert list(pins.unfit("environments/flask.txt", kinds.encode())) == []


@pytest.mark.parametrize("char", [" ", "-", "a", "=", "[", ";", "(", " -"])
def test_a_line_of_a_million_characters_is_unfit_at_once(char: str) -> None:
    lock = f"flask==3 ;{char * 1_000_000}\n".encode()
    (problem,) = pins.unfit("environments/flask.txt", lock)
    assert problem.location.line == 1
    assert len(problem.message) < 200
