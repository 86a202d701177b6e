"""Every problem of a transcript, a session or an exchange, in words."""

from __future__ import annotations

from ..model import Mismatch, Raised


def group_without_app() -> Mismatch:
    """An ``http`` fence that nothing answers."""
    return Mismatch(
        -1,
        "the group has no `app`",
        next="bind the application to `app` in a fence of the group before this one, "
        'or name a snippet: data-app="CONCEPT/FRAMEWORK"',
    )


def fence_raises(raised: Raised) -> Mismatch:
    """Code of a guide that raises, or an ``assert`` of it that does not hold."""
    name = raised.names[0]
    if name == "AssertionError":
        text = raised.text.removeprefix(name).removeprefix(": ")
        words = f"the assertion does not hold{f': {text}' if text else ''}"
        return _of(raised, words, "correct the code or the assertion")
    act = f'correct it at this line, or, if that is meant, write data-raises="{name}"'
    return _of(raised, f"it raises {raised.text}", act)


def fence_raises_in_thread(raised: Raised) -> Mismatch:
    return _of(raised, f"a thread of it raises {raised.text}", "correct it at this line")


def fence_does_not_raise(name: str, instead: Raised | None) -> Mismatch:
    """A fence with data-raises that raised something else, or nothing."""
    act = "correct the code, or leave data-raises out"
    if instead is None:
        return Mismatch(-1, f"expected {name}, and it ended without an exception", next=act)
    return _of(instead, f"expected {name}, and it raised {instead.text}", act)


def _of(raised: Raised, words: str, act: str) -> Mismatch:
    line = (raised.line or 1) - 1
    return Mismatch(line, words, next=act, step=raised.step, traceback=raised.traceback)
