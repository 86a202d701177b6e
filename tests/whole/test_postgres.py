"""The snippets on a PostgreSQL server: what they are handed, and that the server goes again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from miniature import ROOT, gone, miniature

from bench import postgres
from bench.postgres import Server, ServerError, serving
from fieldguide.base.problems import ProblemError
from fieldguide.commands.cli.main import main
from fieldguide.commands.verify.options import VerifyOptions
from fieldguide.commands.verify.run import verify
from fieldguide.model import Outcome
from fieldguide.project.collect import collect
from fieldguide.results.last_run import read_report
from fieldguide.results.of_snippets import without_password
from fieldguide.running.sandbox import Mode

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the server's socket is a POSIX one")

URL = "postgresql://ada:secret@/shop?host=/nowhere"
ECHO = """\
import os


def app(environ, start_response):
    body = os.environ.get("DATABASE_URL", "none").encode("utf-8")
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]
"""
CONTRACT = f'''\
import os


def test_it_has_the_url(client):
    """It was handed the URL."""
    assert client.get("/").text == "{URL}"


def test_the_judge_has_not(client):
    """Where the judge is a process of its own, it was not."""
    assert "DATABASE_URL" not in os.environ
'''


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = {"echo/contract.py": CONTRACT, "echo/flask/app.py": ECHO}
    return miniature(tmp_path, ["flask"], files)


def test_the_variable_reaches_the_snippet_and_not_the_judge(root: Path) -> None:
    (result,) = verify(root, (), VerifyOptions(database=URL, mode=Mode.STRICT)).results
    assert result.outcome is Outcome.PASSED, result.reason
    assert result.database == "postgresql://ada@/shop?host=/nowhere"


def test_under_a_production_server_too(root: Path) -> None:
    (result,) = verify(root, (), VerifyOptions(database=URL, server=True)).results
    assert result.checks[0].outcome is Outcome.PASSED


def test_without_the_option_no_variable_gets_in(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", URL)
    (result,) = verify(root).results
    assert result.outcome is Outcome.FAILED
    assert "got 'none'" in str(result.checks[0].failure)
    assert result.database == ""


def test_nothing_of_it_is_kept_or_rendered(root: Path) -> None:
    for _ in range(2):
        (result,) = verify(root, (), VerifyOptions(database=URL, mode=Mode.STRICT)).results
        assert not result.cached
    assert not (root / ".fieldguide" / "cache").exists()
    assert read_report(root) is None


def test_the_report_says_what_it_ran_on_and_never_the_password(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", URL.replace("secret", "hidden"))
    report = tmp_path / "report.json"
    arguments = ["--root", str(root), "verify", "--database", "--json", str(report)]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 1  # it was handed another password than the contract expects
    assert "echo/flask on DATABASE_URL" in done.output
    assert "on postgresql://ada@/shop?host=/nowhere" in done.output
    assert '"database": "postgresql://ada@/shop?host=/nowhere"' in report.read_text("utf-8")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("", ""),
        ("postgresql://host/name", "postgresql://host/name"),
        ("postgresql://ada:a%40b@host:5433/name", "postgresql://ada@host:5433/name"),
        ("postgresql://host/name?user=ada&password=b", "postgresql://host/name?user=ada"),
    ],
)
def test_a_url_is_shown_without_its_password(url: str, shown: str) -> None:
    assert without_password(url) == shown


def test_the_option_needs_the_variable(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    done = CliRunner().invoke(main, ["--root", str(root), "verify", "--database"])
    assert done.exit_code == 2
    assert "DATABASE_URL: --database hands this variable to the snippets" in done.output


def test_fences_are_for_no_database(root: Path) -> None:
    (root / "docs" / "page.md").write_text("```python {.run}\nprint()\n```\n")
    with pytest.raises(ProblemError) as raised:
        verify(root, ["docs/page.md"], VerifyOptions(database=URL))
    assert "fences and probes are never run with --database" in str(raised.value)


def test_the_snippets_that_read_the_variable_are_run() -> None:
    assert postgres.ids(collect(ROOT)) == [
        f"databases/{name}"
        for name in ("django", "flask", "bottle", "pyramid", "falcon", "tornado")
    ]


# the server


@pytest.fixture(scope="module")
def programs() -> Path:
    try:
        return postgres.programs()
    except ServerError as error:
        pytest.skip(str(error))


def test_a_server_comes_and_goes(programs: Path) -> None:
    with serving(programs) as server:
        folder = server.socket
        url = server.new("shop")
        assert url.startswith("postgresql://shop:")
        assert url.endswith(f"@/shop?host={folder}")
        assert server.ask("SELECT rolsuper FROM pg_roles WHERE rolname = 'shop'") == "f"
        assert server.ask("SHOW listen_addresses") == ""
        number = process(folder)
        with pytest.raises(ServerError, match="does not exist"):
            server.ask("SELECT * FROM nothing", "shop")
    assert gone(number)
    assert not folder.exists()


def test_a_server_goes_where_something_fails(programs: Path) -> None:
    known = []

    def fail() -> None:
        with serving(programs) as server:
            known.append((server.socket, process(server.socket)))
            raise RuntimeError("a test")

    with pytest.raises(RuntimeError, match="a test"):
        fail()
    ((folder, number),) = known
    assert gone(number)
    assert not folder.exists()


def test_a_server_that_does_not_start_says_why(
    programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "OPTIONS", ("--no_such_setting=1",))
    with pytest.raises(ServerError, match="no_such_setting"), serving(programs):
        pass


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_server_goes_when_its_test_is_stopped(programs: Path, number: signal.Signals) -> None:
    """As `make test-postgres` would be by Ctrl-C, in the middle of a snippet."""
    code = (
        "import signal, time\n"
        # A shell's job in the background is born deaf to Ctrl-C.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from bench import postgres\n"
        "def run(root):\n"
        "    with postgres.serving(postgres.programs()) as server:\n"
        "        print(server.socket, flush=True)\n"
        "        time.sleep(60)\n"
        "postgres.run = run\n"
        "postgres.main()\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as test:
        assert test.stdout is not None
        folder = Path(test.stdout.readline().strip())
        running = process(folder)
        test.send_signal(number)
        assert test.wait(600) == 128 + number
    assert gone(running)
    assert not folder.exists()


def process(folder: Path) -> int:
    """The server's number, from the file that it keeps beside its socket."""
    return int((folder / ".s.PGSQL.5432.lock").read_text().splitlines()[0])


