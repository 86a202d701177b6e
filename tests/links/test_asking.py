"""How asking ends: no network is no verdict, and an end in the middle keeps what was found."""

from __future__ import annotations

import functools
import os
import signal
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path
from time import sleep, time

import pytest
from click.testing import CliRunner
from link_lists import TEXT, Lists
from playing_server import Host, Request

from fieldguide.base.problems import ProblemError
from fieldguide.commands.cli.main import main
from fieldguide.links import wording
from fieldguide.links.web import fetch

NOBODY = "http://127.0.0.9:9"


@pytest.fixture
def offline(lists: Lists) -> Lists:
    """Lists of hosts of which none answers."""
    lists.allowed.append("127.0.0.9:9")
    return lists.write(a="https://nobody.invalid/a", b=f"{NOBODY}/b", c=f"{NOBODY}/c")


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }


def test_without_a_network_nothing_is_judged_and_nothing_written(offline: Lists) -> None:
    before = files(offline.root)
    command = ["--root", str(offline.root), "links", "--allow", "127.0.0.9:9"]
    said = CliRunner().invoke(main, command)
    assert said.exit_code == 2
    assert said.output == (
        "links: no host answers, of 3 links: nothing is judged, and nothing was written "
        "(no connection can be made; nobody.invalid has no address). "
        "Next: run it again on a machine with a network.\n"
    )
    assert files(offline.root) == before


def test_without_a_network_earlier_days_stay_as_they_are(
    lists: Lists, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    lists.write(a=host.plays_page("/a", "A", TEXT)).look()
    before = files(lists.root)
    host.plays |= {path: lambda request: request.reset() for path in ("/a", "/robots.txt")}
    monkeypatch.setattr(fetch, "RETRIES", 0)
    with pytest.raises(ProblemError, match="no host answers"):
        lists.look(day=date(2026, 11, 27))
    assert files(lists.root) == before


def test_one_host_that_answers_is_a_network(offline: Lists, second: Host) -> None:
    offline.write(a=f"{NOBODY}/a", b=second.plays_page("/b", "B", TEXT))
    outcomes = {one.target.resources[0]: one.outcome for one in offline.look().verdicts}
    assert outcomes == {"a": "failed", "b": "alive"}
    assert offline.seen()["a"]["strikes"] == "1"


def test_for_a_single_link_another_host_of_the_lists_is_the_witness(
    offline: Lists, second: Host
) -> None:
    offline.write(a=f"{NOBODY}/a", b=second.plays_page("/b", "B", TEXT))
    (one,) = offline.look("a").verdicts
    assert one.outcome == "failed"
    assert [path for _, path, _ in second.asked] == ["/robots.txt"]


def test_what_was_silent_when_the_network_went_away_is_not_judged(
    lists: Lists, host: Host, second: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One page comes, and then nothing from anybody."""
    monkeypatch.setattr(fetch, "RETRIES", 0)
    gone = threading.Event()

    def robots(request: Request) -> None:
        if gone.is_set():
            request.reset()
        else:
            request.answer(404)

    def last(request: Request) -> None:
        request.answer(200, f"<title>A</title>{TEXT}")
        if request.command == "GET":
            gone.set()

    def cut(request: Request) -> None:
        gone.wait(20)
        request.reset()

    host.plays |= {"/robots.txt": robots, "/a": last}
    second.plays |= {"/robots.txt": robots, "/b": cut, "/c": cut}
    lists.write(a=f"{host.url}/a", b=f"{second.url}/b", c=f"{second.url}/c")
    found = lists.look()
    assert {one.target.resources[0]: one.outcome for one in found.verdicts} == {"a": "alive"}
    assert (found.silent, found.late) == (2, 0)
    assert lists.seen().keys() == {"a"}
    assert wording.status(found) == 3
    assert [*wording.lines(found)][-1] == (
        "No host answers any more: no verdict on 2 links; what was seen is kept. "
        "Next: run it again on a machine with a network."
    )
    second.plays |= {"/robots.txt": lambda r: r.answer(404), "/b": last, "/c": last}
    assert {one.outcome for one in lists.look().verdicts} == {"alive"}


def test_when_the_time_is_up_what_was_found_is_kept(lists: Lists, host: Host) -> None:
    late = host.plays_page("/late", "Late", TEXT)
    lists.write(a=host.plays_page("/a", "A", TEXT), late=late).look("a")
    found = lists.look(seconds=0.0)
    assert [one.target.resources for one in found.verdicts] == [("a",)]
    assert (found.silent, found.late) == (0, 1)
    assert wording.status(found) == 3
    assert [*wording.lines(found)][-1] == (
        "The time was up before 1 link could be asked for; what was seen is kept. "
        "Next: run it again, and it goes on."
    )
    assert lists.seen().keys() == {"a"}
    assert not host.counts["/late"]


@pytest.mark.whole
@pytest.mark.skipif(os.name == "nt", reason="there are no such signals on Windows")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_keeps_what_was_found(lists: Lists, host: Host, name: str) -> None:
    number = getattr(signal, name)
    host.otherwise = lambda r: r.answer(200, "<title>Quick</title>")
    hanging = threading.Event()

    def hang(request: Request) -> None:
        hanging.set()
        request.rfile.read(1)

    host.plays["/late"] = hang
    lists.write(**{f"r{n}": f"{host.url}/{n}" for n in range(6)}, late=f"{host.url}/late")
    command = [sys.executable, "-m", "fieldguide", "--root", str(lists.root), "links"]
    command += ["--allow", host.name, "--no-archive"]
    hears = functools.partial(signal.signal, number, signal.SIG_DFL)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, preexec_fn=hears) as process:
        assert hanging.wait(600)
        kept = lists.root / ".fieldguide/links.jsonl"
        until = time() + 600
        while time() < until and len(kept.read_text().splitlines() if kept.exists() else "") < 6:
            sleep(0.02)
        process.send_signal(number)
        said, _ = process.communicate(timeout=600)
    assert "Interrupted; what was seen is kept." in said
    assert process.returncode == 3
    assert len(lists.seen()) == 6
