"""Import an application, and find the driver that can call it."""

from __future__ import annotations

import importlib.util
import inspect
import sys
import traceback
from pathlib import Path
from typing import Any

from .. import wording
from . import tornado
from .asgi import ASGIDriver
from .describe import LONG_TEXT, describe
from .refused import Refused
from .wsgi import WSGIDriver

MODULE = "app"
"""The name that an entry is imported by, as ``gunicorn app:app`` would."""


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
        raise Refused("no app", wording.no_app(), 1, file=entry) from None


def _import_failed(error: BaseException, folder: Path, entry: str) -> Refused:
    """Why the entry could not be imported, at the line of the snippet's own file."""
    prefix = f"{folder}/"
    places = [
        (frame.filename.removeprefix(prefix), frame.lineno)
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.startswith(prefix)
    ]
    file, line = places[-1] if places else (entry, None)
    text = "".join(traceback.format_exception(error)).replace(prefix, "")[:LONG_TEXT]
    if isinstance(error, SyntaxError) and (error.filename or "").startswith(prefix):
        file, line = str(error.filename).removeprefix(prefix), error.lineno
        return Refused("syntax", wording.syntax_error(error.msg), line, file=file)
    if isinstance(error, ModuleNotFoundError):
        return Refused("import", wording.no_module(error.name), line, file=file, name=error.name)
    if isinstance(error, SystemExit):
        return Refused("exit", wording.exits(error.code), line, file=file)
    return Refused("raised", describe(error), line, file=file, traceback=text)


def choose_driver(app: object, entry: str) -> Any:
    """A driver that can call the application: Tornado, ASGI or WSGI. Raises `Refused`."""
    if driver := tornado.driver_for(app):
        return driver(app)
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
    name = f"{type(app).__module__}.{type(app).__qualname__}".removeprefix("builtins.")
    raise Refused("unknown app", wording.unknown_app(name, callable(app)), file=entry)


def _takes_two(app: Any) -> bool:
    """Whether it can be called as ``app(environ, start_response)``."""
    try:
        inspect.signature(app).bind(None, None)
    except TypeError:
        return False
    except ValueError:  # a callable in C that tells no signature
        return True
    return True
