"""Warm processes: how one that cannot serve is refused, and what it says of its preload."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from miniature import ROOT

from fieldguide.environments import prepare
from fieldguide.model import Environment, Framework, Limits
from fieldguide.running.processes import Workers
from fieldguide.running.sandbox import Sandbox
from fieldguide.running.zygote import LostError, Zygote, for_snippets

BOTTLE = Framework("bottle", "Bottle", "bottle", "waitress", "https://bottlepy.org/", ("bottle",))


@pytest.fixture
def interpreter(tmp_path: Path) -> Callable[[str], Environment]:
    """An environment whose interpreter is a shell script of its own."""
    real = prepare.prepare(ROOT, "bottle")

    def environment(script: str) -> Environment:
        path = tmp_path / "python"
        path.write_text(f"#!/bin/sh\n{script.format(python=shlex.quote(str(real.python)))}\n")
        path.chmod(0o755)
        return replace(real, python=path)

    return environment


def start(environment: Environment, framework: Framework, folder: Path) -> Zygote:
    return for_snippets(Workers(Sandbox(())), environment, framework, folder, Limits())


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("echo first >&2; echo no such library >&2; exit 3", "no such library"),
        ("exit 0", "it ended without a word"),
        ("echo words >&2; echo nonsense; exit 0", "words"),
    ],
)
def test_a_zygote_that_does_not_start(
    script: str, words: str, interpreter: Callable[[str], Environment], tmp_path: Path
) -> None:
    with pytest.raises(LostError) as caught:
        start(interpreter(script), BOTTLE, tmp_path)
    assert str(caught.value) == words


def test_a_framework_that_starts_a_thread_is_refused(
    interpreter: Callable[[str], Environment], tmp_path: Path
) -> None:
    modules = tmp_path / "modules"
    modules.mkdir()
    code = (
        "import threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()\n"
    )
    (modules / "threaded.py").write_text(code)
    environment = interpreter(f'PYTHONPATH={shlex.quote(str(modules))} exec {{python}} "$@"')
    framework = replace(BOTTLE, preload=("bottle", "threaded"))
    with pytest.raises(LostError, match="its framework starts a thread when it is imported"):
        start(environment, framework, tmp_path)


def test_what_cannot_be_preloaded_is_named(
    interpreter: Callable[[str], Environment], tmp_path: Path
) -> None:
    framework = replace(BOTTLE, preload=("bottle", "no_such_module"))
    zygote = start(interpreter('exec {python} "$@"'), framework, tmp_path)
    zygote.close()
    assert zygote.missing == ("no_such_module",)
