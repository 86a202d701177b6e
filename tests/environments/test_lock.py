"""Locks, resolved by uv from tiny groups, without a network."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldguide.base.problems import ProblemError, line
from fieldguide.environments import lock
from fieldguide.environments.prepare import prepare


def test_locking_resolves_one_group_alone_and_keeps_what_is_pinned(root: Path) -> None:
    lines: list[str] = []
    before = (root / "environments/other.txt").read_text()
    lock.lock(root, ["other"], say=lines.append)
    assert (root / "environments/other.txt").read_text() == before
    lock.lock(root, ["other"], upgrade=True, say=lines.append)
    assert (root / "environments/other.txt").read_text().startswith("dotted==3.0 \\\n    --hash=")
    assert lines == [
        "environments/other.txt: as before",
        "environments/other.txt: dotted 2.0 to 3.0",
    ]
    assert sorted(path.name for path in (root / "environments").iterdir()) == [
        "other.txt",
        "small.txt",
    ]
    assert [d.version for d in prepare(root, "other").distributions] == ["3.0"]


def test_locking_all_reports_every_problem_and_writes_the_rest(root: Path) -> None:
    lines: list[str] = []
    (root / "environments/small.txt").unlink()
    with pytest.raises(ProblemError) as raised:
        lock.lock(root, say=lines.append)
    assert [line(problem) for problem in raised.value.problems] == [
        'pyproject.toml: the framework "bare" has no dependency group. '
        'Next: write bare = ["..."] under [dependency-groups], then: fieldguide lock bare.'
    ]
    assert lines == [
        "environments/small.txt: dotted 3.0 added, small-thing 1.0 added",
        "environments/other.txt: as before",
        "environments/site.txt: dotted 3.0 added",
    ]


def test_locking_something_unknown(root: Path) -> None:
    with pytest.raises(ProblemError, match=r'no environment is named "sit".*did you mean "site"'):
        lock.lock(root, ["sit"])


def test_a_group_without_a_solution(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = root / "pyproject.toml"
    project.write_text(project.read_text().replace("dotted>=1", "dotted>=9"))
    monkeypatch.delenv("UV_OFFLINE")
    monkeypatch.setenv("UV_DEFAULT_INDEX", root.as_uri())
    before = (root / "environments/small.txt").read_bytes()
    with pytest.raises(ProblemError) as raised:
        lock.lock(root, ["small"])
    [problem] = raised.value.problems
    assert problem.message.startswith('the group "small" cannot be resolved ("No solution found')
    assert (root / "environments/small.txt").read_bytes() == before


def test_a_lock_never_holds_an_address(root: Path, tmp_path: Path) -> None:
    address = (tmp_path / "wheels/dotted-3.0-py3-none-any.whl").as_uri()
    project = root / "pyproject.toml"
    project.write_text(project.read_text().replace('"dotted>=1"', f'"dotted @ {address}"'))
    before = (root / "environments/small.txt").read_bytes()
    with pytest.raises(ProblemError, match="the lock of small would hold an address"):
        lock.lock(root, ["small"])
    assert (root / "environments/small.txt").read_bytes() == before
