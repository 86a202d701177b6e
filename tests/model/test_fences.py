"""Records of fences."""

from __future__ import annotations

import pytest

from fieldguide.model import Raised


def test_an_exception_has_a_name() -> None:
    assert Raised(("ValueError", "builtins.ValueError"), "ValueError").line is None
    with pytest.raises(ValueError, match="without a name"):
        Raised((), "ValueError")
