"""What the code determines is compared to the last character, in every language and in every way
of running; what differs from run to run is not."""

from __future__ import annotations

from collections.abc import Callable, Collection
from hashlib import sha256
from pathlib import Path
from uuid import NAMESPACE_DNS, uuid5

import pytest
from miniature import by_id

from fieldguide.base.problems import line
from fieldguide.commands.verify.options import VerifyOptions
from fieldguide.commands.verify.run import verify
from fieldguide.model import Outcome
from fieldguide.running.again.circumstances import second
from fieldguide.running.sandbox import Mode
from fieldguide.running.zygote import CAN_FORK

WAYS = {
    "strict": VerifyOptions(mode=Mode.STRICT),
    "no sandbox": VerifyOptions(mode=Mode.OFF),
    "no fork": VerifyOptions(fork=False),
}
NEEDS_CLOCK = {"a date", "an instant", "a clock time", "a date in words", "a log date"}
"""Cases that only another clock shows."""
CASES = {
    "a date": ("2026-11-24", "2026-11-25"),
    "an instant": ("2026-11-24T19:19:31+00:00", "2026-11-24T19:19:32+00:00"),
    "a clock time": ("19:19:31", "19:19:30"),
    "a date in words": ("Tue Nov 24 19:19:31 2026", "Tue Nov 24 19:19:31 2027"),
    "a log date": ("24/Nov/2026:19:19:31 +0000", "24/Nov/2026:19:19:31 +0100"),
    "a hexadecimal constant": ("0xdeadbeefcafe", "0xdeadbeefcaff"),
    "a SHA-256": (sha256(b"tea").hexdigest(), sha256(b"milk").hexdigest()),
    "a uuid5": (str(uuid5(NAMESPACE_DNS, "a.example")), str(uuid5(NAMESPACE_DNS, "b.example"))),
    "a duration": ("2500000.5 s", "86400.0 s"),
    "a port": ("http://127.0.0.1:8731/", "http://127.0.0.1:5000/"),
    "a port in a pair": ("('127.0.0.1', 8731)", "('127.0.0.1', 5000)"),
    "an address": ("mapped at 0x1000", "mapped at 0x2000"),
}
"""What the code prints, and what is wrong."""
PRINTS = "```python {{.run}}\nprint({0!r})\n```\n\n```text {{.output}}\n{1}\n```\n"
ECHOES = '```console {{.run}}\n$ echo "{0}"\n{1}\n```\n'
ASKS = "```pycon\n>>> print({0!r})\n{1}\n```\n"
ANSWERS = """\
```python {{.run data-group="{2}" data-env="flask"}}
from flask import Flask

app = Flask(__name__)


@app.get("/text")
def text():
    return {0!r}, 200, {{"Content-Type": "text/plain", "X-Constant": {0!r}}}


@app.get("/json")
def json():
    return {{"constant": {0!r}}}
```

```http {{.run data-group="{2}"}}
GET /{3} HTTP/1.1

HTTP/1.1 200 OK
{4}
```
"""
BODIES = {
    "header": "X-Constant: {0}\n\n...",
    "text": "\n{0}",
    "json": '\n{{"constant": "{0}"}}',
}
VARIES = """\
```python {.run}
import datetime, hashlib, os, time, uuid

print(object(), datetime.date(2026, 11, 24), datetime.datetime.now())
print(uuid.uuid4(), hashlib.sha256(os.urandom(9)).hexdigest(), hashlib.md5(b"").hexdigest())
print(time.ctime(), f"0.{time.perf_counter_ns()} s", "of 2500000.5 s")
```

```text {.output}
<object object at 0x7f3a5c0d41e0> 2026-11-24 2026-01-01 19:19:31.250114
123e4567-e89b-42d3-a456-426614174000 {a * 64} d41d8cd98f00b204e9800998ecf8427e
Thu Jan  1 00:00:00 2026 0.1 s of 2500000.5 s
```

```console {.run}
$ date
Thu Jan  1 00:00:00 UTC 2026
$ python -c "import time; print(time.strftime('%Y-%m-%d'), '2026-11-24')"
2026-01-01 2026-11-24
```

```pycon
>>> import datetime
>>> datetime.date.today(), datetime.date(2026, 11, 24).isoformat()
(datetime.date(...), '2026-11-24')
>>> datetime.date.today().isoformat()
'2026-01-01'
```

```python {.run data-group="varies" data-env="flask"}
from datetime import UTC, datetime

from flask import Flask, jsonify

app = Flask(__name__)


@app.get("/")
def index():
    response = jsonify(now=datetime.now().isoformat(), then="2026-11-24T19:19:31")
    response.last_modified = datetime.now(UTC)
    response.delete_cookie("cup")
    return response
```

```http {.run data-group="varies"}
GET / HTTP/1.1

HTTP/1.1 200 OK
Last-Modified: Thu, 01 Jan 2026 00:00:00 GMT
Set-Cookie: cup=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/

{"now": "2026-01-01T00:00:00.250114", "then": "2026-11-24T19:19:31"}
```
""".replace("{a * 64}", "a" * 64)


