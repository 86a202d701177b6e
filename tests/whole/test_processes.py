"""Processes: what a snippet does to its own spreads to no other, and what it sees there."""

from __future__ import annotations

import itertools
import os
import re
import time
from pathlib import Path

import pytest
from miniature import OK, ROOT, WSGI, by_id, gone, miniature

from fieldguide.base.problems import line
from fieldguide.commands.verify.options import VerifyOptions
from fieldguide.commands.verify.run import verify
from fieldguide.model import Limits, Outcome, Result
from fieldguide.results.result_problems import problems_of
from fieldguide.running.sandbox import Mode
from fieldguide.running.zygote import CAN_FORK

FORKS = [pytest.param(True, marks=pytest.mark.skipif(not CAN_FORK, reason="no fork")), False]


SECRET = "FIELDGUIDE_TEST_SECRET"


IMPORTING, HANDLING = "# import\n", "    # handle\n"


APP = f"import os, sys\n{IMPORTING}" + WSGI.replace(
    "def app(environ, start_response):\n", f"def app(environ, start_response):\n{HANDLING}"
)


def importing(code: str) -> str:
    return APP.replace(IMPORTING, f"{code}\n")


def handling(code: str) -> str:
    return APP.replace(HANDLING, f"    {code}\n")


HOSTILE: dict[str, tuple[str, Outcome, str]] = {
    "exits-in-a-handler": (handling("sys.exit(0)"), Outcome.FAILED, "SystemExit: 0"),
    "exits-at-once-in-a-handler": (
        handling("os._exit(0)"),
        Outcome.ERRORED,
        "it ended without a result (exit status 0)",
    ),
    "exits-at-import": (importing("sys.exit(0)"), Outcome.ERRORED, "it exits (0)"),
    "exits-at-once-at-import": (importing("os._exit(0)"), Outcome.ERRORED, "exit status 0"),
    "kills-itself": (handling("os.kill(os.getpid(), 9)"), Outcome.ERRORED, "SIGKILL"),
    "aborts": (handling("os.abort()"), Outcome.ERRORED, "SIGABRT"),
    "becomes-another-program": (
        handling("os.execv('/bin/true', ['true'])"),
        Outcome.ERRORED,
        "without a result",
    ),
    "closes-every-descriptor": (
        handling("os.closerange(0, 4096)"),
        Outcome.ERRORED,
        "without a result",
    ),
    "breaks-json": (
        importing("import json\njson.JSONEncoder.encode = lambda self, value: '{}'"),
        Outcome.ERRORED,
        "its record is damaged",
    ),
    "breaks-json-loudly": (
        importing("import json\njson.JSONEncoder.encode = None"),
        Outcome.ERRORED,
        "without a result",
    ),
    "breaks-json-cleverly": (
        importing(
            "import json\n"
            'record = \'{"error": null, "checks": []}\'\n'
            "json.JSONEncoder.encode = lambda self, value: record"
        ),
        Outcome.ERRORED,
        "its record is damaged",
    ),
    "breaks-json-and-fails": (
        importing("import json\njson.dumps = json.loads = None").replace("200 OK", "404 No"),
        Outcome.FAILED,
        "expected 200, got 404",
    ),
    "writes-a-gigabyte": (
        handling("for _ in range(1000): sys.stdout.write('x' * 1_000_000)"),
        Outcome.ERRORED,
        "wrote more than 1024 KiB",
    ),
    "raises-what-has-no-words": (
        importing(
            "class Mute(BaseException):\n    def __str__(self): raise ValueError\nraise Mute()"
        ),
        Outcome.ERRORED,
        "Mute: <its message raises ValueError>",
    ),
    "answers-with-nonsense": (handling("return 7"), Outcome.FAILED, "expected 200, got 500"),
    "starts-a-thread-that-never-ends": (
        importing(
            "import threading, time\nthreading.Thread(target=time.sleep, args=[600]).start()"
        ),
        Outcome.PASSED,
        "",
    ),
    "leaves-a-child": (
        importing(
            "import subprocess\nprint('child', subprocess.Popen(['sleep', '600']).pid, flush=True)"
        ),
        Outcome.PASSED,
        "",
    ),
    "removes-its-folder": (
        handling("import shutil; shutil.rmtree(os.getcwd())"),
        Outcome.PASSED,
        "",
    ),
    "locks-its-folder": (handling("os.chmod('.', 0)"), Outcome.PASSED, ""),
    "reads-stdin": (importing("assert sys.stdin.read() == ''"), Outcome.PASSED, ""),
    "prints": (
        importing("print('at import')").replace(HANDLING, "    print('zo\\xeb \\ud800'[:4])\n"),
        Outcome.PASSED,
        "",
    ),
}


