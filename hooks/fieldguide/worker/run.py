"""One job in this process: load the application, choose its driver, run its checks."""

from __future__ import annotations

import base64
import contextlib
import importlib.util
import inspect
import json
import os
import sys
import traceback
from pathlib import Path
from time import perf_counter
from typing import Any

from . import server
from .asgi import ASGIDriver
from .checks import describe, load_contract, run_checks
from .wsgi import WSGIDriver

MODULE = "app"
"""The name that an entry is imported by, as ``gunicorn app:app`` would."""


class Refused(Exception):  # noqa: N818  # an outcome, not a defect of the worker
    """The application cannot be judged; carries the record's ``error``."""

    def __init__(self, kind: str, message: str, line: int | None = None, **more: Any) -> None:
        super().__init__(message)
        self.record = {"kind": kind, "message": message, "line": line, **more}


def write_files(folder: Path, files: dict[str, str]) -> None:
    """Lay the job's files (base64 by relative path) out in its folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(content))


def run_job(job: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The job's record: ``error`` (None, or why nothing could be checked) and ``checks``.

    The folder holds the job's files and becomes the current directory.
    """
    started = perf_counter()
    record: dict[str, Any] = {"error": None, "checks": [], "driver": None}
    os.chdir(folder)
    try:
        contract = _load_contract(job["contract"])
        if job.get("server"):
            from .sockets import SocketDriver

            driver: Any = SocketDriver(job["server"], folder, job["entry"])
        else:
            driver = choose_driver(load_app(folder, job["entry"]), job["entry"])
        record["driver"] = driver.kind
        try:
            declared = set(job["deviations"])
            record["checks"] = run_checks(contract, job["checks"], driver, folder, declared)
        finally:
            driver.close()
    except Refused as refused:
        record["error"] = refused.record
    record["seconds"] = perf_counter() - started
    return record


def warning(wall_seconds: float) -> float:
    """How many seconds before its time is over a job is asked where it stands."""
    return min(0.5, wall_seconds / 10)


def run_and_report(job: dict[str, Any], folder: Path, channel: int) -> None:
    """Run the job, write its record, end the process: threads it left behind end with it."""
    record = json.dumps(run_job(job, folder)).encode("utf-8")
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):
            stream.flush()
    view = memoryview(record)
    while view:
        view = view[os.write(channel, view) :]
    os._exit(0)


def _load_contract(source: str) -> dict[str, Any]:
    try:
        return load_contract(source)
    except BaseException as error:
        frames = traceback.extract_tb(error.__traceback__)
        line = getattr(error, "lineno", None) or frames[-1].lineno
        raise Refused("contract", describe(error), line) from None


def load_app(folder: Path, entry: str) -> object:
    """Import the entry as the module ``app`` and give what it exports under that name."""
    path = folder / entry
    sys.path.insert(0, str(folder))
    spec = importlib.util.spec_from_file_location(MODULE, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[MODULE] = module
    try:
        spec.loader.exec_module(module)
    except BaseException as error:
        raise _import_failed(error, folder, entry) from None
    try:
        return module.app
    except AttributeError:
        raise Refused("no app", "it exports no `app`", 1, file=entry) from None


def _import_failed(error: BaseException, folder: Path, entry: str) -> Refused:
    """Why the entry could not be imported, at the line of the snippet's own file."""
    prefix = f"{folder}/"
    places = [
        (frame.filename.removeprefix(prefix), frame.lineno)
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.startswith(prefix)
    ]
    file, line = places[-1] if places else (entry, None)
    text = "".join(traceback.format_exception(error)).replace(prefix, "")
    if isinstance(error, SyntaxError) and (error.filename or "").startswith(prefix):
        file, line = str(error.filename).removeprefix(prefix), error.lineno
        return Refused("syntax", f"syntax error: {error.msg}", line, file=file)
    if isinstance(error, ModuleNotFoundError):
        return Refused(
            "import", f"no module named {error.name!r}", line, file=file, name=error.name
        )
    if isinstance(error, SystemExit):
        return Refused("exit", f"it exits ({error.code!r}) while it is imported", line, file=file)
    return Refused("raised", describe(error), line, file=file, traceback=text)


def choose_driver(app: object, entry: str) -> Any:
    """The driver for the application's kind."""
    if own := server.driver_for(app):
        return own(app)
    try:
        if inspect.iscoroutinefunction(app) or inspect.iscoroutinefunction(
            getattr(type(app), "__call__", None)  # noqa: B004  # the function, not whether it is one
        ):
            return ASGIDriver(app)  # type: ignore[arg-type]
    except Exception as error:
        words = describe(error).removeprefix("RuntimeError: ")
        raise Refused("startup", words, 1, file=entry) from None
    if callable(app) and _takes_two(app):
        return WSGIDriver(app)
    kind = f"{type(app).__module__}.{type(app).__qualname__}".removeprefix("builtins.")
    why = "; it cannot be called as app(environ, start_response)" if callable(app) else ""
    raise Refused("unknown app", f"`app` is of an unknown kind: {kind}{why}", file=entry)


def _takes_two(app: Any) -> bool:
    """Whether it can be called as ``app(environ, start_response)``."""
    try:
        inspect.signature(app).bind(None, None)
    except TypeError:
        return False
    except ValueError:  # a callable in C that tells no signature
        return True
    return True
