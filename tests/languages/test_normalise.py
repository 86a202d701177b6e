"""Rules for what differs from run to run: what each makes equal, and what it must not touch."""

from __future__ import annotations

import re

import pytest
from bounded import processor
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldguide.languages.comparing.normalise import MARK, RULES, Rule, normalise, plain, spans

CHANGED = {
    "colour": [
        ("\x1b[1;31mred\x1b[0m and\x1b[K plain", "red and plain"),
        ("\x1b]8;;http://a.example\x07link\x1b]8;;\x07", "link"),
    ],
    "address": [
        ("<function f at 0x7f3a5c0e1d30>", "<function f at 0x0>"),
        ("<object at 0xb7e4>", "<object at 0x0>"),
        ("id 0x7f3a5c0e1d30.", "id 0x0."),
    ],
    "folder": [
        ("/tmp/fieldguide-123-k3_x8a1z/flask-ab12cd_e/app.py", "/tmp/tmp0/app.py"),
        ('"/var/tmp/fieldguide-9-x/flask-ab12cd_e"', '"/tmp/tmp0"'),
        ("wrote /tmp/fieldguide-123-k3_x8a1z", "wrote /tmp/tmp0"),
    ],
    "temporary": [("/tmp/tmpk3x_8a1z/a.txt", "/tmp/tmp0/a.txt")],
    "port": [
        ("on http://127.0.0.1:43210/items", "on http://127.0.0.1:0/items"),
        ("localhost:80", "localhost:0"),
        ("http://[::1]:8000", "http://[::1]:0"),
        ("0.0.0.0:5000 and [::]:5000", "0.0.0.0:0 and [::]:0"),
    ],
    "port in a pair": [
        ("('127.0.0.1', 43210)", "('127.0.0.1', 0)"),
        ("('::1', 43210, 0, 0)", "('::1', 0, 0, 0)"),
    ],
    "HTTP date": [
        ("Tue, 24 Nov 2026 19:19:31 GMT", "Sat, 01 Jan 2000 00:00:00 GMT"),
        ("expires=Tue, 24-Nov-2026 19:19:31 GMT;", "expires=Sat, 01 Jan 2000 00:00:00 GMT;"),
        ("Date: Tue, 24 Nov 2026 19:19:31 +0100", "Date: Sat, 01 Jan 2000 00:00:00 GMT"),
    ],
    "log date": [
        ("[24/Nov/2026:19:19:31 +0000]", "[01/Jan/2000 00:00:00]"),
        ("[24/Nov/2026 19:19:31]", "[01/Jan/2000 00:00:00]"),
    ],
    "date in words": [
        ("Tue Nov 24 19:19:31 2026", "Sat Jan  1 00:00:00 2000"),
        ("November 24, 2026 - 19:19:31", "Sat Jan  1 00:00:00 2000"),
    ],
    "ISO date": [
        ("on 2026-11-24.", "on 2000-01-01."),
        ("2026-11-24T19", "2000-01-01T19"),
    ],
    "clock time": [
        ("at 9:19:31", "at 00:00:00"),
        ("19:19:31.250 INFO", "00:00:00 INFO"),
        ("2026-11-24T19:19:31Z", "2026-11-24T00:00:00"),
        ("19:19:31+00:00", "00:00:00"),
        ("[2026-11-24 19:19:31 +0000]", "[2026-11-24 00:00:00]"),
    ],
    "timing": [
        ("3 passed in 0.31s", "3 passed in 0.0s"),
        ("took 12 ms, 3.5µs", "took 0.0 ms, 0.0µs"),
        ("after 3.2 seconds", "after 0.0 seconds"),
    ],
    "uuid": [
        (
            "id 123e4567-e89b-12d3-a456-426614174000!",
            "id 00000000-0000-0000-0000-000000000000!",
        )
    ],
    "hash": [
        ("d41d8cd98f00b204e9800998ecf8427e  -", "0" * 32 + "  -"),
        ("commit da39a3ee5e6b4b0d3255bfef95601890afd80709", "commit " + "0" * 32),
        ("sha256:" + "ab12" * 16, "sha256:" + "0" * 32),
    ],
    "process id": [
        ("Booting worker with pid: 1234", "Booting worker with pid: 0"),
        ("PID 1234 ended", "PID 0 ended"),
        ("Started server process [1234]", "Started server process [0]"),
        ("[1234] [INFO] Listening", "[0] [INFO] Listening"),
    ],
    "traceback line": [
        ('  File "main.py", line 41, in f', '  File "main.py", line 0, in f'),
    ],
    "end of line": [("a b \t", "a b"), ("   ", "")],
}

