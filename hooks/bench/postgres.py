"""``make test-postgres``: the snippets that read ``DATABASE_URL``, on a PostgreSQL server.

The server is thrown away afterwards. It has no port, only a socket in a folder of its own, which
the sandbox of the snippets shows. Each snippet gets a database of its own, and a role that is no
superuser: a superuser can start programs outside of the sandbox.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import NoReturn

from fieldguide.base.problems import ProblemError, line
from fieldguide.base.text import count
from fieldguide.commands.verify.options import VerifyOptions
from fieldguide.commands.verify.run import verify
from fieldguide.model import Outcome
from fieldguide.project.collect import collect
from fieldguide.project.record import Project
from fieldguide.running.boundary.database import DATABASE

TABLE = "item"
"""The table that every one of these snippets fills."""
_VARIABLES = {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}
"""What its programs see of the environment variables: no setting of somebody else's server."""
OPTIONS = ("-h", "", "-F")
"""No address to listen at; and no waiting for the disk, as the data is thrown away."""
_PREFIX = "fieldguide-postgres-"
_SOCKET_PATH = 103
"""So many bytes the path of a socket has at most, on every system that has some."""
_START_SECONDS = 60
_STOP_SECONDS = 20


class ServerError(Exception):
    """The server could not be had, or a query failed; carries why."""


class Server:
    """A running server; `serving` starts and stops it."""

    def __init__(self, programs: Path, folder: Path, password: str) -> None:
        self._programs, self._password = programs, password
        self.socket = folder
        """The folder of its socket."""

    def ask(self, sql: str, database: str = "postgres") -> str:
        """The answer to a query, as its superuser."""
        done = subprocess.run(
            [
                *(self._programs / "psql", "-XAtq", "-h", self.socket),
                *("-U", "postgres", "-d", database, "-c", sql),
            ],
            env={**_VARIABLES, "PGPASSWORD": self._password},
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise ServerError(done.stderr.strip() or f"psql ended with {done.returncode}")
        return done.stdout.strip()

    def new(self, name: str) -> str:
        """Make an empty database, and a role that owns it and nothing else; its URL."""
        password = secrets.token_urlsafe(16)
        self.ask(f"CREATE ROLE \"{name}\" LOGIN PASSWORD '{password}'")
        self.ask(f'CREATE DATABASE "{name}" OWNER "{name}"')
        return f"postgresql://{name}:{password}@/{name}?host={self.socket}"


@contextlib.contextmanager
def serving(programs: Path) -> Iterator[Server]:
    """Start a server, and stop it whatever happens."""
    # The server refuses to be run by root.
    user = _user() if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix=_PREFIX, dir=_place()) as path:
        folder = Path(path)
        folder.chmod(0o755)
        if user is not None:
            shutil.chown(folder, user)
        password = secrets.token_urlsafe(16)

        data = folder / "data"
        secret = folder / "password"
        secret.touch(0o600)
        secret.write_text(password)
        if user is not None:
            shutil.chown(secret, user)
        done = subprocess.run(
            [
                *(programs / "initdb", "-D", data, "-E", "UTF8", "--no-sync"),
                *("-U", "postgres", "--auth=scram-sha-256", "--pwfile", secret),
            ],
            user=user,
            extra_groups=[] if user else None,
            cwd=folder,
            env=_VARIABLES,
            capture_output=True,
            text=True,
        )
        secret.unlink()
        if done.returncode:
            raise ServerError(done.stderr.strip())
        with (folder / "log").open("w+") as log:
            process = subprocess.Popen(
                [programs / "postgres", "-D", data, "-k", folder, *OPTIONS],
                user=user,
                extra_groups=[] if user else None,
                cwd=folder,
                env=_VARIABLES,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # a terminal's Ctrl-C is for this process to act on
            )
            try:
                server = Server(programs, folder, password)
                _wait(process, server, folder / "log")
                yield server
            finally:
                _stop(process)


def _place() -> str | None:
    """Where its folder is made: as the user says, unless no socket could have so long a path."""
    path = f"{tempfile.gettempdir()}/{_PREFIX}12345678/.s.PGSQL.5432"
    return None if len(os.fsencode(path)) <= _SOCKET_PATH else "/tmp"


def _wait(process: subprocess.Popen[bytes], server: Server, log: Path) -> None:
    """Wait until the server answers."""
    deadline = monotonic() + _START_SECONDS
    while True:
        try:
            server.ask("SELECT 1")
            return
        except ServerError:
            if process.poll() is not None or monotonic() > deadline:
                raise ServerError(log.read_text(errors="replace").strip()) from None
        sleep(0.1)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the server: without waiting for its clients, then, if need be, at once."""
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        process.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_STOP_SECONDS)
            return


def _user() -> str:
    """The user that the server runs as where this process is root."""
    import pwd

    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    raise ServerError("there is no user that it could run as")


def programs() -> Path:
    """The folder of the newest server's programs: Debian's, or the one on the path."""
    versions = [
        (int(path.parent.parent.name), path.parent)
        for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")
        if path.parent.parent.name.isdigit()
    ]
    if versions:
        return max(versions)[1]
    if (on_path := shutil.which("initdb")) is not None:
        return Path(on_path).resolve().parent
    raise ServerError("no PostgreSQL server is installed")


def ids(project: Project) -> list[str]:
    """The snippets that read the variable."""
    name = DATABASE.encode("ascii")
    return [
        snippet.id
        for snippet in project.snippets.values()
        if any(name in content for content in snippet.files.values())
    ]


def run(root: Path) -> bool:
    """Hold each snippet to its contract on a database of its own; whether all passed."""
    passed = True
    snippets = ids(collect(root))
    if not snippets:
        raise ServerError(f"no snippet reads {DATABASE}")
    with serving(programs()) as server:
        version = re.sub(r"^(\S+ \S+).*", r"\1", server.ask("SELECT version()"))
        for id in snippets:
            for production in (False, True):
                name = re.sub(r"\W", "_", f"{id}_{'server' if production else 'process'}")
                report = verify(
                    root, [id], VerifyOptions(server=production, database=server.new(name))
                )
                (result,) = report.results
                for problem in report.problems:
                    print(line(problem))
                rows = _rows(server, name)
                under = f"under {result.server}" if result.server else "in process"
                words = f"{count(len(result.checks), 'check')}, {count(rows, 'row')} there"
                print(f"{version}: {id} {under}: {result.outcome.value}, {words}", flush=True)
                passed = passed and result.outcome is Outcome.PASSED and rows > 0
    return passed


def _rows(server: Server, database: str) -> int:
    """How many rows a snippet left; none where it did not even make the table."""
    if server.ask(f"SELECT to_regclass('{TABLE}')", database) == "":
        return 0
    return int(server.ask(f"SELECT count(*) FROM {TABLE}", database))


def main() -> NoReturn:
    """Exit status: 0 all passed, 1 something failed, 2 there is no server."""
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    try:
        passed = run(Path.cwd())
    except (ServerError, ProblemError) as error:
        print(f"PostgreSQL: {error}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(0 if passed else 1)


if __name__ == "__main__":
    main()
