"""Lines of a snippet, and those by hand."""

from __future__ import annotations

import pytest
from counted_files import BOTTLE, FALCON, TEMPLATE, TORNADO

from fieldguide.project.record import Project
from fieldguide.showing.compare import line_counts
from fieldguide.showing.compare.line_counts import Lines


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("app.py", BOTTLE, Lines(11, 5)),
        ("views/hello.tpl", TEMPLATE, Lines(3, 1)),
        ("app.py", TORNADO, Lines(5)),
        ("app.py", FALCON.replace("\n", "\r\n"), Lines(7)),
        ("app.py", "x = (\n", Lines(1)),
        ("app.py", "", Lines()),
        ("templates/hello.html", "$# why\n$def with (name)\n$name\n", Lines(2)),
        ("templates/mail.txt", "Hello\n", Lines(1)),
        ("static/robots.txt", "User-agent: *\n", Lines()),
        ("static/site.css", "a {}\n", Lines()),
    ],
)
def test_lines_of_a_file(path: str, text: str, expected: Lines) -> None:
    assert line_counts.lines({path: text.encode()}) == expected


def test_every_snippet_of_the_project_has_lines(collected: Project) -> None:
    for snippet in collected.snippets.values():
        counted = line_counts.lines(snippet.files)
        assert 0 <= counted.by_hand < counted.all, snippet.id
