"""The key of a snippet in a real folder: each file is an input, and nothing around it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from passes import ENVIRONMENT, job, passed, put

from fieldguide.environments import installed, prepare
from fieldguide.model import SnippetJob
from fieldguide.project import collect
from fieldguide.results.cache import Cache

TREE = {
    "pyproject.toml": (
        "[dependency-groups]\nflask = []\n[tool.fieldguide.frameworks.flask]\n"
        'title = "Flask"\ndistribution = "flask"\nserver = "gunicorn"\ndocs = "https://x.example"\n'
    ),
    "snippets/routing/contract.py": (
        'def test_a(client):\n    """A."""\n    assert client.get("/").status == 200\n'
        'def test_b(client):\n    """B."""\n    assert client.get("/").status == 200\n'
    ),
    "snippets/routing/flask/app.py": "app = 1\n",
    "snippets/routing/flask/models.py": "",
    "snippets/routing/flask/templates/page.html": "<p>{{ name }}</p>\n",
    "snippets/routing/flask/static/style.css": "p { color: red }\n",
    "snippets/routing/flask/deviations.toml": (
        '[test_a]\nreason = "it cannot"\nsource = "https://a.example"\n'
        'answers = [404]\ngot = "404"\n'
    ),
    "docs/concepts/routing.md": "# Routing\n\n::: snippets routing\n",
}
INPUTS = [path for path in TREE if path.startswith("snippets/")]
SITE = {
    "flask/__init__.py": "version = 1\n",
    "flask/app.py": "",
    "flask/py.typed": "",
    "single.py": "x = 1\n",
    "flask-3.dist-info/METADATA": "Name: flask\nVersion: 3\n\nAbout.\n",
    "flask-3.dist-info/RECORD": "flask/__init__.py,sha256=a,12\nflask/app.py,,\n",
}
BYTES = st.binary(min_size=1, max_size=20)


def lay_out(root: Path, tree: dict[str, str], order: list[str] | None = None) -> Path:
    for path in order or tree:
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(tree[path].encode("utf-8"))
    return root


def job_of(root: Path, site: Path) -> SnippetJob:
    """The job of the tree's one snippet, in an environment with those files."""
    collected = collect.collect(root)
    assert collected.problems == ()
    environment = replace(ENVIRONMENT, fingerprint=installed.fingerprint(site))
    snippet = collected.snippets["routing/flask"]
    return job(snippet, collected.contracts["routing"], environment)


few = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=3
)
"""Of each file: an example collects the tree several times."""


@pytest.fixture
def laid_out(tmp_path: Path) -> Callable[..., tuple[Path, Path]]:
    """A function that lays out the tree and the environment's files, in folders of their own."""
    count = iter(range(10_000))

    def make(order: list[str] | None = None, other: list[str] | None = None) -> tuple[Path, Path]:
        here = tmp_path / str(next(count))
        return lay_out(here / "tree", TREE, order), lay_out(here / "site", SITE, other)

    return make


@pytest.mark.parametrize("name", [*INPUTS, *SITE])
@few
@given(st.data(), st.integers(0, 1))
def test_each_changed_file_is_a_miss(
    laid_out: Callable[..., tuple[Path, Path]], name: str, data: st.DataObject, way: int
) -> None:
    root, site = laid_out()
    before = job_of(root, site)
    put(Cache(root), passed(before))
    assert Cache(root).get(job_of(root, site)) == passed(before)
    path = (root if name in TREE else site) / name
    content = path.read_bytes()
    if path.name in ("contract.py", "deviations.toml"):
        content = content.replace(b"A.", b"B.").replace(b"cannot", b"may not")
    elif path.suffix == ".py":
        content = [b"# " + data.draw(BYTES).hex().encode() + b"\n" + content, content + b"\n"][way]
    elif path.name == "RECORD":
        content += b"flask/more.py,,\n"  # of its lines only those of modules count
    else:
        content += data.draw(BYTES)
    path.write_bytes(content)
    after = job_of(root, site)
    assert after.key != before.key
    assert Cache(root).get(after) is None


@pytest.mark.parametrize("name", ["app2.py", "templates/other.html", "static/a/b.txt", "data.bin"])
@few
@given(st.text("abc\n", max_size=9).map(str.encode))
def test_a_file_more_or_less_is_a_miss(
    laid_out: Callable[..., tuple[Path, Path]], name: str, content: bytes
) -> None:
    root, site = laid_out()
    before = job_of(root, site)
    place = root / "snippets/routing/flask" / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
    (site / "more.py").write_bytes(content)
    more = [job_of(root, site), job_of(root, lay_out(site.parent / "same", SITE))]
    place.unlink()
    more.append(job_of(root, site))
    (site / "more.py").unlink()
    keys = {one.key for one in [before, *more]}
    assert len(keys) == 4
    assert job_of(root, site).key == before.key
    for gone in ("snippets/routing/flask/models.py", "snippets/routing/flask/templates/page.html"):
        (root / gone).unlink()
        assert job_of(root, site).key not in keys


@settings(few, max_examples=12)
@given(st.permutations(list(TREE)), st.permutations(list(SITE)), st.integers(1, 2**31 - 1))
def test_where_when_and_in_which_order_files_were_made_changes_nothing(
    laid_out: Callable[..., tuple[Path, Path]], order: list[str], other: list[str], moment: int
) -> None:
    root, site = laid_out()
    before = job_of(root, site)
    moved, elsewhere = laid_out(order, other)
    for folder in (moved, elsewhere):
        for path in folder.rglob("*"):
            os.utime(path, (moment, moment))
    assert job_of(moved, elsewhere).key == before.key
    put(Cache(moved), passed(before))
    assert Cache(moved).get(job_of(moved, elsewhere)) == passed(before)


def test_prose_and_other_snippets_change_nothing(
    laid_out: Callable[..., tuple[Path, Path]],
) -> None:
    root, site = laid_out()
    before = job_of(root, site)
    (root / "docs/concepts/routing.md").write_text("# Other\n\n::: snippets routing\n\nProse.\n")
    assert job_of(root, site).key == before.key
    (site / "flask" / "__pycache__").mkdir()
    (site / "flask" / "__pycache__" / "app.cpython-313.pyc").write_bytes(b"byte code")
    assert job_of(root, site).key == before.key


@pytest.fixture(scope="module")
def webpy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with its own copy of a real environment, the smallest, which it may change."""
    real = Path(__file__).parents[2]
    root = tmp_path_factory.mktemp("webpy")
    folder = prepare.prepare(real, "webpy").python.parent.parent
    shutil.copytree(folder, root / prepare.FOLDER / folder.name, symlinks=True)
    (root / "environments").mkdir()
    shutil.copyfile(real / "environments/webpy.txt", root / "environments/webpy.txt")
    shutil.copyfile(real / "pyproject.toml", root / "pyproject.toml")
    return root


def test_a_changed_file_of_a_real_environment_is_a_miss(webpy: Path) -> None:
    def now() -> SnippetJob:
        return job(environment=prepare.prepare(webpy, "webpy"))

    before = now()
    (module,) = webpy.glob(f"{prepare.FOLDER}/webpy-*/lib/python*/site-packages/web/form.py")
    content = module.read_bytes()
    os.utime(module, (1, 1))
    assert now().key == before.key, "a time alone"
    module.write_bytes(content + b"\n# changed\n")
    assert now().inputs["installed distributions"] != before.inputs["installed distributions"]
    module.write_bytes(content)
    assert now().key == before.key, "as it was"
