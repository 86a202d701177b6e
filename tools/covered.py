"""How much of each module of the engine the tests cover, in the engine's own process.

    python tools/covered.py REPORT.json

The file is what `coverage json` writes. `tool.covered` in pyproject.toml says how much is enough,
and why a module may have less. Exit status 1 if a module has less without a reason, or a reason
that it does not need.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]

CLEAR = 10
"""So much above what is enough, a reason is not needed: systems and runs differ by a little."""


def percents(
    report: Mapping[str, Mapping[str, Mapping[str, Mapping[str, float]]]],
) -> dict[str, float]:
    """Per cent of lines and branches, by module as `fieldguide/cli.py`."""
    return {
        path.rpartition("hooks/")[2]: file["summary"]["percent_covered"]
        for path, file in report["files"].items()
    }


def problems(covered: Mapping[str, float], least: float, reasons: Mapping[str, str]) -> list[str]:
    """What has to be changed, a line each: where, what, the next act."""
    lines = []
    for module, percent in sorted(covered.items()):
        if percent < least and module not in reasons:
            lines.append(
                f"{module}: {percent:.1f} % is covered, less than {least:g} %. "
                "Next: test it, or give the reason under tool.covered.reasons in pyproject.toml."
            )
        if percent >= least + CLEAR and module in reasons:
            lines.append(
                f"{module}: {percent:.1f} % is covered, which needs no reason. "
                "Next: remove it under tool.covered.reasons in pyproject.toml."
            )
    for module in sorted(reasons.keys() - covered.keys()):
        lines.append(
            f"{module}: no such module. "
            "Next: remove it under tool.covered.reasons in pyproject.toml."
        )
    return lines


def main(file: Path) -> int:
    """Print a line for each module with too little, the least first; then what is to be changed."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["covered"]
    report = json.loads(file.read_text("utf-8"))
    covered = percents(report)
    for module, percent in sorted(covered.items(), key=lambda pair: (pair[1], pair[0])):
        if percent < settings["least"]:
            print(f"{percent:5.1f} %  {module}  {settings['reasons'].get(module, '')}".rstrip())
    print(f"{report['totals']['percent_covered']:5.1f} %  of lines and branches")
    lines = problems(covered, settings["least"], settings["reasons"])
    print("\n".join(lines), file=sys.stderr, end="\n" if lines else "")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
