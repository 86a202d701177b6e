"""Programs called bwrap that are less than bubblewrap, run where they can harm nobody."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
ALONE = ["unshare", "--map-root-user", "--pid", "--fork", "--mount-proc", "--kill-child"]
"""A PID namespace of its own: whoever signals every process there reaches nobody else."""

NOTHING = """\
#!/bin/sh
# A workaround that containers have: it does nothing of what it is told to.
while [ "$1" != -- ]; do shift; done
shift
exec "$@"
"""
ONLY_PROCESSES = NOTHING.replace("exec", "exec unshare --pid --fork --mount-proc --kill-child")


def adding(*options: str) -> str:
    """Bubblewrap, with more options than it was told."""
    return f"""\
#!{sys.executable}
import os, sys
end = sys.argv.index("--")
os.execv({shutil.which("bwrap")!r}, [*sys.argv[:end], *{options!r}, *sys.argv[end:]])
"""


def without(*options: str) -> str:
    """Bubblewrap, as it is where it does not know these options."""
    return f"""\
#!{sys.executable}
import os, sys
unknown = [word for word in sys.argv[:sys.argv.index("--")] if word in {options!r}]
if unknown:
    sys.exit(f"bwrap: Unknown option {{unknown[0]}}")
os.execv({shutil.which("bwrap")!r}, sys.argv)
"""


def dropping(option: str) -> str:
    """Bubblewrap, with an option and its value taken away."""
    return f"""\
#!{sys.executable}
import os, sys
at = sys.argv.index({option!r})
os.execv({shutil.which("bwrap")!r}, sys.argv[:at] + sys.argv[at + 2:])
"""


def run(shim: str, folder: Path, code: str, mode: str) -> subprocess.CompletedProcess[str]:
    """Run Python code with that program as bwrap, in the mode, in a PID namespace of its own."""
    program = folder / "bin" / "bwrap"
    program.parent.mkdir()
    program.write_text(shim)
    program.chmod(0o755)
    variables = {
        **os.environ,
        "PATH": f"{program.parent}:{os.environ['PATH']}",
        "FIELDGUIDE_SANDBOX": mode,
    }
    return subprocess.run(
        [*ALONE, sys.executable, "-c", code],
        cwd=folder,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )


def possible() -> str:
    """Why none can be run here; empty where they can."""
    if not shutil.which("bwrap") or not shutil.which("unshare"):
        return "it needs bwrap and unshare"
    trial = subprocess.run([*ALONE, "true"], check=False, capture_output=True, text=True)
    return f"no PID namespace here: {trial.stderr.strip()}" if trial.returncode else ""
