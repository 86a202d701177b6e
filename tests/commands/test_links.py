"""`fieldguide links`: what its options ask for, how it ends, and its progress."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import Any

import pytest
from cli import run
from reading_lists import BASE

from fieldguide.base.writing.changes import Change
from fieldguide.commands.progress.links import LinkProgress
from fieldguide.links import check, rewrite
from fieldguide.links.model import Answer, Target, Verdict
from fieldguide.links.options import ARCHIVE, LinkOptions
from fieldguide.model import Location
from fieldguide.project.record import Project

PLACE = (Location("docs/index.md", 1),)
ALIVE = Verdict(Target("https://example.org/a"), Answer("https://example.org/a", 200), "alive")
GONE = Verdict(
    Target("https://example.org/b", places=PLACE),
    Answer("https://example.org/b", 404),
    "missing",
    ("404:\x1b[31m",),
)


class Looking:
    """Stands in for the checker, so that nobody is asked: it judges as it is told."""

    verdicts: tuple[Verdict, ...] = (ALIVE,)
    selection: tuple[str, ...] = ()
    options = LinkOptions()

    def look(
        self, project: Project, selection: tuple[str, ...], options: LinkOptions, **hears: Any
    ) -> check.Looked:
        self.selection, self.options = selection, options
        for verdict in self.verdicts:
            hears["on_verdict"](verdict, len(self.verdicts))
        return check.Looked(self.verdicts, {}, {})


@pytest.fixture
def looking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Looking:
    """The checker of the base project, which is the current directory."""
    monkeypatch.chdir(shutil.copytree(BASE, tmp_path / "project"))
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    checker = Looking()
    monkeypatch.setattr(check, "look", checker.look)
    return checker


def test_without_an_option_links_are_looked_at_as_by_default(looking: Looking) -> None:
    done = run("links")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "1 link: 1 alive\n", "")
    assert (looking.selection, looking.options) == ((), LinkOptions(archive=ARCHIVE))


def test_options_and_the_selection_are_handed_on(looking: Looking) -> None:
    run("links", "--again", "--accept", "--no-archive", "--allow", "a:1", "--allow", "b:2", "pages")
    assert looking.selection == ("pages",)
    assert looking.options == LinkOptions(
        again=True, accept=True, allowed=("a:1", "b:2"), archive=None
    )


def test_what_is_amiss_is_told_and_decides_the_status(looking: Looking) -> None:
    """Nothing of what a host answers reaches the terminal as it is."""
    looking.verdicts = (GONE, ALIVE)
    done = run("links")
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        r"docs/index.md:1: missing: https://example.org/b: 404:\x1b[31m. "
        "Next: correct the address.",
        "2 links: 1 missing, 1 alive",
    ]


@pytest.mark.parametrize(
    ("arguments", "content"), [((), "old\n"), (("--fix",), "old\n"), (("--fix", "--yes"), "new\n")]
)
def test_only_fix_writes_and_only_what_was_agreed_to(
    looking: Looking, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], content: str
) -> None:
    Path("docs/moved.md").write_text("old\n", "utf-8")
    moved = [Change("docs/moved.md", b"old\n", b"new\n")]
    monkeypatch.setattr(rewrite, "changes", lambda root, verdicts: moved)
    done = run("links", *arguments, answer="n\n")
    assert ("-old\n+new\n" in done.stdout) is ("--fix" in arguments)
    assert Path("docs/moved.md").read_text("utf-8") == content


def test_what_is_wrong_with_the_project_stops_it(looking: Looking) -> None:
    Path("pyproject.toml").write_text("[", "utf-8")
    done = run("links")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("pyproject.toml:1: ")


# Progress


class Terminal(io.StringIO):
    """A stream that says that somebody looks at it."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_keeps_a_line_a_finding() -> None:
    stream = Terminal()
    with LinkProgress(stream) as progress:
        progress.judged(ALIVE, 2)
        progress.judged(GONE, 2)
    assert "missing  https://example.org/b" in stream.getvalue()
    assert "alive" not in stream.getvalue()


def test_elsewhere_nothing_is_shown() -> None:
    stream = io.StringIO()
    with LinkProgress(stream) as progress:
        progress.judged(GONE, 1)
    assert stream.getvalue() == ""