@pytest.fixture(scope="module", params=FORKS, ids=["fork", "no-fork"])
def hostile(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Result]:
    """Each hostile snippet, and after each a harmless one that the same warm process runs."""
    files: dict[str, str] = {}
    for number, (name, (code, _, _)) in enumerate(HOSTILE.items()):
        for kind, app in (("hostile", code), ("next", WSGI)):
            concept = f"n{number:02}-{kind}-{name}"
            files |= {f"{concept}/contract.py": OK, f"{concept}/bottle/app.py": app}
    root = miniature(tmp_path_factory.mktemp("hostile"), ["bottle"], files)
    # Without the sandbox, whose own tests are test_faults.py.
    results = verify(root, (), VerifyOptions(jobs=1, fork=request.param, mode=Mode.OFF)).results
    return {result.concept.partition("-")[2]: result for result in results}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_snippet(name: str, hostile: dict[str, Result]) -> None:
    _, outcome, words = HOSTILE[name]
    result = hostile[f"hostile-{name}"]
    assert result.outcome is outcome, result.reason
    assert words in result.reason
    for problem in problems_of(result):
        assert line(problem).startswith(result.location.path)
    assert hostile[f"next-{name}"].outcome is Outcome.PASSED


def test_output_is_kept(hostile: dict[str, Result]) -> None:
    assert "at import\n" in hostile["hostile-prints"].output
    assert "zoë" in hostile["hostile-prints"].output
    assert hostile["next-prints"].output == ""


def test_output_is_cut(hostile: dict[str, Result]) -> None:
    assert len(hostile["hostile-writes-a-gigabyte"].output) == Limits().output_bytes


def test_a_child_is_ended(hostile: dict[str, Result]) -> None:
    (child,) = re.findall(r"child (\d+)", hostile["hostile-leaves-a-child"].output)
    assert gone(int(child))


WHERE = """\
import json, os, sys
from pathlib import Path

here = {
    "folder": os.getcwd(),
    "first": sys.path[0],
    "file": __file__,
    "name": __name__,
    "module": sys.modules[__name__].__dict__ is globals(),
    "arguments": sys.argv[1:],
    "variables": sorted(os.environ),
    "home": os.environ["HOME"],
    "files": sorted(path.name for path in Path().iterdir()),
    "ours": sorted(name for name in sys.modules if name.partition(".")[0] == "fieldguide"),
    "importable": [],
}
for name in ("fieldguide", "pytest", "werkzeug", "fieldguide_worker.nothing"):
    try:
        __import__(name)
        here["importable"].append(name)
    except ImportError:
        pass
print("folder", os.getcwd())


""" + WSGI.replace('("Content-Length", "2")', "").replace('b"ok"', "json.dumps(here).encode()")


SEES = f'''\
def test_its_folder(client):
    """Its folder is the current one, and the first to import from."""
    here = client.get("/").json()
    assert here["folder"] == here["first"]
    assert here["file"] == here["folder"] + "/app.py"
    assert here["files"] == ["app.py", "beside"]


def test_its_name(client):
    """It is the module `app`."""
    here = client.get("/").json()
    assert here["name"] == "app" and here["module"] and here["arguments"] == []


def test_its_variables(client):
    """The machine's variables are not its own."""
    here = client.get("/").json()
    assert "{SECRET}" not in here["variables"]
    assert not [name for name in here["variables"] if "KEY" in name or "TOKEN" in name]
    assert here["home"] != {str(Path.home())!r}


def test_its_environment(client):
    """Nothing of ours, and no other framework, can be imported."""
    here = client.get("/").json()
    assert here["ours"] == []
    assert here["importable"] == []
'''


DJANGO = """\
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, DEFAULT_CHARSET="{charset}")
urlpatterns = [path("{name}", lambda request: HttpResponse("{name}"))]
app = get_wsgi_application()
"""


