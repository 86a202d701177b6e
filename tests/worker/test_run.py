"""One job: its files, and the record that a judge leaves."""

from __future__ import annotations

import base64
import json
import os
import socket
from pathlib import Path
from typing import Any

import pytest

from fieldguide.worker.http import frames
from fieldguide.worker.run import judge, report, write_files

CONTRACT = "def test_it(client):\n    assert client.get('/').status == 200\n"


def judged(contract: str, *spoken: dict[str, Any]) -> dict[str, Any]:
    """The record of a contract, where the application says only this and ends."""
    near, far = socket.socketpair()
    with near, far:
        for frame in spoken:
            frames.send(far.fileno(), frame)
        far.shutdown(socket.SHUT_WR)
        job = {"contract": contract, "checks": ["test_it"], "deviations": []}
        return judge(job, near.fileno(), memoryview(bytearray(1)))


def test_a_refusal_is_the_record() -> None:
    refusal = {"kind": "no app", "message": "it exports no `app`", "line": 1}
    assert judged(CONTRACT, {"error": refusal}) == {"error": refusal, "checks": []}


@pytest.mark.parametrize(
    ("contract", "message", "line"),
    [
        ("\nraise KeyError(1)\n", "KeyError: 1", 2),
        ("x = 1\nx =\n", "SyntaxError: invalid syntax (contract.py, line 2)", 2),
    ],
)
def test_a_contract_that_cannot_be_loaded(contract: str, message: str, line: int) -> None:
    record = judged(contract, {"error": None})
    assert record["error"] == {"kind": "contract", "message": message, "line": line}
    assert record["checks"] == []


@pytest.mark.parametrize("spoken", [[], [{"error": None}]])
def test_an_application_that_ends_is_gone(spoken: list[dict[str, Any]]) -> None:
    error = judged(CONTRACT, *spoken)["error"]
    assert error == {"kind": "gone", "message": "its process ended", "ended": True}


def test_an_answer_that_was_not_asked_for_is_no_answer() -> None:
    early = {"id": "guessed", "response": [200, "OK", [], ""]}
    error = judged(CONTRACT, {"error": None}, early)["error"]
    assert (error["kind"], error["ended"]) == ("gone", False)


def test_files_are_laid_out_with_their_folders(tmp_path: Path) -> None:
    content = bytes(range(256))
    write_files(tmp_path, {"a/b/c.bin": base64.b64encode(content).decode("ascii"), "d": ""})
    assert (tmp_path / "a" / "b" / "c.bin").read_bytes() == content
    assert (tmp_path / "d").read_bytes() == b""


def test_a_record_of_any_length_is_written_whole() -> None:
    record = {"checks": ["ë" * 10_000]}
    out, into = os.pipe()
    report(record, into)
    os.close(into)
    with open(out, "rb") as file:
        assert json.load(file) == record
