"""Hostile and broken snippets: none gets away with it, harms the next one, or leaves a trace.

A case is a folder of ``cases/faults``: an application, a contract where it is the hostile one (else
the shared, honest one), and ``case.toml``:

    why          what the case is about
    outcome      the outcomes that are right; "passed" only where what it does harms nobody
    message      what the problem's line holds, as a regular expression
    host         whether the application wants to know where the machine's own things are: a file
                 ``host.json`` beside it
    unsandboxed  whether it is safe on a machine without a boundary around it
    judge        whether only a judge in another process sees through it

All cases of one way are two verifications, one of those that end by themselves and one of those
that may have to be stopped. In both, two more snippets of the same warm process follow each case:
``next.py``, which is honest and has to pass, and ``wrong.py``, which must not. The engine runs in a
process of its own that adopts whatever its snippets leave behind.
"""

from __future__ import annotations

import ctypes
import json
import os
import pickle
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from miniature import ROOT, files_of, miniature

from fieldguide.base.json_records import to_json
from fieldguide.base.problems import line
from fieldguide.commands.verify.options import VerifyOptions
from fieldguide.commands.verify.run import verify
from fieldguide.environments import prepare
from fieldguide.model import Limits, Outcome, Report
from fieldguide.model.layers import BOUNDARY, JUDGE
from fieldguide.results.result_problems import problems_of
from fieldguide.running.sandbox import Mode, sandbox

CASES = ROOT / "tests" / "cases" / "faults"
NOBODY = 65534 if os.getuid() == 0 and shutil.which("setpriv") else None
"""A user without any rights, as whom root runs half of the ways; whoever else runs the tests is
such a user in all of them."""
LIMITS = Limits(wall_seconds=3.0, cpu_seconds=1)
"""Of what is meant to meet a limit of time: the first ends what waits for ever, the second what
computes for ever. All else has the usual ones, far off."""
TOKEN = "FIELDGUIDE_FAULTS_TOKEN"


@dataclass(frozen=True)
class Case:
    """One folder of ``cases/faults``."""

    name: str
    outcomes: tuple[Outcome, ...]
    message: str
    host: bool
    unsandboxed: bool
    judge: bool

    @property
    def folder(self) -> Path:
        """Where it is on disk."""
        return CASES / self.name

    @property
    def stopped(self) -> bool:
        """Whether the time limit may end it."""
        return Outcome.TIMED_OUT in self.outcomes

    @property
    def contract(self) -> bool:
        """Whether its contract is the hostile one."""
        return (self.folder / "contract.py").exists()


def read(folder: Path) -> Case:
    """The case in a folder; raises for a key that says nothing."""
    settings = tomllib.loads((folder / "case.toml").read_text("utf-8"))
    assert settings.pop("why")
    case = Case(
        folder.name,
        tuple(map(Outcome, settings.pop("outcome"))),
        settings.pop("message", ""),
        settings.pop("host", False),
        settings.pop("unsandboxed", False),
        settings.pop("judge", False),
    )
    assert not settings
    return case


ALL = [read(folder) for folder in sorted(CASES.iterdir()) if folder.is_dir()]


@dataclass(frozen=True)
class Way:
    """One way to run the cases."""

    name: str
    mode: Mode
    user: int | None = None
    """Run as this user instead of the one who runs the tests."""
    judging: bool = False
    """Only those cases whose end depends on where the judge is."""

    @property
    def cases(self) -> list[Case]:
        """Those that are safe to run so, and can be seen through."""
        return [
            case
            for case in ALL
            if (case.unsandboxed or self.mode is not Mode.OFF)
            and (not case.judge or self.mode is Mode.STRICT)
            and (case.judge or case.contract or not self.judging)
        ]


WAYS = {
    way.name: way
    for way in (
        Way("sandboxed", Mode.STRICT),
        Way("sandboxed-without-a-judge", Mode.AUTO, NOBODY),
        Way("sandboxed-with-a-judge", Mode.STRICT, NOBODY, judging=True),
        Way("unsandboxed", Mode.OFF),
    )
}
"""Who runs the engine decides what its boundary can be made of; the judge stands behind that
boundary. So every case meets each user and each place of the judge once, and not each user in each
place: only what the judge itself runs, or what only a judge sees through, does that as well."""


