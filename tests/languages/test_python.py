"""``python`` fences: code that ends as its info string says."""

from __future__ import annotations

import pytest

from fieldguide.languages.python import PYTHON, PythonReply
from fieldguide.model import Options, Raised

RAISED = Raised(("LookupError", "shop.LookupError", "Exception"), "LookupError: no tea", 3, 1, "T")
THREAD = Raised(("OSError",), "OSError: full")


def messages(raised: Raised | None, raises: str = "", *threads: Raised) -> list[tuple[int, str]]:
    reply = PythonReply(raised, threads)
    options = Options(raises=raises)
    mismatches = PYTHON.compare("code", reply, options)
    assert PYTHON.fails("code", reply, options) == bool(mismatches)
    return [(mismatch.line, mismatch.message) for mismatch in mismatches]


@pytest.mark.parametrize("name", RAISED.names)
def test_what_ends_as_it_is_meant_to_holds(name: str) -> None:
    assert messages(None) == []
    assert messages(RAISED, name) == []


@pytest.mark.parametrize(
    ("raised", "raises", "message"),
    [
        (RAISED, "", (2, "it raises LookupError: no tea")),
        (RAISED, "KeyError", (2, "expected KeyError, and it raised LookupError: no tea")),
        (None, "KeyError", (-1, "expected KeyError, and it ended without an exception")),
        (Raised(("AssertionError",), "AssertionError"), "", (0, "the assertion does not hold")),
        (
            Raised(("AssertionError",), "AssertionError: 1 != 2"),
            "",
            (0, "the assertion does not hold: 1 != 2"),
        ),
    ],
)
def test_what_ends_otherwise_is_one_mismatch(
    raised: Raised | None, raises: str, message: tuple[int, str]
) -> None:
    assert messages(raised, raises, THREAD) == [message]


def test_a_thread_that_raises_is_a_mismatch_where_the_code_itself_holds() -> None:
    assert messages(None, "", THREAD, THREAD) == [(0, "a thread of it raises OSError: full")]
    assert messages(RAISED, "LookupError", THREAD) == [(0, "a thread of it raises OSError: full")]


def test_a_mismatch_names_the_step_that_has_its_line() -> None:
    (mismatch,) = PYTHON.compare("code", PythonReply(RAISED, ()), Options())
    assert (mismatch.step, mismatch.traceback) == (1, "T")
    assert mismatch.next.endswith('data-raises="LookupError"')


def test_code_is_sent_as_it_stands_and_never_blessed() -> None:
    options = Options(raises="KeyError", asynchronous=True)
    step = {"source": "await f()", "raises": "KeyError", "async": True}
    assert PYTHON.step(PYTHON.parse("await f()"), options) == step
    assert PYTHON.bless("x", PythonReply(RAISED, ())) == PYTHON.imports("x") == "x"
    assert PYTHON.exchanges(PythonReply(None, ())) == ()


@pytest.mark.parametrize(
    "step", [None, {}, {"raised": {"names": []}, "threads": []}, {"raised": 1}]
)
def test_a_reply_that_is_damaged_is_refused(step: object) -> None:
    with pytest.raises((TypeError, ValueError, KeyError)):
        PYTHON.read(step)
