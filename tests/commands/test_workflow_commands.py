"""Problems as GitHub's workflow commands."""

from __future__ import annotations

from fieldguide.commands.reports.workflow_commands import workflow_commands
from fieldguide.model import Location, Problem


def test_workflow_commands_are_escaped() -> None:
    wrong = Problem(Location("docs/a,b:c%.md", 41), "100 % wrong:\r\nreally", "put it right")
    warned = Problem(Location("docs/index.md"), "odd", "look", severity="warning")
    assert workflow_commands([wrong, warned]) == [
        "::error file=docs/a%2Cb%3Ac%25.md,line=41::100 %25 wrong: really. Next: put it right.",
        "::warning file=docs/index.md::odd. Next: look.",
    ]
