"""The shelf: the lists of a project, held against what the project itself says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from reading_lists import lay_out

from fieldguide.project.collect import collect
from fieldguide.reading import shelf


def test_a_project_without_reading_lists_has_no_problem(project: Path) -> None:
    lists = shelf.read(collect(project))
    assert (lists.problems, lists.catalogue.resources) == ((), {})


def test_the_day_decides_what_is_old(project: Path) -> None:
    lay_out(project)
    now, later = (
        shelf.read(collect(project), today=date(year, 1, 1)).problems for year in (2026, 2099)
    )
    assert {problem.severity for problem in now} == {"warning"}
    assert any("from 2025 is called" in problem.message for problem in later)


def test_a_title_is_held_against_the_newest_version_that_is_locked(project: Path) -> None:
    """Without a lock nobody knows which version is old."""
    path = lay_out(project) / "docs/reading/resources.yml"
    path.write_text(path.read_text("utf-8").replace("Greeting people", "Flask 2", 1), "utf-8")
    lock = project / "environments/flask.txt"
    lock.write_text("flask==2.3 ; python_version < '3.12'\nflask==10.1\n", "utf-8")

    def older() -> list[str]:
        problems = shelf.read(collect(project), today=date(2026, 1, 1)).problems
        return [problem.message for problem in problems if "this is about" in problem.message]

    assert older() == ["this is about Flask 2, and the site verifies Flask 10.1"]
    lock.unlink()
    assert older() == []


def test_a_concept_that_no_guide_shows_is_no_problem_of_the_lists(project: Path) -> None:
    """It has one of its own; the lists name it rightly, and so do the paths."""
    lay_out(project)
    right = shelf.read(collect(project), today=date(2026, 1, 1)).problems
    guide = project / "docs/concepts/greeting.md"
    text = guide.read_text("utf-8").replace("::: snippets greeting", "::: snippets greting")
    guide.write_text(text, "utf-8")
    wrong = shelf.read(collect(project), today=date(2026, 1, 1)).problems
    assert set(wrong) <= set(right)


def test_a_concept_has_the_title_of_its_guide(project: Path) -> None:
    guide = project / "docs/concepts/greeting.md"
    text = guide.read_text("utf-8").replace("# Greeting", "# Saying hello", 1)
    guide.write_text(text, "utf-8")
    assert shelf.titles(collect(project)) == {"greeting": "Saying hello"}
