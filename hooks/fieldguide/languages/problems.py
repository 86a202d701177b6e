"""Why a fence that ran does not hold: every sentence about what a step did, answered or raised."""

from __future__ import annotations

from ..model import Mismatch, Raised
from .comparing.problems import quoted

_UNASKED = "SyntaxError: 'await' outside"
_AWAIT = "write data-async into the braces, so that await may stand outside of functions"

# Python


def fence_raises(raised: Raised) -> Mismatch:
    """Code of a guide that raises, or an ``assert`` of it that does not hold."""
    name = raised.names[0]
    if name == "AssertionError":
        text = raised.text.removeprefix(name).removeprefix(": ")
        words = f"the assertion does not hold{f': {text}' if text else ''}"
        return _of(raised, words, "correct the code or the assertion")
    if raised.text.startswith(_UNASKED):
        return _of(raised, f"it raises {raised.text}", _AWAIT)
    act = f'correct it at this line, or, if that is meant, write data-raises="{name}"'
    if name == "ModuleNotFoundError":
        act = (
            'name the framework whose environment holds it, as in data-env="flask"; a fence '
            "that names none has the standard library alone"
        )
    return _of(raised, f"it raises {raised.text}", act)


def fence_raises_in_thread(raised: Raised) -> Mismatch:
    return _of(raised, f"a thread of it raises {raised.text}", "correct it at this line")


def fence_does_not_raise(name: str, instead: Raised | None) -> Mismatch:
    """A fence with data-raises that raised another exception, or none."""
    act = "correct the code, or leave data-raises out"
    if instead is None:
        return Mismatch(-1, f"expected {name}, and it ended without an exception", next=act)
    return _of(instead, f"expected {name}, and it raised {instead.text}", act)


def _of(raised: Raised, words: str, act: str) -> Mismatch:
    line = (raised.line or 1) - 1
    return Mismatch(line, words, next=act, step=raised.step, traceback=raised.traceback)


# ``pycon``


def example_did_not_run(line: int, source: str) -> Mismatch:
    return Mismatch(line, f"{quoted(_first(source))} did not run: the session had ended")


def example_did_not_raise(line: int, expected: str, output: str) -> Mismatch:
    """``expected`` is how the traceback would end, ``output`` what was printed instead."""
    expected = expected.rstrip("\n")
    shown = quoted(output.rstrip("\n")) if output else "nothing"
    words = f"expected {quoted(_first(expected))} to be raised, got {shown}"
    return Mismatch(line, words, expected, output)


def example_raises(line: int, expected: str, raised: str) -> Mismatch:
    """``expected`` is the output that would have come; empty for none."""
    words = f"expected {quoted(_first(expected) or None)}, got {quoted(_first(raised))} raised"
    act = _AWAIT if raised.startswith(_UNASKED) else ""
    return Mismatch(line, words, expected or None, raised.rstrip("\n"), act)


def _first(text: str) -> str:
    return text.partition("\n")[0]


# ``console``


def command_did_not_run(line: int, command: str) -> Mismatch:
    return Mismatch(line, f"{quoted(command)} did not run: the shell had ended")


def command_exits_otherwise(
    line: int, command: str, expected: int, actual: int, last_line: str | None
) -> Mismatch:
    """``last_line`` is the last that it printed."""
    words = f"expected {quoted(command)} to exit with {expected}, got {actual}"
    if last_line is not None:
        words += f"; the last that it printed: {quoted(last_line)}"
    return Mismatch(line, words, str(expected), str(actual))


def command_serves(line: int, command: str) -> Mismatch:
    """A server in the foreground: nothing after it would ever run."""
    return Mismatch(
        line,
        f"{quoted(command)} serves, and does not end by itself",
        next="write & after it to go on while it serves, or ^C in a line below what it prints",
    )


def port_taken(line: int, command: str, owner: str) -> Mismatch:
    """``owner`` says which port it is, and who holds it."""
    return Mismatch(
        line,
        f"{quoted(command)} found its port taken: {owner}",
        next="end what holds it, or use another port",
    )


def under_another_shell(message: str, shell: str) -> str:
    """The reader's shell is bash, and this machine has none."""
    return f"{message} (it ran under {shell}, as this machine has no bash)"


# ``http``


def group_without_app() -> Mismatch:
    """An ``http`` fence that nothing answers."""
    return Mismatch(
        -1,
        "the group has no `app`",
        next="bind the application to `app` in a fence of the group before this one, "
        'or name a snippet: data-app="CONCEPT/FRAMEWORK"',
    )


def request_without_answer(line: int, reason: str | None) -> Mismatch:
    """``reason`` is the worker's; None where it stopped before this request."""
    words = reason or "the requests had ended before this one"
    return Mismatch(line, words.replace("\n", " "))


def status_differs(line: int, expected: str, actual: str) -> Mismatch:
    """Both with their phrases, where the fence shows one."""
    words = f"expected the status {expected}, got {actual}"
    return Mismatch(line, words, expected, actual)


def header_differs(line: int, name: str, expected: str, actuals: list[str]) -> Mismatch:
    """``actuals`` are the values of all headers of that name."""
    shown = ", ".join(map(quoted, actuals)) if actuals else "no such header"
    words = f"expected {name}: {quoted(expected)}, got {shown}"
    return Mismatch(line, words, expected, ", ".join(actuals) if actuals else None)


def body_is_binary(line: int, expected: str, size: int) -> Mismatch:
    words = f"the body is binary ({size} bytes), which only ... can stand for"
    return Mismatch(line, words, expected, None)


def body_unexpected(actual: list[str]) -> Mismatch:
    """A body where the fence shows none: at the line before."""
    return Mismatch(-1, f"expected no body, got {quoted(actual[0])}", "", "\n".join(actual))


def body_too_long(line: int, size: int) -> Mismatch:
    words = f"the body is too long to compare ({size} bytes); end it with a line ..."
    return Mismatch(line, words)


def body_missing(expected: str) -> Mismatch:
    """No body where the fence shows one; ``expected`` is its first line."""
    return Mismatch(0, f"expected {quoted(expected)}, got no body", expected, None)


# The engine's own languages


def language_without_step(name: str) -> str:
    return (
        f'the language "{name}" has no step in the worker. '
        f'Next: add "{name}" to STEPS in worker/fences/steps.py'
    )


def option_without_field(key: str, language: str, field: str) -> str:
    return (
        f'{key} of "{language}" sets the field {field}, which model.Options does not have. '
        "Next: add it there"
    )


def name_taken(name: str, language: str, owner: str) -> str:
    return (
        f'"{name}" of the language "{language}" is taken by "{owner}" already. '
        "Next: give it another name"
    )


def no_table_of_steps() -> str:
    return "the worker has no table STEPS. Next: write one in worker/fences/steps.py"