# One verification a way --------------------------------------------------------------------------


class Host:
    """What a snippet must not reach: files of the machine, and sockets somebody listens on."""

    def __init__(self, folder: Path) -> None:
        self.token = secrets.token_hex(8)
        self.canary = folder / "canary"
        self.canary.mkdir()
        (self.canary / "file").write_text(self.token)
        (self.canary / "folder").mkdir()
        (self.canary / "folder" / "file").write_text(self.token)
        self.canary.chmod(0o777)  # so that only the sandbox stands before it
        self._listening = [socket.create_server(("127.0.0.1", 0))]
        for address in (str(folder / "socket"), f"\0{self.token}"):
            one = socket.socket(socket.AF_UNIX)
            one.bind(address)
            one.listen()
            self._listening.append(one)
        (folder / "socket").chmod(0o777)
        home = Path.home()
        self.told: dict[str, Any] = {
            "token": self.token,
            "canary": str(self.canary),
            "canary_file": str(self.canary / "file"),
            "home": str(home),
            "home_files": [str(path) for path in sorted(home.glob(".*")) if path.is_file()][:20],
            "checkout": str(ROOT),
            "project": str(folder / "project"),
            "engine": os.getpid(),
            "port": self._listening[0].getsockname()[1],
            "socket": str(folder / "socket"),
            "abstract": self.token,
            "name": socket.gethostname(),
        }

    def visited(self) -> list[str]:
        """The listening sockets that somebody connected to."""
        found = []
        for one in self._listening:
            one.setblocking(False)
            try:
                one.accept()
            except BlockingIOError:
                continue
            found.append(str(one.getsockname()))
        return found

    def close(self) -> None:
        """Stop listening."""
        for one in self._listening:
            one.close()


class Run:
    """The verification of all cases of one way, and the machine before and after it."""

    def __init__(self, way: Way) -> None:
        self.way = way
        # Not pytest's own folder, which no other user can enter.
        self.folder = Path(tempfile.mkdtemp(prefix="faults-"))
        self.folder.chmod(0o755)
        self.host = Host(self.folder)
        self.project = self._laid_out()
        self.temporary = self.folder / "temporary"
        self.temporary.mkdir()
        self.site = prepare.prepare(ROOT, "bottle").python.parent.parent.resolve()
        self.before = self._state()
        if way.user is not None:
            for path in (self.folder, *self.folder.rglob("*")):
                os.chown(path, way.user, way.user, follow_symlinks=False)
        self._process = subprocess.Popen(
            [
                *_other_user(way),
                *(sys.executable, __file__, str(self.folder), way.mode.value),
                *self.stopped,
            ],
            cwd=self.folder,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT / "tests" / "help"),
                "TMPDIR": str(self.temporary),
                TOKEN: self.host.token,
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def _laid_out(self) -> Path:
        files: dict[str, str | bytes] = {}
        honest = (CASES / "contract.py").read_bytes()
        self.concepts = {}
        self.stopped: list[str] = []
        for number, case in enumerate(self.way.cases):
            for order, kind in enumerate(("fault", "next", "wrong")):
                concept = f"n{number:03}-{order}-{kind}-{case.name}"
                self.concepts[concept] = (kind, case.name)
                if case.stopped:
                    self.stopped.append(concept)
                files[f"{concept}/contract.py"] = honest
                if kind != "fault":
                    files[f"{concept}/bottle/app.py"] = (CASES / f"{kind}.py").read_bytes()
                    continue
                own = files_of(case.folder)
                del own["case.toml"]
                files[f"{concept}/contract.py"] = own.pop("contract.py", honest)
                files |= {f"{concept}/bottle/{name}": content for name, content in own.items()}
                if case.host:
                    files[f"{concept}/bottle/host.json"] = json.dumps(self.host.told)
        return miniature(self.folder / "project", ["bottle"], files)

    def wait(self) -> None:
        """Wait for its end, and take what it left."""
        said, _ = self._process.communicate()
        assert self._process.returncode == 0, said.decode("utf-8", "replace")
        self.said = said.decode("utf-8", "replace")
        self.reports: list[Report]
        self.reports, self.left = pickle.loads((self.folder / "report").read_bytes())
        results = [result for report in self.reports for result in report.results]
        self.results = {self.concepts[result.concept]: result for result in results}
        self.after = self._state()
        self.visited = self.host.visited()

    def _state(self) -> dict[str, dict[str, tuple[int, int]]]:
        """Everything that must be as it was, file by file."""
        parts = [self.project / name for name in ("snippets", "docs", "environments")]
        # Not the manifest beside them, which any other run may write anew.
        installed = [self.site / name for name in ("bin", "lib")]
        folders = [*parts, *installed, self.host.canary]
        return {str(folder): _listing(folder) for folder in folders}

    def close(self) -> None:
        """End it and remove its folder."""
        self.host.close()
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def _listing(folder: Path) -> dict[str, tuple[int, int]]:
    """Size and time of each file below a folder, and of the folder."""
    found = {}
    for path in (folder, *folder.rglob("*")):
        state = path.lstat()
        found[str(path)] = (state.st_size if path.is_file() else 0, state.st_mtime_ns)
    return found


