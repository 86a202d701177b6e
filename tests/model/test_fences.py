"""Records of fences."""

from __future__ import annotations

import pytest

from fieldguide.base.json_records import from_json
from fieldguide.model import Raised


def test_an_exception_has_a_name() -> None:
    assert Raised(("ValueError", "builtins.ValueError"), "ValueError").line is None
    nameless: list[dict[str, object]] = [{"names": []}, {}]
    for named in nameless:
        with pytest.raises((TypeError, ValueError), match="names"):
            from_json(Raised, {"text": "ValueError", **named})
