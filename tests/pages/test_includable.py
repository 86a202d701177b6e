"""What a page may include, with git and without."""

from __future__ import annotations

from pathlib import Path

import pytest
from checkout import add, checkout, git

from fieldguide.model import Location
from fieldguide.pages.includable import Includable

FILES = (
    *("pyproject.toml", "GUIDE.md", "notes.txt", ".env", ".github/ci.yml", "hooks/a.py"),
    *("snippets/routing/flask/app.py", "docs/a.svg", "probes/flask/app.py", "docs/.drafts/a.md"),
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of files of every kind."""
    for name in FILES:
        path = tmp_path / "project" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    (tmp_path / "outside.py").touch()
    return tmp_path / "project"


def allowed(root: Path) -> set[str]:
    rule = Includable(root)
    return {name for name in FILES if rule.find(name)}


PUBLISHED = {"snippets/routing/flask/app.py", "docs/a.svg", "probes/flask/app.py"}


def test_a_checkout_shows_what_it_tracks_and_nothing_behind_a_dot(project: Path) -> None:
    checkout(project)
    assert allowed(project) == {
        *PUBLISHED,
        "pyproject.toml",
        "GUIDE.md",
        "notes.txt",
        "hooks/a.py",
    }


def test_a_copy_shows_what_is_published_anyway(project: Path) -> None:
    assert allowed(project) == {*PUBLISHED, "pyproject.toml", "GUIDE.md"}


def test_what_a_checkout_does_not_track_is_not_shown(project: Path) -> None:
    checkout(project)
    (project / ".gitignore").write_text("*.key\n")
    (project / "docs/new.md").touch()
    (project / "snippets/private.key").touch()
    rule = Includable(project)
    for name in ("docs/new.md", "private.key", "snippets/private.key", ".git/config"):
        assert rule.find(name) is None
    (refused,) = rule.refused("docs/new.md", Location("docs/a.md", 3))
    assert refused.location == Location("docs/a.md", 3)
    assert refused.next == "if everybody may read it: git add docs/new.md"
    add(project, "docs/new.md")
    assert Includable(project).find("docs/new.md") == project / "docs/new.md"


@pytest.mark.parametrize("tracks", [True, False])
def test_links_and_ways_out_show_nothing(project: Path, tracks: bool) -> None:
    (project / "docs/out.py").symlink_to("../../outside.py")
    (project / "docs/in.py").symlink_to("../.env")
    (project / "docs/folder").symlink_to("../hooks")
    if tracks:
        checkout(project)
    rule = Includable(project)
    for name in (
        *("docs/out.py", "docs/in.py", "docs/folder/a.py", "../outside.py", "docs/../.env"),
        *("docs", "", "\0", "x" * 5000, str(project.parent / "outside.py")),
    ):
        assert rule.find(name) is None, name
        assert len(list(rule.refused(name, Location("docs/a.md", 3)))) == 1, name
    assert rule.find("docs/../GUIDE.md") is not None


def test_a_link_that_is_tracked_as_a_file_is_still_a_link(project: Path) -> None:
    checkout(project)
    (project / "docs/a.svg").unlink()
    (project / "docs/a.svg").symlink_to("../.env")
    assert git(project, "ls-files", "docs/a.svg")
    assert Includable(project).find("docs/a.svg") is None
