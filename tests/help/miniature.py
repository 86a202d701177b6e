"""Miniature projects that run in the real project's environments, made once."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from fieldguide.environments import prepare
from fieldguide.model import Exchange, Message, Report, Result

ROOT = Path(__file__).parents[2]
SNIPPETS = ROOT / "snippets"
FRAMEWORKS = ("django", "flask", "bottle", "pyramid", "falcon", "webpy", "tornado")

WSGI = """\
def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "2")])
    return [b"ok"]
"""
"""An application that answers everything."""

OK = '''\
def test_it_answers(client):
    """It answers 200."""
    assert client.get("/").status == 200
'''
"""A contract that it keeps."""

SERVERS_OWN = {"date", "server", "connection", "transfer-encoding"}
"""Header fields that a server adds or takes away."""

_NEW = re.compile(
    r"""nonce[-=]["']?[\w+/-]+=*
    | (?<![\w+/=.%~|-]) (?=[\w+/=.%~|-]*\d) [\w+/=.%~|-]{16,}
    | \bdur=[\d.]+""",
    re.VERBOSE,
)
"""What two runs have each for itself: ids, tokens, signatures, nonces, digests, and times."""
_COOKIE = re.compile(r"(?<==)[^;]*")
_CHOSEN = {
    *("date", "etag", "last-modified", "expires"),
    *("if-none-match", "if-modified-since", "if-range", "if-unmodified-since"),
}
"""Header fields that say when, or are worked out from what is new."""


def alike(message: Message) -> Message:
    """A message without what no two runs have in common."""
    body = message.body if message.binary else _NEW.sub("0", message.body)
    changed = body != message.body
    fields = []
    for name, value in message.headers:
        if name.lower() in _CHOSEN or (changed and name.lower() == "content-length"):
            continue
        if name.lower() in ("cookie", "set-cookie"):
            pairs = value.split("; ") if name.lower() == "cookie" else [value.partition(";")[0]]
            value = "; ".join(sorted(_COOKIE.sub("", pair) for pair in pairs))
        fields.append((name, _NEW.sub("0", value)))
    return replace(
        message,
        start=_NEW.sub("0", message.start),
        headers=tuple(fields),
        body=body,
        size=0 if changed else message.size,
    )


"""What a page makes anew for each response, in its policy and on its script."""


def miniature(
    root: Path,
    frameworks: Iterable[str],
    files: Mapping[str, str | bytes],
    *,
    preload: bool = True,
) -> Path:
    """A project under ``root`` with those files in its ``snippets/``. Where its applications import
    next to nothing, warm processes need not either: that takes longer than all that they run."""
    for name in frameworks:
        prepare.prepare(ROOT, name)
    (root / ".fieldguide").mkdir(parents=True)
    (root / prepare.FOLDER).symlink_to(ROOT / prepare.FOLDER)
    settings = (ROOT / "pyproject.toml").read_text("utf-8")
    if not preload:
        settings = re.sub("(?m)^preload = .*", "preload = []", settings)
    (root / "pyproject.toml").write_text(settings, "utf-8")
    (root / "docs").mkdir()
    (root / "environments").mkdir()
    for name in frameworks:
        shutil.copy(ROOT / "environments" / f"{name}.txt", root / "environments")
    for path, content in files.items():
        place = root / "snippets" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return root


def files_of(folder: Path) -> dict[str, bytes]:
    """A folder's files by their path in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


_CHEAP = {
    b"time_cost=2, memory_cost=19 * 1024": b"time_cost=1, memory_cost=8",
    b"generate_password_hash(password)": b'generate_password_hash(password, "pbkdf2:sha256:1")',
}


def cheap(code: bytes) -> bytes:
    """An application that hashes passwords at no cost: no contract sees what a hash costs, and many
    copies would spend minutes on nothing else."""
    for dear, little in _CHEAP.items():
        code = code.replace(dear, little)
    return code


def by_id(report: Report) -> dict[str, Result]:
    return {result.id: result for result in report.results}


def seen(exchange: Exchange, beside: Exchange | None = None) -> dict[str, Any]:
    """A response without what is the server's to choose."""
    response = alike(exchange.response)
    fields = [(n.lower(), v) for n, v in response.headers if n.lower() not in SERVERS_OWN]
    if beside is not None and "content-length" not in names(alike(beside.response)):
        fields = [field for field in fields if field[0] != "content-length"]
    status = response.start.split()[1]
    if status == "500":  # every server words its own
        return {"status": status}
    unlike = {"content-length"} if status == "204" else set()  # it has none, or it is 0
    fields = [(name, value) for name, value in fields if name not in unlike]
    typed = response.body and ("content-type", "application/json") in fields
    body = json.loads(response.body) if typed else None
    if isinstance(body, dict) and isinstance(body.get("fields"), list):
        body["fields"] = sorted([name.lower(), value] for name, value in body["fields"])
    return {
        "status": status,
        "fields": sorted(fields),
        "body": body or (response.body, response.binary, response.size),
    }


def names(message: Message) -> set[str]:
    return {name.lower() for name, _ in message.headers}


def gone(process: int) -> bool:
    """Whether a process that was killed has ended; it may take the system a moment."""
    deadline = monotonic() + 600
    while monotonic() < deadline:
        try:
            os.kill(process, 0)
            state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":  # dead, and whoever adopted it has not noticed yet
            return True
        sleep(0.02)
    return False
