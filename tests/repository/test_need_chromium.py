"""Chromium for the browser tests: there, fetched, or not to be had."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from scripts import script

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="make and sh are for POSIX systems")


def need_chromium(folder: Path, *, user: int, **programs: str) -> tuple[int, list[str], str]:
    """Its exit status, the last words of what it called, and its complaint."""
    for name, text in {"id": f"echo {user}", **programs}.items():
        script(folder / "bin" / name.replace("_", "-"), text)
    (folder / "calls").touch()
    done = subprocess.run(
        ["/bin/sh", str(ROOT / "hooks/need-chromium.sh"), str(folder / "bin/python")],
        cwd=folder,
        env={"PATH": str(folder / "bin")},
        capture_output=True,
        text=True,
        timeout=600,
    )
    return done.returncode, (folder / "calls").read_text().splitlines(), done.stderr


APT = 'echo "apt-get $1" >> calls; '
INSTALLS = "echo '#!/bin/sh' > bin/chromium; /bin/chmod +x bin/chromium"
PLAYWRIGHT = '[ "$1" = -c ] && exit 1; echo "$*" >> calls; '


def test_chromium_that_is_there_is_enough(tmp_path: Path) -> None:
    assert need_chromium(tmp_path, user=0, google_chrome="", apt_get=APT) == (0, [], "")


def test_chromium_comes_from_the_system_for_root(tmp_path: Path) -> None:
    assert need_chromium(tmp_path, user=0, apt_get=APT + INSTALLS) == (0, ["apt-get install"], "")


def test_package_lists_are_fetched_where_they_lack(tmp_path: Path) -> None:
    apt = (
        APT + f"[ $1 = update ] && exec /usr/bin/touch lists; [ -e lists ] || exit 100; {INSTALLS}"
    )
    tries = ["apt-get install"] * 2  # of either package
    calls = [*tries, "apt-get update", "apt-get install"]
    assert need_chromium(tmp_path, user=0, apt_get=apt) == (0, calls, "")


def test_chromium_comes_from_playwright_for_others(tmp_path: Path) -> None:
    calls = ["-m playwright install chromium"]
    made = need_chromium(tmp_path, user=1000, apt_get=APT, python=PLAYWRIGHT)
    assert made == (0, calls, "")


def test_playwrights_own_is_not_fetched_twice(tmp_path: Path) -> None:
    assert need_chromium(tmp_path, user=1000, python='[ "$1" = -c ]') == (0, [], "")


def test_no_chromium_to_be_had(tmp_path: Path) -> None:
    status, _, complaint = need_chromium(tmp_path, user=1000, python=PLAYWRIGHT + "exit 1")
    assert status == 2
    assert complaint.startswith(
        "The browser tests need Chromium, and it could not be installed.\nNext: "
    )
