"""The face of each package, its ``__init__.py``, names what others use of it: that, and no more."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOOKS = ROOT / "hooks"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def dotted(path: Path) -> str:
    """A module's name; a package's is that of its face."""
    return ".".join(path.relative_to(HOOKS).with_suffix("").parts).removesuffix(".__init__")


MODULES = {dotted(path): path for path in sorted(HOOKS.rglob("*.py"))}
PACKAGES = [
    name
    for name, path in MODULES.items()
    if path.name == "__init__.py" and name.startswith("fieldguide.")
]


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text("utf-8"))


def imported(module: str, text: ast.Module) -> Iterator[str]:
    """The modules of the project that a module imports, also inside its functions."""
    package = module if MODULES[module].name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(text):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in MODULES)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: package.count(".") + 2 - node.level] if node.level else []
            source = ".".join([*above, *filter(None, [node.module])])
            names = (f"{source}.{alias.name}" for alias in node.names)
            yield from (name if name in MODULES else source for name in names)


@cache
def imports(module: str) -> frozenset[str]:
    """The same of a module as it stands on disk."""
    return frozenset(imported(module, tree(module)))


def used(package: str) -> set[str]:
    """The modules of a package that something outside of its folder uses, or an entry point."""
    inside = f"{package}."
    targets = {target for group in PROJECT["entry-points"].values() for target in group.values()}
    targets |= set(PROJECT["scripts"].values())
    wanted = {target.partition(":")[0] for target in targets}
    for module in MODULES:
        if not f"{module}.".startswith(inside):
            wanted |= imports(module)
    names = (name.removeprefix(inside) for name in wanted if name.startswith(inside))
    return {name for name in names if "." not in name and f"{inside}{name}" not in PACKAGES}


def named(face: str) -> set[str]:
    """What a face says that others use: modules, or names in modules."""
    paragraphs = [part for part in face.split("\n\n") if part.startswith("Others use ")]
    return {name for part in paragraphs for name in re.findall(r"`([\w.]+)`", part)}


def face(package: str) -> str:
    return ast.get_docstring(tree(package)) or ""


@pytest.mark.parametrize("package", PACKAGES)
def test_a_face_names_what_others_use(package: str) -> None:
    named_modules = {name.partition(".")[0] for name in named(face(package))}
    assert named_modules == used(package), (
        f"{MODULES[package].relative_to(ROOT)}: it names other modules than those that are used "
        "outside of its folder. Next: correct the paragraph `Others use`, or the imports."
    )


@pytest.mark.parametrize("package", PACKAGES)
def test_what_a_face_names_is_there(package: str) -> None:
    for name in named(face(package)):
        module, _, inner = name.partition(".")
        defined = {
            target.id if isinstance(target, ast.Name) else getattr(target, "name", "")
            for node in tree(f"{package}.{module}").body
            for target in (getattr(node, "targets", None) or [getattr(node, "target", node)])
        }
        assert not inner or inner in defined, name


@pytest.mark.parametrize(
    ("text", "modules"),
    [
        ("from ..pages import sections, titles", {"pages.sections", "pages.titles"}),
        ("from ..pages.sections import lines", {"pages.sections"}),
        ("def late():\n    from ..model import Problem", {"model"}),
        ("from . import problems", {"project.problems"}),
        ("import fieldguide.base.text, json", {"base.text"}),
    ],
)
def test_imports_are_found_however_they_are_written(text: str, modules: set[str]) -> None:
    found = set(imported("fieldguide.project.collect", ast.parse(text)))
    assert found == {f"fieldguide.{name}" for name in modules}


def test_a_face_is_read_by_its_paragraph() -> None:
    assert named("The pages: `all`.\n\nOthers use `pool.Pool` and\n`jobs`.\n\nNot `this`.") == {
        "pool.Pool",
        "jobs",
    }
