"""Whether the scanner sees what a reader sees, on every page below a folder.

    python tools/agreement.py FOLDER

Includes are left as they are written. Exit status 1 if a page differs.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from time import perf_counter

from fieldguide.pages.fences import scan

sys.path.append(str(Path(__file__).parents[1] / "tests" / "help"))
import oracle


def main(folder: Path) -> int:
    """Compare every page; say where they differ, and how many there are of what."""
    pages = fences = strays = differing = 0
    scanning = rendering = 0.0
    for path, text in oracle.pages(folder):
        pages += 1
        started = perf_counter()
        try:
            page = scan.scan(path.as_posix(), text)
        except Exception as error:
            print(f"{path}: {type(error).__name__}: {error}")
            differing += 1
            continue
        between = perf_counter()
        shown = oracle.shown(text)
        scanning += between - started
        rendering += perf_counter() - between
        fences += len(shown)
        strays += sum("shows this fence as" in problem.message for problem in page.problems)
        scanned = Counter((fence.language, fence.source) for fence in page.fences)
        if scanned != Counter(shown):
            differing += 1
            for language, source in (scanned - Counter(shown)).elements():
                print(f"{path}: found, and not shown: {language} {source!r}")
            for language, source in (Counter(shown) - scanned).elements():
                print(f"{path}: shown, and not found: {language} {source!r}")
        lines = oracle.lines(text)
        for fence in page.fences:
            for place, line in zip(fence.lines, fence.source.split("\n"), strict=False):
                if not lines[(place.line or 0) - 1].expandtabs(4).rstrip().endswith(line.rstrip()):
                    print(f"{path}:{place.line}: is not {line!r}")
                    differing += 1
    print(
        f"{pages} pages, {fences} fences, {differing} disagreements; {strays} fences shown as "
        f"text; scanned in {scanning:.1f} s, rendered without highlighting in {rendering:.1f} s"
    )
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
