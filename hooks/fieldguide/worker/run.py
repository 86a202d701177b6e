"""One job: the application's side, the judge's side, or both in this process."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from . import wording
from .contract.checks import CONTRACT, load_contract, run_checks
from .contract.sides import Apart, Variables, mentioned
from .drivers.describe import describe
from .drivers.driver import Answer, Driver, GoneError, Local, Remote, answered
from .drivers.refused import Refused
from .http import frames
from .http.messages import ProtocolError
from .streams import flush

_dumps = json.dumps  # held before a snippet runs, which may break the module's


def write_files(folder: Path, files: dict[str, str]) -> None:
    """Lay the job's files (base64 by relative path) out in its folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(content))


def run_job(job: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Both sides in this process, or the steps of a group: the job's record.

    The folder holds the job's files and becomes the current directory.
    """
    if job["role"] == "group":
        from .fences.group import run_group

        return run_group(job, folder)
    os.chdir(folder)

    def driver() -> Driver:
        if job.get("server"):
            from .drivers.sockets import SocketDriver

            return SocketDriver(job["server"], folder, job["entry"])
        from .drivers.load import choose_driver, load_app

        return Local(choose_driver(load_app(folder, job["entry"]), job["entry"]), folder)

    return _judged(job, driver)


def judge(job: dict[str, Any], channel: int, waits: memoryview) -> dict[str, Any]:
    """The judge's side: the record of an application that answers at the end of the channel.

    ``waits`` is as of `Remote`.
    """

    def driver() -> Driver:
        remote = Remote(channel, waits)
        if remote.error is not None:
            raise Refused.of(remote.error)
        return remote

    return _judged(job, driver)


def answer(job: dict[str, Any], folder: Path, channel: int) -> None:
    """The application's side: load it, answer every request of the channel, shut it down."""
    from .drivers.load import choose_driver, load_app  # here, as a judge has no use for any of it

    os.chdir(folder)
    try:
        driver = choose_driver(load_app(folder, job["entry"]), job["entry"])
    except Refused as refused:
        with contextlib.suppress(OSError):
            frames.send(channel, {"error": refused.record})
        return
    local = Local(driver, folder)
    # A judge that is stopped leaves half a frame, or nobody to answer: no fault of this side.
    with contextlib.suppress(OSError, ValueError):
        frames.send(channel, {"error": None})
        while (frame := frames.receive(channel)) is not None:
            try:
                frames.send(channel, {**_reply(local, frame), "id": frame["id"]})
            except ValueError as error:
                broken = wording.unsendable_answer(error)
                broken_answers = [{"broken": broken}] * len(frame.get("requests", ()))
                frames.send(channel, {"answers": broken_answers, "place": {}, "id": frame["id"]})
    local.close()


def _reply(driver: Local, frame: dict[str, Any]) -> dict[str, Any]:
    """The frame that answers one of the judge's."""
    if "wait" in frame:
        driver.wait(frame["wait"])
        return {}
    requests = [frames.to_request(parts) for parts in frame["requests"]]
    place: dict[str, Any] = {}
    if frame["trace"]:
        answers, place = driver.traced(*requests)
    elif len(requests) == 1:
        answers = [answered(driver, requests[0])]
    else:
        answers = driver.together(requests)
    return {"answers": [_told(answer) for answer in answers], "place": place}


def _told(answer: Answer) -> dict[str, Any]:
    """An answer as the frame has it."""
    if isinstance(answer, ProtocolError):
        return {"broken": describe(answer)}
    try:
        return {"response": frames.response(answer)}
    except ValueError as error:
        return {"broken": wording.unsendable_answer(error)}


def _judged(job: dict[str, Any], start: Callable[[], Driver]) -> dict[str, Any]:
    """The record: ``error`` (None, or why nothing could be checked) and ``checks``."""
    record: dict[str, Any] = {"error": None, "checks": []}
    try:
        applications = Variables()
        contract = _load_contract(job["contract"])
        if mentioned(job["contract"]):
            with applications.in_force():
                driver: Driver = Apart(start(), applications)
        else:
            driver = start()
        try:
            declared = set(job["deviations"])
            record["checks"] = run_checks(contract, job["checks"], driver, declared)
        finally:
            driver.close()
    except Refused as refused:
        record["error"] = refused.record
    except GoneError as gone:
        record["error"] = {"kind": "gone", "message": str(gone), "ended": gone.ended}
    return record


def report(record: dict[str, Any], channel: int) -> None:
    """Write the record to its own descriptor."""
    flush()
    view = memoryview(_dumps(record).encode("utf-8"))
    while view:
        view = view[os.write(channel, view) :]


def _load_contract(source: str) -> dict[str, Any]:
    try:
        return load_contract(source)
    except BaseException as error:
        calls = traceback.extract_tb(error.__traceback__)
        own = [call.lineno for call in calls if call.filename == CONTRACT]
        line = getattr(error, "lineno", None) or (own[-1] if own else None)
        raise Refused("contract", describe(error), line) from None
