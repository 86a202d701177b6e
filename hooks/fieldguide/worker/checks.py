"""Run a contract's checks against a driver, and say where a failing one comes from."""

from __future__ import annotations

import functools
import sys
import traceback
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from types import FrameType
from typing import Any

from .assertions import CheckFailed, compile_contract, hooks, show
from .client import Client
from .messages import Request, Response

Driver = Callable[[Request], Response]
CONTRACT = "contract.py"


def load_contract(source: str) -> dict[str, Any]:
    """The contract's globals, its test functions among them."""
    space: dict[str, Any] = {"__name__": "contract", "__file__": CONTRACT, **hooks()}
    exec(compile_contract(source, CONTRACT), space)
    return space


def run_checks(
    contract: dict[str, Any],
    names: Iterable[str],
    driver: Driver,
    folder: Path,
    declared: Collection[str],
) -> list[dict[str, Any]]:
    """A record a check, in order.

    Args:
        contract: what `load_contract` gave.
        names: the checks.
        driver: the application's.
        folder: the snippet's; failures are traced to its files.
        declared: checks whose failure is a declared deviation, and needs no search for its cause.
    """
    records = [_run(contract[name], name, driver) for name in names]
    for record in records:
        failure = record["failure"]
        if failure and record["name"] not in declared:
            # A second run, after all the others so that it cannot disturb them, watched line by
            # line: slow, but only for what fails.
            check = functools.partial(_run, contract[record["name"]], record["name"], driver)
            failure.update(_trace(check, folder))
    return records


def _run(check: Callable[..., None], name: str, driver: Driver) -> dict[str, Any]:
    client = Client(driver)
    outcome, failure = "passed", None
    try:
        check(client)
    except AssertionError as error:
        outcome, failure = "failed", _failure(error)
    except BaseException as error:  # a check may raise anything, SystemExit too: it is a finding
        outcome, failure = "errored", _failure(error)
    return {"name": name, "outcome": outcome, "exchanges": client.exchanges, "failure": failure}


def _failure(error: BaseException) -> dict[str, Any]:
    lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == CONTRACT]
    message = describe(error)
    return {
        "file": None,
        "line": None,
        "message": message,
        "expected": getattr(error, "expected", None),
        "actual": getattr(error, "actual", None),
        "contract_line": lines[-1] if lines else None,
        "traceback": "",
    }


def describe(error: BaseException) -> str:
    """The exception in one line, with its type unless it is an assertion of ours."""
    try:
        text = str(error)
    except Exception as inner:
        text = f"<its message raises {type(inner).__name__}>"
    text = " ".join(text.split())[:1000]
    if isinstance(error, AssertionError) and text:
        return text
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _trace(work: Callable[[], Any], folder: Path) -> dict[str, Any]:
    """Where the snippet's own code raised while ``work`` ran, or which function it ran last."""
    import threading  # here, as a browser runs this file too

    prefix = f"{folder}/"
    raised: list[tuple[str, int, str]] = []
    called: list[tuple[str, int]] = []

    def watch(frame: FrameType, event: str, argument: Any) -> Any:
        name = frame.f_code.co_filename
        if event == "call":
            if not name.startswith(prefix) or not name.endswith(".py"):
                return None
            called.append((name.removeprefix(prefix), frame.f_code.co_firstlineno))
        elif event == "exception" and not isinstance(argument[1], StopIteration | GeneratorExit):
            raised.append((name.removeprefix(prefix), frame.f_lineno, describe(argument[1])))
        return watch

    before = sys.gettrace()
    threading.settrace(watch)
    sys.settrace(watch)
    try:
        work()
    finally:
        sys.settrace(before)
        threading.settrace(before)
    if raised:
        file, line, message = raised[0]
        return {"file": file, "line": line, "traceback": f"{file}:{line} raised {message}"}
    if called:
        return {"file": called[-1][0], "line": called[-1][1]}
    return {}


__all__ = ["CheckFailed", "describe", "load_contract", "run_checks", "show"]
