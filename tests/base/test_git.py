"""What git tracks below a folder, and when it cannot say."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from checkout import add, checkout, forge, git

from fieldguide.base.git import Listing, tracked


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of two files."""
    (tmp_path / "project/docs").mkdir(parents=True)
    (tmp_path / "project/pyproject.toml").touch()
    (tmp_path / "project/docs/zo\u00eb.md").touch()
    return tmp_path / "project"


def test_a_copy_without_git_is_no_checkout(project: Path) -> None:
    assert tracked(project) == Listing(None)


def test_a_checkout_says_what_it_tracks_and_in_which_mode(project: Path) -> None:
    checkout(project)
    (project / "new.md").touch()
    forge(project, "120000", "docs/link")
    forge(project, "160000", "docs/module")
    forge(project, "100644", "docs/a\nb\x1b[31m")
    assert tracked(project).modes == {
        "pyproject.toml": "100644",
        "docs/zo\u00eb.md": "100644",
        "docs/link": "120000",
        "docs/module": "160000",
        "docs/a\nb\x1b[31m": "100644",
    }


def test_names_that_are_not_utf8_are_told(project: Path) -> None:
    checkout(project)
    name = os.fsdecode(b"docs/\xff.md")
    git(project, "update-index", "--add", "--cacheinfo", b"100644," + b"0" * 39 + b"1,docs/\xff.md")
    assert tracked(project).modes is not None
    assert name in (tracked(project).modes or {})


def test_a_folder_below_the_top_of_a_checkout_has_its_own_paths(project: Path) -> None:
    checkout(project.parent)
    assert set(tracked(project).modes or {}) == {"pyproject.toml", "docs/zo\u00eb.md"}


def test_a_folder_that_the_checkout_around_it_does_not_track_is_none(project: Path) -> None:
    (project.parent / "README.md").touch()
    git(project.parent, "init", "--quiet")
    add(project.parent, "README.md")
    assert tracked(project) == Listing(None)


def test_a_hook_of_git_leads_to_no_other_repository(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkout(project)
    monkeypatch.setenv("GIT_DIR", str(project.parent / "elsewhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(project.parent / "index"))
    assert set(tracked(project).modes or {}) == {"pyproject.toml", "docs/zo\u00eb.md"}


def test_no_program_of_the_repositorys_configuration_is_started(project: Path) -> None:
    checkout(project)
    ran = project.parent / "ran"
    git(project, "config", "core.fsmonitor", f"touch {ran}; true")
    assert tracked(project).modes
    assert not ran.exists()


def test_without_git_it_says_why_it_cannot_say(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkout(project)
    monkeypatch.setenv("PATH", str(project))
    assert tracked(project) == Listing(None, "git cannot be started: No such file or directory")


def test_a_broken_repository_says_why_it_cannot_say(project: Path) -> None:
    checkout(project)
    (project / ".git/index").write_bytes(b"nonsense")
    listing = tracked(project)
    assert listing.modes is None
    assert "index" in listing.silent
    assert not listing.silent.startswith("fatal")


def test_somebody_elses_checkout_answers_too(project: Path) -> None:
    """As in a container, where the files belong to whoever started it."""
    checkout(project)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        for path in (project, project / ".git"):
            os.chown(path, 65534, 65534)
    else:
        (project / ".git/config").chmod(0o444)  # nobody else's, but no more than read
    assert tracked(project).modes
