"""Run a contract's checks against a driver, and say where a failing one comes from."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from .. import wording
from ..drivers.describe import LONG_TEXT, describe
from ..drivers.driver import Answer, Driver, GoneError, LeftOutError
from ..drivers.tracing import Place, likeliest
from ..http.client import Client
from ..http.messages import ProtocolError, Request, Response
from .assertions import compile_contract, hooks

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
    declared: Collection[str],
) -> list[dict[str, Any]]:
    """A record a check, in order.

    Args:
        contract: what `load_contract` gave.
        names: the checks.
        driver: the application's.
        declared: checks whose failure is a declared deviation, and needs no search for its cause.
    """
    records = [_run(contract[name], name, driver) for name in names]
    for record in records:
        failure = record["failure"]
        if failure and record["name"] not in declared:
            # After all the others, so that the second run cannot disturb them.
            failure.update(_cause(contract[record["name"]], record["name"], driver))
    return records


def _run(check: Callable[..., object], name: str, driver: Any) -> dict[str, Any]:
    client = Client(driver)
    outcome, failure, left_out = "passed", None, ""
    try:
        if check(client) is not None:  # a generator, of which nothing has run
            raise TypeError(wording.check_returned())
    except GoneError:
        raise
    except LeftOutError as why:
        outcome, left_out = "skipped", str(why)
    except AssertionError as error:
        outcome, failure = "failed", _failure(error)
    except BaseException as error:  # a check may raise anything, SystemExit too: it is a finding
        outcome, failure = "errored", _failure(error)
    record = {"name": name, "outcome": outcome, "exchanges": client.exchanges, "failure": failure}
    return {**record, "left_out": left_out} if left_out else record


def _failure(error: BaseException) -> dict[str, Any]:
    calls = traceback.extract_tb(error.__traceback__)
    lines = [call.lineno for call in calls if call.filename == CONTRACT]
    return {
        "file": None,
        "line": None,
        "message": describe(error),
        "expected": _text(error, "expected"),
        "actual": _text(error, "actual"),
        "contract_line": lines[-1] if lines else None,
        "traceback": "",
    }


def _text(error: BaseException, name: str) -> str | None:
    """What an assertion of ours carries; other exceptions have such names for something else."""
    value = getattr(error, name, None)
    return value[:LONG_TEXT] if isinstance(value, str) else None


def _cause(check: Callable[..., None], name: str, driver: Driver) -> Place:
    """Where the snippet's own code made a check fail: the check is run again, watched."""
    watched = _Watched(driver)
    _run(check, name, watched)
    return likeliest(watched.places)


class _Watched:
    """A driver that keeps where its answers came from."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver
        self.wait = driver.wait
        self.places: list[Place] = []

    def __call__(self, request: Request) -> Response:
        (answer,) = self.together([request])
        if isinstance(answer, ProtocolError):
            raise answer
        return answer

    def together(self, requests: Sequence[Request]) -> list[Answer]:
        answers, place = self._driver.traced(*requests)
        self.places.append(place)
        return answers