def fences(right: str, shown: str, name: str, places: Collection[str]) -> list[str]:
    """A constant in everything that a page can expect; in responses, at these places."""
    pages = [form.format(right, shown) for form in (PRINTS, ECHOES, ASKS)]
    for place, body in BODIES.items():
        if place not in places:
            continue
        path = "json" if place == "json" else "text"
        group = f"{name.replace(' ', '-').lower()}-{place}"
        pages.append(ANSWERS.format(right, "", group, path, body.format(shown)))
    return pages


def lines_of(page: str, text: str) -> set[int]:
    """Where it stands as something that is expected."""
    told = [f"X-Constant: {text}", text, f'{{"constant": "{text}"}}']
    return {number for number, line in enumerate(page.split("\n"), start=1) if line in told}


@pytest.fixture
def root(make_project: Callable[..., Path]) -> Path:
    return make_project()


@pytest.mark.skipif(not CAN_FORK, reason="no fork")
@pytest.mark.parametrize("way", WAYS)
def test_every_wrong_constant_fails_at_its_line_and_every_right_one_passes(
    root: Path, way: str
) -> None:
    places = BODIES if way == "strict" else ()  # what is held against a page is the same in all
    for name, shown in (("right", 0), ("wrong", 1)):
        page = "\n".join(
            fence
            for case, both in CASES.items()
            for fence in fences(both[0], both[shown], case, places)
        )
        (root / f"docs/{name}.md").write_text(page, "utf-8")
    done = verify(root, ["docs/right.md", "docs/wrong.md"], WAYS[way])
    unseen = set() if second().moved else NEEDS_CLOCK
    page = (root / "docs/wrong.md").read_text("utf-8")
    expected = {
        (number, wrong)
        for case, (_, wrong) in CASES.items()
        for number in lines_of(page, wrong)
        if case not in unseen
    }
    assert len(expected) == (len(CASES) - len(unseen)) * (3 + len(places))
    found = {
        (problem.location.line, wrong)
        for problem in done.problems
        for _, wrong in CASES.values()
        if problem.location.path == "docs/wrong.md" and wrong in problem.message
    }
    assert found == expected
    assert len(done.problems) == len(expected), [line(problem) for problem in done.problems]


@pytest.mark.skipif(not CAN_FORK, reason="no fork")
@pytest.mark.parametrize("way", WAYS)
def test_what_differs_from_run_to_run_needs_no_dots(root: Path, way: str) -> None:
    (root / "docs/notes.md").write_text(VARIES, "utf-8")
    done = verify(root, ["docs/notes.md"], WAYS[way])
    assert [line(problem) for problem in done.problems] == []
    assert {result.outcome for result in done.results} == {Outcome.PASSED}


def test_a_deleted_cookie_that_would_stay_is_found(root: Path) -> None:
    wrong = VARIES.replace("01 Jan 1970", "01 Jan 2088")
    (root / "docs/notes.md").write_text(wrong, "utf-8")
    done = verify(root, ["notes#varies"], WAYS["no fork"])
    if not second().moved:
        assert done.problems == ()
        return
    (problem,) = done.problems
    assert problem.location.line == wrong[: wrong.index("Set-Cookie")].count("\n") + 1
    assert "2088" in problem.message


ONLY_ONCE = {
    "another order": ("print('2026-11-24', hash('a'))", "2026-11-24 {}", 6),
    "an exception": ("print('2026-11-24')\nassert os.environ['TZ'] == 'UTC'", "2026-11-24", 4),
    "an end": ("print('2026-11-24')\nif hash('a') != {}: os._exit(3)", "2026-11-24", 1),
}
"""What holds in the first run alone: code, what is expected, and the line of the message."""


@pytest.mark.parametrize("name", ONLY_ONCE)
@pytest.mark.parametrize("way", ["strict", "no fork"])
def test_what_does_not_hold_again_is_told_as_that(root: Path, name: str, way: str) -> None:
    code, shown, number = ONLY_ONCE[name]
    first = str(_hash_of_the_first_run())
    page = PRINTS.replace("print({0!r})", f"import os\n{code}").replace("{1}", shown)
    page = page.replace("{{", "{").replace("}}", "}").replace("{}", first)
    if name == "another order":
        number = page[: page.index("2026-11-24 ")].count("\n") + 1
    (root / "docs/notes.md").write_text(page, "utf-8")
    (problem,) = verify(root, ["docs/notes.md"], WAYS[way]).problems
    assert (problem.location.path, problem.location.line) == ("docs/notes.md", number)
    assert "notes#python-1: not the same in a second run, with another clock" in problem.message
    assert problem.next == "make the code independent of these, or write ... for what differs"


def _hash_of_the_first_run() -> int:
    import subprocess
    import sys

    asked = [sys.executable, "-c", "print(hash('a'))"]
    return int(subprocess.check_output(asked, env={"PYTHONHASHSEED": "0"}))


def test_a_pass_is_kept_and_no_second_run_is_needed_again(root: Path) -> None:
    (root / "docs/notes.md").write_text(VARIES, "utf-8")
    before = by_id(verify(root, ["docs/notes.md"]))
    kept = by_id(verify(root, ["docs/notes.md"]))
    assert {id: result.outcome for id, result in kept.items()} == dict.fromkeys(
        before, Outcome.PASSED
    )
    assert all(result.cached for result in kept.values())
