"""Two JSON documents compared by value."""

from __future__ import annotations

import json
from typing import Any

from http_replies import JSON
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldguide.languages.comparing import json_difference


@settings(deadline=None)
@given(JSON, JSON)
def test_a_merged_value_holds(expected: Any, actual: Any) -> None:
    assert json_difference.difference(json_difference.merged(expected, actual), actual) is None
    assert json_difference.difference(actual, actual) is None


def _places(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    if not isinstance(value, dict | list):
        return [path]
    items = value.items() if isinstance(value, dict) else enumerate(value)
    return [path, *(place for key, inner in items for place in _places(inner, (*path, key)))]


@settings(deadline=None)
@given(JSON, st.data())
def test_every_value_is_found_at_its_line(value: Any, data: st.DataObject) -> None:
    """In an indented document each value stands on a line of its own, in the order of a walk."""
    text = json.dumps(value, indent=2)
    path = data.draw(st.sampled_from(_places(value)))
    closing = [
        i for i, line in enumerate(text.split("\n")) if line.strip() in ("]", "],", "}", "},")
    ]
    opening = [i for i in range(text.count("\n") + 1) if i not in closing]
    assert json_difference.line_of(text, path) == opening[_places(value).index(path)]
