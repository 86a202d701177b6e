"""The steps of a group of fences: one function a language, under the name that fences have."""

from __future__ import annotations

import base64
import contextlib
import importlib
import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from .. import wording
from ..drivers.describe import MESSAGE
from ..drivers.refused import Refused
from ..http.client import Client
from ..http.messages import ProtocolError
from ..streams import flush
from .examples import run_examples
from .raised import last_lines

if TYPE_CHECKING:
    from .group import Group

Reply = dict[str, Any]


def write(group: Group, step: Reply) -> Reply:
    """A fence that is a file of the group's folder. Raises `Refused`."""
    path = group.folder / step["path"]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(step["content"]))
    except OSError as error:
        raise Refused("file", wording.file_unwritten(step["path"], error)) from None
    importlib.invalidate_caches()  # else a module written in the same tick is not found
    return {}


def python(group: Group, step: Reply) -> Reply:
    """Code, run in ``__main__``; where it raises unasked, it is the group's last step."""
    reply: Reply = {"raised": None, "threads": group.hear_threads()}
    try:
        group.script.run(group.index, step["source"], step["async"])
    except BaseException as error:  # SystemExit and KeyboardInterrupt too: the step ends there
        group.leave_if_forked(error)
        reply["raised"] = group.raised(error)
        group.over = not step["raises"]
        if step["raises"]:
            flush()
            with contextlib.suppress(OSError):
                os.write(1, f"{last_lines(error)}\n".encode("utf-8", "backslashreplace"))
    return reply


def pycon(group: Group, step: Reply) -> Reply:
    """Examples of an interactive session, in the namespace that the code before has filled."""
    threads = group.hear_threads()
    replies = run_examples(
        step["examples"],
        group.names(len(step["examples"])).__getitem__,
        group.script.space,
        group.raised,
        group.limits["output_bytes"],
        group.screen(),
        group.script.run_awaiting if step["async"] else None,
    )
    return {"got": replies, "threads": threads}


def console(group: Group, step: Reply) -> Reply:
    """Commands, in the shell of the group; one that would never end is the last."""
    shell, replies = group.shell(), list[Reply]()
    for number, command in enumerate(step["commands"]):
        replies.append(shell.run(command, number in step["interrupted"]))
        if replies[-1]["serves"]:
            shell.close()
            break
    return {"commands": replies, "shell": shell.name}


def http(group: Group, step: Reply) -> Reply:
    """Requests to the snippet's application, or to the one that the group's own code has made."""
    reply: Reply = {"exchanges": [], "broken": None, "no_app": False}
    try:
        driver = group.driver(step["snippet"])
    except Refused as refused:
        if step["snippet"]:
            raise
        return {**reply, "broken": str(refused)[:MESSAGE]}
    if driver is None:
        return {**reply, "no_app": True}
    client = Client(driver)
    reply["exchanges"] = client.exchanges
    try:
        for request in step["exchanges"]:
            fields = [(name, value) for name, value in request["headers"]]
            body = base64.b64decode(request["body"])
            client.request(request["method"], request["target"], headers=fields, body=body)
    except (ProtocolError, ValueError) as error:
        reply["broken"] = str(error)[:MESSAGE]
    return reply


STEPS: Mapping[str, Callable[[Group, Reply], Reply]] = {
    "file": write,
    "python": python,
    "pycon": pycon,
    "console": console,
    "http": http,
}
"""By the ``kind`` of a step. The engine reads these names from this file before it runs anything,
and refuses a language without a step."""
