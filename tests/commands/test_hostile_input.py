"""Files that a stranger made to hang the engine, to fill its memory or to crash a library in C.

Each has its problem, with its line, from the command itself: in a process that the kernel would end
long before such a file is read to its end.
"""

from __future__ import annotations

import re
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

CASES = Path(__file__).parents[1] / "cases"
CPU_SECONDS, MEMORY = 120, 2 << 30
"""What the command may use: a hundred times what it needs, and too little for any of the files."""

FILES: dict[str, str] = {
    # Sizes
    "docs/long.md": f"# Long\n\n{'ä' * 300_000}\n",
    "docs/line.md": f"# Long\n\n{'a' * 6_000}\n",
    "docs/block.md": "# Block\n\n" + "word\n" * 2_500,
    "docs/fences.md": "# Fences\n\n" + "```python {.run}\npass\n```\n\n" * 4_000,
    "snippets/greeting/flask/data.txt": "x" * 1_100_000,
    # What Markdown looks for until the end, from each place again
    "docs/brackets.md": f"# Brackets\n\na\n{'[' * 4_000}\n",
    "docs/images.md": f"# Images\n\n{'![' * 2_000}\n",
    "docs/links.md": f"# Links\n\n{'[a](' * 1_000}\n",
    "docs/tags.md": f"# Tags\n\n{'<a ' * 1_000}\n",
    "docs/cdata.md": f"# Sections\n\n{'<![CDATA[' * 500}\n",
    # What calls itself
    "docs/quotes.md": f"# Quotes\n\n{'>' * 2_000} a\n",
    "docs/items.md": f"# Items\n\n{'- ' * 2_000}a\n",
    "docs/numbers.md": f"# Numbers\n\n{'1. ' * 1_500}a\n",
    "docs/indented.md": f"# Indented\n\n{' ' * 2_000}a\n",
    # What stands for more than is written
    "docs/laughs.md": "# Laughs\n\n" + '--8<-- "../docs/laughs-1.txt"\n' * 20,
    **{
        f"docs/laughs-{level}.txt": f'--8<-- "../docs/laughs-{level + 1}.txt"\n' * 20
        for level in range(1, 6)
    },
    "docs/laughs-6.txt": "",
    "docs/chain.md": '# Chain\n\n```text\n--8<-- "../docs/chain-1.txt"\n```\n',
    **{
        f"docs/chain-{level}.txt": f'--8<-- "../docs/chain-{level + 1}.txt"\n'
        for level in range(1, 30)
    },
    "docs/chain-30.txt": "the end\n",
    "docs/big-include.md": '# Big\n\n```text\n--8<-- "../docs/big.txt"\n```\n',
    "docs/big.txt": "line\n" * 200_000,
    "docs/highlighted.md": '# Lines\n\n```text {hl_lines="1-9999999999"}\na\n```\n',
    "docs/numbered.md": f'# Lines\n\n```text {{linenums="{"9" * 4_000}"}}\na\n```\n',
    # Front matter
    "docs/front.md": f"---\ntitle: {'[' * 60_000}\n---\n# Front\n",
    "docs/front-alias.md": "---\na: &a [1]\nb: [*a, *a]\ntitle: *a\n---\n# Front\n",
    "docs/front-number.md": f"---\ntitle: a\nsize: 1{':59' * 10_000}\n---\n# Front\n",
    # Data
    "docs/reading/resources.yml": f"- {'[' * 50_000}\n",
    "snippets/greeting/bottle/cell.toml": f"kind = 1\nwhy = {'[' * 20_000}\n",
    "snippets/greeting/bottle/deviations.toml": f"[a]\nreason = -{'9' * 10_000}\n",
    # Names that no system has, and numbers in names
    "docs/concepts/names.md": f'# Names\n\n::: snippet {"a" * 300}\n\n--8<-- "{"b" * 300}"\n',
    "snippets/greeting/flask/numbered.py": f"# --8<-- [start:by-hand-{'9' * 5_000}]\n",
    # Long, and right
    "docs/transcript.md": "# A\n\n```console {.run}\n$ a \\\n" + "> b \\\n" * 18_000 + "> c\n```\n",
    "docs/heredoc.md": "# A\n\n```console {.run}\n$ cat <<E\n" + "b\n" * 50_000 + "E\n```\n",
    "docs/backticks.md": "# A\n\n" + f"{'`' * 4_000}\n\n" * 20,
    "docs/reasons.md": f'# A\n\n```python {{.norun data-reason="{"`" * 4_000}"}}\na\n```\n',
}
EXPECTED = CASES / "hostile" / "expected.txt"
"""The problems, with what is written again and again only once."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CASES / "base", tmp_path / "project"))


def write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    """The command in a process that may use so much and no more."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    return subprocess.run(
        [sys.executable, "-m", "fieldguide", "--root", str(root), "lint", "--account"],
        preexec_fn=limit,
        capture_output=True,
        text=True,
    )


def test_each_hostile_file_has_its_problem_and_stops_no_other(project: Path) -> None:
    for name, text in FILES.items():
        write(project, name, text)
    came = lint(project)
    assert came.returncode == 1
    problems = re.sub(r"([a-z9])\1{50,}", r"\1...", came.stderr)
    assert problems.splitlines() == EXPECTED.read_text("utf-8").splitlines()
    for page in ("transcript", "heredoc"):
        assert f"docs/{page}.md: 1 fence: 1 run\n" in came.stdout


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (lambda text: "a.b = 1\n" * 200_000 + text, ": this file has more than 131,072 bytes"),
        (lambda text: f"{text}[{'a.' * 20_000}a]\n", ":18: this key has more than 20 parts"),
        (lambda text: f"{text}a = {'[' * 50_000}\n", ":18: more than 30 lists and tables are"),
        (lambda text: f"{text}a = {'9' * 10_000}\n", ":18: this number has more than 100 digits"),
    ],
    ids=["keys", "parts", "lists", "digits"],
)
def test_settings_that_would_take_for_ever(
    project: Path, text: Callable[[str], str], problem: str
) -> None:
    settings = (project / "pyproject.toml").read_text("utf-8")
    write(project, "pyproject.toml", text(settings))
    came = lint(project)
    assert came.returncode == 2
    assert came.stderr.startswith(f"pyproject.toml{problem}")
    assert came.stderr.count("\n") == 1
