"""What our own code raises while an environment is made is a problem of its lock."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldguide.base.problems import ProblemError, line
from fieldguide.environments import prepare as preparing


@pytest.mark.parametrize("seam", ["_requested", "_direct", "_turn", "_sweep", "_make", "bare"])
def test_what_our_own_code_raises_is_its_problem(
    root: Path, monkeypatch: pytest.MonkeyPatch, seam: str
) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise ZeroDivisionError("injected")

    monkeypatch.setattr(preparing, seam, breaks)
    name = "python" if seam == "bare" else "small"
    with pytest.raises(ProblemError) as raised:
        preparing.named(root, name)
    (problem,) = raised.value.problems
    place = "environments" if seam == "bare" else "environments/small.txt"
    assert problem.location.path == place
    assert "the engine itself broke: ZeroDivisionError: injected" in line(problem)
