"""Making an environment runs no code of what it holds, which is outside of every sandbox."""

from __future__ import annotations

import hashlib
import io
import subprocess
import tarfile
from pathlib import Path

from tiny_project import problem_of, site
from wheels import wheel

from fieldguide.environments.prepare import prepare
from fieldguide.model import Location


def test_nothing_is_built_from_its_sources(root: Path, tmp_path: Path) -> None:
    """To build is to run a stranger's setup.py, outside of every sandbox."""
    ran = tmp_path / "ran"
    with tarfile.open(tmp_path / "wheels/evil-1.0.tar.gz", "w:gz") as archive:
        for name, text in {
            "setup.py": f"import setuptools\nopen({str(ran)!r}, 'w')\nsetuptools.setup()\n",
            "PKG-INFO": "Metadata-Version: 2.1\nName: evil\nVersion: 1.0\n",
        }.items():
            about = tarfile.TarInfo(f"evil-1.0/{name}")
            about.size = len(text)
            archive.addfile(about, io.BytesIO(text.encode()))
    content = (tmp_path / "wheels/evil-1.0.tar.gz").read_bytes()
    lock = f"evil==1.0 \\\n    --hash=sha256:{hashlib.sha256(content).hexdigest()}\n"
    (root / "environments/small.txt").write_text(lock)
    problem = problem_of(root, "small")
    assert problem.location == Location("environments/small.txt", 1)
    assert not ran.exists()


def test_what_is_installed_runs_nothing_while_it_is_compiled(root: Path, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    files = {"evil.pth": f"import os; open({str(ran)!r}, 'w')\n", "evil.py": "one = 1\n"}
    evil = wheel(tmp_path / "wheels", "evil", "1.0", files)
    (root / "environments/small.txt").write_text(evil)
    environment = prepare(root, "small")
    assert list(site(environment).glob("__pycache__/evil.*.pyc"))
    assert not ran.exists()
    subprocess.run([environment.python, "-c", ""], check=True)
    assert ran.exists()  # whoever starts its interpreter starts that file
