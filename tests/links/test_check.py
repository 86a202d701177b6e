"""Runs of the link checker, against a real server that plays what the web does to one."""

from __future__ import annotations

import functools
import re
import signal
import subprocess
import sys
import threading
from datetime import date
from time import sleep, time

import pytest
from click.testing import CliRunner
from link_lists import TEXT, Lists
from playing_server import Host, Request

from fieldguide.commands.cli.main import main
from fieldguide.links import wording


def test_a_page_that_is_there_is_alive(lists: Lists, host: Host) -> None:
    lists.write(a=host.plays_page("/a", "Handlers explained", TEXT, etag='"1"'))
    assert lists.one().outcome == "alive"
    (seen,) = lists.seen().values()
    assert seen["checked"] == seen["seen"] == "2026-11-26"
    assert seen["title"] == "Handlers explained"
    assert re.fullmatch("[0-9a-f]{16}", seen["fingerprint"])
    assert (seen["code"], seen["etag"]) == ("200", '"1"')
    assert [method for method, path, _ in host.asked if path == "/a"] == ["HEAD", "GET"]


def test_the_next_day_asks_only_for_what_changed(lists: Lists, host: Host) -> None:
    def play(request: Request) -> None:
        known = request.headers.get("If-None-Match") == '"1"'
        request.answer(304 if known else 200, f"<title>Handlers</title>{TEXT}", etag='"1"')

    host.plays["/a"] = play
    lists.write(a=f"{host.url}/a").look()
    before = lists.seen()["a"]
    host.asked.clear()
    assert lists.one(day=date(2026, 11, 27)).outcome == "alive"
    assert [method for method, path, _ in host.asked if path == "/a"] == ["GET"]
    assert lists.seen()["a"] == {
        **before,
        "checked": "2026-11-27",
        "seen": "2026-11-27",
        "code": "304",
    }


@pytest.mark.whole
def test_an_interrupted_run_goes_on_where_it_ended(lists: Lists, host: Host) -> None:
    """A real process, and a real Ctrl-C."""
    host.otherwise = lambda r: r.answer(200, "<title>Quick</title>")
    second = threading.Event()

    def hang(request: Request) -> None:
        second.set()
        request.rfile.read(1)

    lists.write(**{f"r{n}": f"{host.url}/{n}" for n in range(6)}, late=f"{host.url}/late")
    host.plays["/late"] = hang
    command = [sys.executable, "-m", "fieldguide", "--root", str(lists.root), "links"]
    command += ["--allow", host.name, "--no-archive"]
    hears = functools.partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # in a background too
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, preexec_fn=hears) as process:
        assert second.wait(600)
        kept = lists.root / ".fieldguide/links.jsonl"
        until = time() + 600
        while time() < until and len(kept.read_text().splitlines() if kept.exists() else "") < 6:
            sleep(0.02)
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=600)
    assert "Interrupted; what was seen is kept." in said
    assert "Traceback" not in said
    assert len(lists.seen()) == 6
    asked = host.counts["/1"]
    host.plays["/late"] = host.otherwise
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=600)
    assert "7 links: 7 alive" in done.stdout
    assert host.counts["/1"] == asked


def test_a_copy_in_an_archive_is_offered(lists: Lists, host: Host) -> None:
    copy = "http://web.archive.org/web/2020/https://example.org/"
    body = f'{{"archived_snapshots": {{"closest": {{"available": true, "url": "{copy}"}}}}}}'
    host.plays["/available"] = lambda r: r.answer(200, body, content_type="application/json")
    found = lists.write(a=f"{host.url}/gone").look(archive=f"{host.url}/available")
    assert found.archived == {f"{host.url}/gone": copy.replace("http:", "https:", 1)}
    assert "there is an archived copy, https://web.archive.org" in next(wording.lines(found))


def test_an_unknown_name_is_a_usage_error(lists: Lists) -> None:
    lists.write(handlers="https://example.org/")
    said = CliRunner().invoke(main, ["--root", str(lists.root), "links", "handler"])
    assert said.exit_code == 2
    assert said.stderr == (
        'handler: this is neither a resource nor a page (did you mean "handlers"?). '
        "Next: name the id of a resource, a page in docs/, resources or pages.\n"
    )
