"""The version of a framework among those of distributions."""

from __future__ import annotations

from dataclasses import replace

import pytest
from samples import FLASK

from fieldguide.environments.versions import version


@pytest.mark.parametrize(
    ("distribution", "name"),
    [("flask", "flask"), ("Flask", "flask"), ("web.py", "web-py"), ("a_b", "A.B")],
)
def test_names_are_compared_as_package_indexes_do(distribution: str, name: str) -> None:
    framework = replace(FLASK, distribution=distribution)
    assert version(framework, {"python": "3.13.0", name: "1.2"}) == "1.2"


def test_a_framework_that_is_not_there_has_none() -> None:
    assert version(FLASK, {"flask-wtf": "1.2"}) == ""
