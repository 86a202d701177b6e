"""The server that links are measured against, and the entries that are linted."""

from __future__ import annotations

import http.client
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

import bench.reading
from bench.reading import entries, linting

ROOT = Path(__file__).parents[2]


def test_no_two_entries_are_alike() -> None:
    read = yaml.safe_load(entries(4, ["flask", "django"], "routing"))
    assert [entry["id"] for entry in read] == [f"entry-{number}" for number in range(4)]
    assert len({entry["url"] for entry in read}) == 4
    assert [entry["frameworks"] for entry in read] == [["flask"], ["django"]] * 2


def test_the_entries_break_no_rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench.reading, "ENTRIES", 56)  # eight for each framework
    (line,) = linting(ROOT, tmp_path)
    assert line.startswith("56 entries of the reading lists linted in ")
    assert line.endswith(" CPU, 0 problems")


def test_the_server_says_its_port_and_how_busy_it_was() -> None:
    command = [sys.executable, bench.reading.__file__, "0"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        port = int(server.stdout.readline())
        statuses = []
        for path in ("/page/1", "/robots.txt"):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
            connection.request("GET", path)
            response = connection.getresponse()
            statuses.append((response.status, bool(response.read())))
            connection.close()
        output, _ = server.communicate(timeout=600)
    assert statuses == [(200, True), (404, False)]
    assert output == "1\n"