def _other_user(way: Way) -> list[str]:
    """What goes before a command so that it runs as the way's user.

    That user may not enter the home folder that the interpreter or the checkout is in; so the
    first folder that is closed is an empty one, with only those two in it.
    """
    if way.user is None:
        return []
    needed = [Path(sys.base_prefix), Path(sys.prefix), ROOT]
    command = ["bwrap", "--dev-bind", "/", "/"]
    for barrier in sorted({barrier for path in needed if (barrier := _barrier(path))}):
        command += ["--tmpfs", str(barrier)]
    for path in needed:
        if barrier := _barrier(path):
            for above in reversed(path.parents):
                if barrier in above.parents:
                    command += ["--perms", "0755", "--dir", str(above)]
            command += ["--bind", str(path), str(path)]
    user = str(way.user)
    return [*command, "--", "setpriv", "--reuid", user, "--regid", user, "--clear-groups", "--"]


def _barrier(path: Path) -> Path | None:
    """The first folder on the way to a path that not everybody may enter."""
    for folder in reversed((path, *path.parents)):
        if not folder.stat().st_mode & 0o001:
            return folder
    return None


def _engine(folder: Path, mode: Mode, stopped: list[str]) -> None:
    """Verify the project, and leave the reports and the names of processes that are left.

    ``stopped`` are the concepts in which the time limit is met."""
    if sys.platform == "linux":
        adopt_orphans = 36
        ctypes.CDLL(None).prctl(adopt_orphans, 1, 0, 0, 0)
    root = folder / "project"
    others = [one.name for one in (root / "snippets").iterdir() if one.name not in stopped]
    reports = [
        verify(root, sorted(others), VerifyOptions(jobs=1, mode=mode)),
        verify(root, stopped, VerifyOptions(jobs=1, mode=mode, limits=LIMITS)),
    ]
    (folder / "report").write_bytes(pickle.dumps((reports, _left())))


def _left() -> list[str]:
    """The processes below this one that do not end, however long one waits."""
    deadline = monotonic() + 20
    while True:
        left = []
        for process in _below(os.getpid()):
            try:
                os.waitpid(process, os.WNOHANG)
                name = Path(f"/proc/{process}/cmdline").read_bytes()
                state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
            except OSError:
                continue
            if state != "Z":
                left.append(name.replace(b"\0", b" ").decode("utf-8", "replace"))
        if not left or monotonic() > deadline:
            return left
        sleep(0.05)


def _below(process: int) -> Iterator[int]:
    """A process's children, and theirs."""
    parents = {}
    for entry in Path("/proc").iterdir() if Path("/proc").is_dir() else ():
        if entry.name.isdigit():
            try:
                words = (entry / "stat").read_text().rpartition(")")[2].split()
                parents[int(entry.name)] = int(words[1])
            except OSError:
                continue
    waiting = [process]
    while waiting:
        above = waiting.pop()
        found = [child for child, parent in parents.items() if parent == above]
        yield from found
        waiting += found


