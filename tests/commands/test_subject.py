"""What a result is a result of."""

from __future__ import annotations

import pytest
from samples import result

from fieldguide.commands.reports.subject import Subject, subject
from fieldguide.model import Location


@pytest.mark.parametrize(
    ("id", "path", "expected"),
    [
        ("routing/flask", "snippets/routing/flask/app.py", Subject.SNIPPET),
        ("probes/flask", "snippets/probes/flask/app.py", Subject.SNIPPET),  # a concept's name
        ("probes/flask", "probes/flask/app.py", Subject.PROBES),
        ("concepts/routing#one", "docs/concepts/routing.md", Subject.FENCES),
        ("probes/a#one", "probes/a.md", Subject.FENCES),
    ],
)
def test_a_result_is_told_by_its_id_and_its_place(id: str, path: str, expected: Subject) -> None:
    assert subject(result(id=id, location=Location(path, 1))) is expected