KEPT = {
    "colour": ["[31m", "plain"],
    "address": ["0xff", "0xdeadbeef", "at 0xyz", "meat 7f3a5c0e1d30"],
    "folder": ["/tmp/a.txt", "docs/fieldguide-1-a", "https://a.example/fieldguide-1-a/"],
    "temporary": [
        "/tmp/tmp",
        "tmpk3x_8a1z",
        "/tmp/template.html",
        "/tmpfiles/a",
        "/x/tmpdirectory1",
    ],
    "port": ["a.example:8000", "localhost", "10.127.0.0.1:80", "at 8000", "localhost:port"],
    "port in a pair": ["('a.example', 80)", "('127.0.0.1', 'x')", "f('count', 3)"],
    "HTTP date": ["Tue, 24 Nov", "Tuesday"],
    "log date": ["24/11/2026", "/24/Nov/2026/", "a/Nov/2026"],
    "date in words": ["November 24", "May 3", "Tue Nov"],
    "ISO date": ["2026-13-01", "2026-11-240", "12026-11-24", "1-2026-11-24", "2026-11"],
    "clock time": ["12:30", "main.py:41:5", "aa:11:22:33:44", "::1", "11:22:33:44", "1:2:3"],
    "timing": ["30 seconds", "5 s", "3.11", "1.2.3s", "12", "404 months", "0.5 msgs"],
    "uuid": ["123e4567-e89b-12d3", "123e4567-e89b-12d3-a456-426614174000-1"],
    "hash": ["deadbeef", "1" * 40, "a" * 33, "d41d8cd98f00b204", "g" * 32, str(2**110)],
    "process id": ["[1234]", "rapid 3", "[1, 2]", "process 3 items", "pid"],
    "traceback line": ["line 41", 'File "main.py"', "at line 3 of the file"],
    "end of line": ["  a", "a b"],
}

STAY = [
    "200 OK",
    "404",
    "HTTP/1.1 404 Not Found",
    "1234567890",
    "3.14159",
    "deadbeef",
    "facade",
    "version 3.13.0",
    '{"id": 7, "price": 12.5}',
    "127.0.0.1",
    "[1, 2, 3]",
    "3 passed",
    "Content-Length: 12",
    "10 seconds",
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_changes_what_it_is_for_and_nothing_else(rule: Rule) -> None:
    assert CHANGED[rule.name]
    for before, after in CHANGED[rule.name]:
        assert rule(before) == after
    for text in KEPT[rule.name]:
        assert rule(text) == text
    assert rule.about


def test_every_rule_is_tested() -> None:
    names = [rule.name for rule in RULES]
    assert len(set(names)) == len(names)
    assert set(names) == set(CHANGED) == set(KEPT)


@pytest.mark.parametrize("text", STAY)
def test_what_really_differs_stays(text: str) -> None:
    assert normalise(text) == text


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "[2026-11-24 19:19:31 +0000] [123] [INFO] Listening at: http://127.0.0.1:8000 (123)",
            "[2027-01-02 03:04:05 +0100] [9] [INFO] Listening at: http://127.0.0.1:43210 (123)",
        ),
        (
            '127.0.0.1 - - [24/Nov/2026 19:19:31] "GET / HTTP/1.1" 200 -',
            '127.0.0.1 - - [02/Jan/2027 03:04:05] "GET / HTTP/1.1" 200 -',
        ),
        (
            '  File "/tmp/fieldguide-1-abcdefgh/flask-a1b2c3d4/main.py", line 3, in f',
            '  File "/tmp/fieldguide-77-hgfedcba/flask-11112222/main.py", line 30, in f',
        ),
    ],
)
def test_two_runs_are_one(first: str, second: str) -> None:
    assert normalise(first) == normalise(second)


PIECES = [text for pairs in CHANGED.values() for pair in pairs for text in pair]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=4).map(" ".join))
def test_what_is_made_equal_is_like_nothing_that_is_not(text: str) -> None:
    text = plain(text)
    found = list(spans(text))
    assert (MARK in normalise(text)) is bool(found)
    assert MARK not in normalise(text, found)


@settings(deadline=None)
@given(
    st.from_regex(
        re.compile(r"[a-z]{1,12}|[0-9]{1,12}|[1-5][0-9]{2} [A-Z][a-z]+", re.A), fullmatch=True
    )
)
def test_words_numbers_and_statuses_stay(text: str) -> None:
    assert normalise(text) == text


@settings(deadline=None)
@given(st.text())
def test_what_was_printed_becomes_fit_for_a_page(text: str) -> None:
    shown = plain(text)
    assert plain(shown) == shown
    assert not set(shown) & {"\x1b", "\r", "\x00", "\x02", "\x03"}


@pytest.mark.parametrize("text", [" " * 100_000 + "x", "a" * 100_000, "/a" * 50_000, "1:" * 50_000])
def test_a_long_line_takes_no_time(text: str) -> None:
    with processor():
        normalise(text)


def test_folders_without_end_are_looked_at_once() -> None:
    with processor():
        assert normalise("+/a" * 100_000) == "+/a" * 100_000