# The tests ---------------------------------------------------------------------------------------


def possible(way: Way) -> str:
    """Why the cases cannot be run so; empty where they can."""
    if not hasattr(os, "fork"):
        return "no fork"
    if way.mode is not Mode.OFF and not sandbox(Mode.AUTO, True).bounded:
        return "no sandbox"
    return ""


@pytest.fixture(scope="module")
def run(request: pytest.FixtureRequest) -> Iterator[Run]:
    """The verification of all cases of one way, where this machine knows the way."""
    way = WAYS[request.param]
    if why := possible(way):
        pytest.skip(why)
    run = Run(way)
    try:
        run.wait()
        yield run
    finally:
        run.close()


each_way = pytest.mark.parametrize("run", WAYS, indirect=True, scope="module")
each_case = pytest.mark.parametrize(
    ("run", "case"),
    [
        pytest.param(way.name, case, id=f"{way.name}-{case.name}")
        for way in WAYS.values()
        for case in way.cases
    ],
    indirect=["run"],
    scope="module",
)


@each_case
def test_a_fault_is_found(run: Run, case: Case) -> None:
    result = run.results["fault", case.name]
    assert result.outcome in case.outcomes, result.reason
    if result.outcome is Outcome.PASSED:
        return
    lines = [line(problem) for problem in problems_of(result)]
    assert lines
    assert any(re.search(case.message, text) for text in lines), lines
    blamed = f"snippets/{result.concept}/" + ("" if case.contract else "bottle/")
    for text in lines:
        assert text.startswith(blamed), text
        assert text.isprintable(), text
        assert len(text) < 4000


@each_case
def test_a_page_has_room_for_what_it_left(run: Run, case: Case) -> None:
    for kind in ("fault", "next", "wrong"):
        result = replace(run.results[kind, case.name], output="")
        assert len(json.dumps(to_json(result))) < 500_000


@each_case
def test_the_next_snippet_passes(run: Run, case: Case) -> None:
    result = run.results["next", case.name]
    assert result.outcome is Outcome.PASSED, result.reason


@each_case
def test_the_next_wrong_snippet_fails(run: Run, case: Case) -> None:
    result = run.results["wrong", case.name]
    assert result.outcome is Outcome.FAILED, result.reason
    assert "expected 200, got 404" in result.reason


@each_way
def test_every_layer_was_on(run: Run) -> None:
    expected = set(BOUNDARY) if run.way.mode is not Mode.OFF else set()
    expected |= set(JUDGE) if run.way.mode is Mode.STRICT else set()
    for report in run.reports:
        assert {*BOUNDARY, *JUDGE} & set(report.layers) == expected


@each_way
def test_no_process_is_left(run: Run) -> None:
    assert run.left == []


@each_way
def test_nothing_outside_changed(run: Run) -> None:
    for folder, before in run.before.items():
        assert run.after[folder] == before
    places = ("/", "/usr", "/etc", "/var/tmp", "/dev", "/dev/shm", tempfile.gettempdir())
    for place in (*places, Path.home(), ROOT, ROOT / ".fieldguide/cache", sys.base_prefix):
        assert list(Path(place).glob(f"*{run.host.token}*")) == []


@each_way
def test_nobody_connected_to_the_machine(run: Run) -> None:
    assert run.visited == []


@each_way
def test_nothing_temporary_is_left(run: Run) -> None:
    assert list(run.temporary.iterdir()) == []


@each_way
def test_only_right_snippets_are_kept(run: Run) -> None:
    """A second run finds the passes, and nothing else, in the cache."""
    kept = "".join(path.read_text() for path in (run.project / ".fieldguide/cache").glob("*.jsonl"))
    for result in run.results.values():
        assert (result.key in kept) is (result.outcome is Outcome.PASSED), result.id


@each_way
def test_the_engine_said_nothing_unplanned(run: Run) -> None:
    assert "Traceback" not in run.said


if __name__ == "__main__":
    _engine(Path(sys.argv[1]), Mode(sys.argv[2]), sys.argv[3:])