BOTTLE = """\
import bottle

@bottle.get("/{name}")
def page():
    return "{name}"

app = bottle.default_app()
"""


ALONE = '''\
def test_its_own_page(client):
    """It has its page."""
    response = client.get("/{name}")
    assert response.text == "{name}"
    assert response.charset == "{charset}"


def test_no_other_page(client):
    """It has not the other one's."""
    assert client.get("/{other}").status == 404
'''


@pytest.fixture(scope="module", params=FORKS, ids=["fork", "no-fork"])
def seeing(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Result]:
    """Snippets that look around themselves."""
    files: dict[str, str] = {
        "where/contract.py": SEES,
        "where/bottle/app.py": WHERE,
        "where/bottle/beside/file.txt": "",
        "helper/contract.py": OK,
        "helper/bottle/app.py": "import helping\n\napp = helping.app\n",
        "helper/bottle/helping.py": "\n\nvalue = {}['no such key']\n",
    }
    for name, other, charset in (("one", "two", "utf-8"), ("two", "one", "latin-1")):
        words = {"name": name, "other": other}
        files[f"django-{name}/contract.py"] = ALONE.format(**words, charset=charset)
        files[f"django-{name}/django/app.py"] = DJANGO.format(**words, charset=charset)
        files[f"bottle-{name}/contract.py"] = ALONE.format(**words, charset="utf-8")
        files[f"bottle-{name}/bottle/app.py"] = BOTTLE.format(**words)
    root = miniature(tmp_path_factory.mktemp("seeing"), ["bottle", "django"], files)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(SECRET, "1")
        patch.setenv("PYTHONPATH", str(ROOT / "hooks"))
        return by_id(verify(root, (), VerifyOptions(jobs=1, fork=request.param)))


@pytest.mark.parametrize(
    "id",
    [
        "where/bottle",
        "django-one/django",
        "django-two/django",
        "bottle-one/bottle",
        "bottle-two/bottle",
    ],
)
def test_a_snippet_sees_only_its_own(id: str, seeing: dict[str, Result]) -> None:
    assert seeing[id].outcome is Outcome.PASSED, seeing[id].reason


def test_its_folder_is_gone_afterwards(seeing: dict[str, Result]) -> None:
    (folder,) = re.findall(r"folder (.+)", seeing["where/bottle"].output)
    assert not os.path.exists(folder)


def test_a_traceback_names_the_snippets_file(seeing: dict[str, Result]) -> None:
    result = seeing["helper/bottle"]
    assert result.outcome is Outcome.ERRORED
    assert result.failure is not None
    where = result.failure.location
    assert (where.path, where.line) == ("snippets/helper/bottle/helping.py", 3)
    assert 'File "app.py", line 1' in result.failure.traceback
    assert 'File "helping.py", line 3' in result.failure.traceback
    assert "KeyError: 'no such key'" in result.failure.message


@pytest.mark.parametrize("fork", FORKS)
def test_a_clock_that_jumps(fork: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Deadlines are counted by a clock that nobody sets: a day forth and back changes none."""
    files = {
        "answers/bottle/app.py": WSGI,
        "loops/bottle/app.py": importing("while True: pass"),
        "waits/bottle/app.py": importing("import time\ntime.sleep(600)"),
    }
    files |= {f"{name}/contract.py": OK for name in ("answers", "loops", "waits")}
    root = miniature(tmp_path, ["bottle"], files)
    now, days = time.time(), itertools.cycle((86400, -86400, 0))
    monkeypatch.setattr(time, "time", lambda: now + next(days))
    options = VerifyOptions(fork=fork, limits=Limits(wall_seconds=4.0, cpu_seconds=1))
    results = by_id(verify(root, (), options))
    assert results["answers/bottle"].outcome is Outcome.PASSED
    for id, words in (
        ("loops/bottle", "it did not end within 1 s of processor time"),
        ("waits/bottle", "it did not end within 4 s"),
    ):
        assert (results[id].outcome, results[id].reason) == (Outcome.TIMED_OUT, words)
        failure = results[id].failure
        assert failure is not None
        assert failure.location.line == (2 if id == "loops/bottle" else 3)