def test_a_snippet_that_leaves_no_rows_is_no_pass(
    programs: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One that reads the variable and then uses SQLite would otherwise pass."""
    ask = Server.ask
    monkeypatch.setattr(postgres, "ids", lambda project: ["databases/bottle"])
    monkeypatch.setattr(
        Server, "ask", lambda self, sql, *at: "" if "regclass" in sql else ask(self, sql, *at)
    )
    assert postgres.run(ROOT) is False
    count = len(collect(ROOT).contracts["databases"].checks)
    said = f"databases/bottle in process: passed, {count} checks, 0 rows there"
    assert said in capsys.readouterr().out


# hooks/need-postgres.sh


def need(machine: Path, **programs: str) -> tuple[int, str, list[str]]:
    """Its exit status, what it says, and what it called, where these programs are all there is."""
    (machine / "bin").mkdir(exist_ok=True)
    for name, text in {"id": "echo 0", "env": 'shift; exec "$@"', **programs}.items():
        path = machine / "bin" / name
        path.write_text(f"#!/bin/sh\n{text}\n")
        path.chmod(0o755)
    log = machine / "log"
    log.write_text("")
    done = subprocess.run(
        ["/bin/sh", ROOT / "hooks" / "need-postgres.sh", machine / "postgresql"],
        env={"PATH": str(machine / "bin"), "LOG": str(log), "FOLDER": str(machine)},
        capture_output=True,
        text=True,
        timeout=600,
    )
    return done.returncode, done.stdout + done.stderr, log.read_text().splitlines()


LOG = 'echo "${0##*/} $*" >> "$LOG"'
INSTALL = "apt-get install --yes --quiet --no-install-recommends postgresql"


def test_nothing_is_installed_where_the_programs_are(tmp_path: Path) -> None:
    assert need(tmp_path, **{"initdb": "exit 0", "apt-get": LOG}) == (0, "", [])


def test_they_are_installed_where_they_are_missing(tmp_path: Path) -> None:
    puts = '/bin/mkdir -p "$FOLDER/postgresql/15/bin"; echo > "$FOLDER/postgresql/15/bin/initdb"'
    puts += '; /bin/chmod +x "$FOLDER/postgresql/15/bin/initdb"'
    # Only after the lists of packages were fetched, as on a machine that has none yet.
    fetched = 'if [ "$1" = update ]; then echo > "$FOLDER/lists"; exit 0; fi'
    fetched += f'; [ -e "$FOLDER/lists" ] || exit 100; {puts}'
    status, said, called = need(tmp_path, **{"apt-get": f"{LOG}; {fetched}"})
    assert (status, said) == (0, "Installing postgresql\n")
    assert called == [INSTALL, "apt-get update --quiet", INSTALL]


def test_somebody_else_than_root_asks_sudo(tmp_path: Path) -> None:
    called = need(tmp_path, **{"id": "echo 1000", "sudo": LOG, "apt-get": LOG})[2]
    assert called[0] == f"sudo -n env DEBIAN_FRONTEND=noninteractive {INSTALL}"


def test_where_they_cannot_be_had_the_next_act_is_named(tmp_path: Path) -> None:
    status, said, _ = need(tmp_path)
    assert status == 2
    assert said.startswith("PostgreSQL is missing, and it could not be installed.\nNext: install")


@pytest.mark.parametrize("length", [4, 65, 186])
def test_no_folder_is_too_long_for_its_socket(length: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", f"/{'l' * (length - 1)}")
    place = postgres._place() or tempfile.gettempdir()
    assert len(f"{place}/fieldguide-postgres-12345678/.s.PGSQL.5432") < 104
