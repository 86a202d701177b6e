"""Accepting answers: what a lock still names is kept beside what is new."""

from __future__ import annotations

import json

from probed import answered, probe
from samples import FLASK

from fieldguide.results.answers.acceptance import accepted


def test_accepting_keeps_what_another_python_pins() -> None:
    """Another Python may have another version; neither run forgets what the other accepted."""
    known = {"flask": {"2.0": {"head": "1"}, "3.0": {"head": "2"}}}
    lock = "flask==3.0 ; python_version < '3.13'\nflask==3.1.3\n"
    text = accepted([FLASK], [probe()], {"probes/flask": answered()}, known, {"flask": lock})
    assert json.loads(text) == {"flask": {"3.0": {"head": "2"}, "3.1.3": {"head": "405"}}}


def test_a_framework_that_was_not_asked_keeps_its_answers() -> None:
    known = {"flask": {"2.0": {"head": "1"}, "3.0": {"head": "2"}}}
    text = accepted([FLASK], [probe()], {}, known, {"flask": "flask==3.1.3\n"})
    assert json.loads(text) == known


def test_what_is_asked_no_longer_has_no_answer() -> None:
    """And a version without any answer is not in the file."""
    known = {"flask": {"2.0": {"head": "1"}, "3.0": {"head": "2"}, "3.1": {"head": "3"}}}
    lock = {"flask": "flask==3.0 ; python_version < '3.12'\nflask==3.2 \\\n"}
    result = answered(version="3.2", name="form")
    text = accepted([FLASK], [probe()], {"probes/flask": result}, known, lock)
    assert json.loads(text) == {"flask": {"3.0": {"head": "2"}}}
