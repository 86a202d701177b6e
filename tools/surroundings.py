"""Run the project where others run it, and say what came of it.

    python tools/surroundings.py                  every surrounding, one after the other
    python tools/surroundings.py tarball load     these alone
    python tools/surroundings.py --list           their names

In each, the tree is linted, a concept verified, and the site built. Good is what passes, or what
ends with its next act in a surrounding where it cannot work. Exit status 1 where anything is bad.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

from acts import Came, Place, table
from places import HOMELESS, as_nobody, closed, later, lay_out, load, own, read_only, without
from site_links import broken

CONCEPT = "csrf"
SETUP = ("make", ".venv/.project")
LINT = ("make", "lint")
VERIFY = (".venv/bin/fieldguide", "verify", CONCEPT)
BUILD = (".venv/bin/mkdocs", "build", "--quiet")
PATIENCE = 1500
"""Seconds after which an act will never end."""
ADDRESS = "https://example.org/repo/"


class Trial:
    """The surroundings, each a method; what came of their acts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._name = ""
        self.came: list[Came] = []

    def run(self, name: str) -> None:
        self._name = name
        if name.startswith("python"):
            self.python(name)
        else:
            getattr(self, name.replace("-", "_"))()

    def act(self, place: Place, *commands: Sequence[str]) -> bool:
        """Run them one after the other until one fails."""
        return all(self._ended(place, command, place.start(command)) for command in commands)

    def _ended(self, place: Place, command: Sequence[str], process: subprocess.Popen[str]) -> bool:
        begun = monotonic()
        try:
            said, _ = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            said = process.communicate()[0] + f"\nit did not end within {PATIENCE} s"
        self._keep(shlex.join(command), process.returncode, monotonic() - begun, said, place)
        return process.returncode == 0

    def _keep(self, act: str, status: int, seconds: float, said: str, place: Place) -> None:
        came = Came(self._name, act, status, seconds, said, place.may_refuse)
        self.came.append(came)
        print(f"{came.word:8}{self._name:12}{seconds:6.1f} s  {act}", flush=True)
        if came.word == "BAD":
            print("\n".join(f"    {line}" for line in said.splitlines()[-25:]), flush=True)

    def new(self, name: str = "", *, git: bool = True, python: str = "") -> Place:
        """A tree of its own, set up as anybody does."""
        place = Place(lay_out(self._folder / (name or self._name), git=git))
        place.may_refuse = bool(python)
        self.act(place, (*SETUP, f"PYTHON={python}"))
        place.may_refuse = False
        return place

    def plain(self) -> Place:
        """The one tree that all surroundings share that change nothing in it."""
        folder = self._folder / "plain"
        return Place(folder) if folder.exists() else self.new("plain")

    def all_acts(self, place: Place) -> None:
        self.act(place, LINT, VERIFY, (*BUILD, "-f", str(place.folder / "mkdocs.yml")))

    def site(self, place: Place, *, address: str = "/", settings: str = "") -> None:
        """Build the site with other settings, and follow each of its links."""
        config = place.folder / "mkdocs-other.yml"
        config.write_text(f"INHERIT: mkdocs.yml\n{settings}", "utf-8")
        output = place.folder / ".fieldguide" / "other-site"
        if self.act(place, VERIFY, (*BUILD, "-f", str(config), "-d", str(output))):
            lines = list(broken(output, address))
            self._keep("follow all links", int(bool(lines)), 0, "\n".join(lines), place)
        config.unlink()

    def sub_path(self) -> None:
        self.site(self.plain(), address="/repo/", settings=f"site_url: {ADDRESS}\n")

    def flat_urls(self) -> None:
        self.site(self.plain(), settings="use_directory_urls: false\n")

    def elsewhere(self) -> None:
        place = self.plain()
        config = str(place.folder / "mkdocs.yml")
        place.cwd = place.folder / "docs" / "concepts"
        self.act(place, VERIFY, (*BUILD, "-f", config))
        place.cwd = Path("/")
        self.act(place, (*BUILD, "-f", config))
        place.may_refuse = True
        self.act(place, VERIFY)

    def tarball(self) -> None:
        self.all_acts(self.new(git=False))
        # What the acts made is in the tree now, and no settings of git say so.
        self.act(Place(self._folder / "tarball"), LINT)

    def read_only(self) -> None:
        place = self.new()
        self.act(place, VERIFY)
        with closed(place.folder):
            place.before = read_only(place.folder)
            place.may_refuse = True
            for command in (LINT, VERIFY, BUILD):
                self.act(place, command)
            place.may_refuse = False
            self.act(place, (*BUILD, "-d", str(self._folder / "site")))

    def homeless(self) -> None:
        place = Place(lay_out(self._folder / self._name, git=True))
        own(place.folder)
        for environment in (without("HOME"), {**os.environ, **HOMELESS}):
            place.before, place.environment = as_nobody(), environment
            self.act(place, SETUP)
            self.all_acts(place)

    def odd_path(self) -> None:
        self.all_acts(self.new("a [b] #1 100% é'q/Ω ж"))

    def long_tmpdir(self) -> None:
        place = self.plain()
        folder = self._folder / "/".join(["long" * 12] * 3)
        folder.mkdir(parents=True, exist_ok=True)
        place.environment = {**os.environ, "TMPDIR": str(folder)}
        self.all_acts(place)

    def load(self) -> None:
        place = self.plain()
        with load(12):
            self.act(place, (*VERIFY, "--no-cache"), BUILD)

    def year_2030(self) -> None:
        place = self.plain()
        place.environment = {**os.environ, **later(place.folder, "2030-01-02 00:00:00")}
        self.act(place, (*VERIFY, "--no-cache"), (".venv/bin/fieldguide", "lint"), BUILD)

    def python(self, name: str) -> None:
        place = self.new(python=name)
        if self.came[-1].status == 0:
            self.all_acts(place)

    def two_at_once(self) -> None:
        """In two trees that share what uv keeps, from nothing; and twice in one of them."""
        places = [self.new("one"), self.new("two")]
        for command in (VERIFY, (*VERIFY, "--no-cache")):
            pairs = [(place, place.start(command)) for place in (*places, places[0])]
            for place, process in pairs:
                self._ended(place, command, process)


NAMES = (
    *("sub-path", "flat-urls", "elsewhere", "long-tmpdir", "load", "year-2030"),
    *("tarball", "read-only", "homeless", "odd-path", "two-at-once"),
    *("python3.11", "python3.12", "python3.13", "python3.14"),
)


@contextmanager
def _folder() -> Iterator[Path]:
    """For all trees; outside of this one, whose git would be theirs."""
    with tempfile.TemporaryDirectory(prefix="around-", ignore_cleanup_errors=True) as made:
        Path(made).chmod(0o755)
        yield Path(made)


def main(names: Sequence[str]) -> int:
    if names == ["--list"]:
        print("\n".join(NAMES))
        return 0
    for name in names:
        if name not in NAMES:
            print(f"{name}: no such surrounding. Next: one of {', '.join(NAMES)}", file=sys.stderr)
            return 2
    with _folder() as folder:
        trial = Trial(folder)
        for name in names or NAMES:
            trial.run(name)
    lines = "\n".join(table(trial.came))
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary:
        Path(summary).write_text(f"{lines}\n", "utf-8")
    print(f"\n{lines}")
    return int(any(one.word == "BAD" for one in trial.came))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
