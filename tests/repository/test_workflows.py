"""What CI does with strangers' code: the rules that `docs/about/security.md` promises."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
WORKFLOWS = ROOT / ".github" / "workflows"
LINKS, VERIFY, PUBLISH = "links.yml", "verify.yml", "publish.yml"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="what runs on CI's Linux machines")


def text(name: str) -> str:
    return (WORKFLOWS / name).read_text("utf-8")


def workflow(name: str) -> dict[str, Any]:
    loaded: dict[Any, Any] = yaml.safe_load(text(name))
    loaded["on"] = loaded.pop(True)  # YAML 1.1 reads the word as a truth value
    return loaded


def steps(name: str) -> Iterator[dict[str, Any]]:
    for job in workflow(name)["jobs"].values():
        yield from job["steps"]


def named(name: str, action: str) -> list[dict[str, Any]]:
    return [step for step in steps(name) if step.get("uses", "").startswith(f"{action}@")]


def runs(name: str) -> str:
    return "\n".join(step["run"] for step in steps(name) if "run" in step)


def test_there_are_three_workflows() -> None:
    assert sorted(path.name for path in WORKFLOWS.iterdir()) == [LINKS, PUBLISH, VERIFY]


def test_links_are_asked_for_on_a_schedule_and_never_by_a_pull_request() -> None:
    assert set(workflow(LINKS)["on"]) == {"schedule", "workflow_dispatch"}
    assert "fieldguide links" in runs(LINKS)
    assert "fieldguide links" not in runs(VERIFY) + runs(PUBLISH)


def test_what_was_seen_of_links_is_kept_however_the_asking_ends() -> None:
    """The run ends itself before its step is ended, and the step before the job."""
    (ask,) = (step for step in steps(LINKS) if "fieldguide links" in step.get("run", ""))
    (own,) = re.findall(r"--minutes (\d+)", ask["run"])
    assert int(own) < ask["timeout-minutes"] < workflow(LINKS)["jobs"]["links"]["timeout-minutes"]
    (kept,) = named(LINKS, "actions/upload-artifact")
    assert "always()" in kept["if"]


def test_a_pull_request_never_runs_with_rights() -> None:
    assert workflow(VERIFY)["on"] == {"pull_request": None}
    assert workflow(PUBLISH)["on"] == {"push": {"branches": ["main"]}}
    for name in (LINKS, VERIFY, PUBLISH):
        uncommented = re.sub(r"#.*", "", text(name))
        for word in ("pull_request_target", "workflow_run", "secrets", "github.token"):
            assert word not in uncommented


@pytest.mark.parametrize("name", [LINKS, VERIFY, PUBLISH])
def test_tokens_can_read_and_nothing_else(name: str) -> None:
    assert workflow(name)["permissions"] == {"contents": "read"}
    for job, content in workflow(name)["jobs"].items():
        given = content.get("permissions", {})
        wanted = {"pages": "write", "id-token": "write"} if job == "deploy" else {}
        assert given == wanted
    checkouts = named(name, "actions/checkout")
    assert checkouts
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


@pytest.mark.parametrize("name", [LINKS, VERIFY, PUBLISH])
def test_actions_are_pinned_by_commit_with_their_version(name: str) -> None:
    for step in steps(name):
        if "uses" in step:
            assert re.fullmatch(r"[\w-]+/[\w/-]+@[0-9a-f]{40}", step["uses"])
            assert re.search(rf"uses: {step['uses']} # v\d+\.\d+\.\d+\n", text(name))


def test_an_action_is_pinned_alike_everywhere() -> None:
    pins: dict[str, set[str]] = {}
    for step in [*steps(LINKS), *steps(VERIFY), *steps(PUBLISH)]:
        if "uses" in step:
            path, _, commit = step["uses"].partition("@")
            pins.setdefault("/".join(path.split("/")[:2]), set()).add(commit)
    assert [path for path, commits in pins.items() if len(commits) > 1] == []


@pytest.mark.parametrize("name", [LINKS, VERIFY, PUBLISH])
def test_the_sandbox_is_demanded_before_anything_runs(name: str) -> None:
    assert workflow(name)["env"] == {"FIELDGUIDE_SANDBOX": "strict"}
    for content in workflow(name)["jobs"].values():
        # No job and no step says otherwise.
        assert "FIELDGUIDE_SANDBOX" not in str(content)
        words = [step.get("run", "") for step in content["steps"]]
        mine = [number for number, run in enumerate(words) if run]
        first = [words[number] for number in mine[:2]]
        assert first in ([], ["rm -rf .fieldguide .venv site", ".ci/sandbox"])
    assert "--sandbox" not in runs(name)


def test_the_parts_of_a_pull_request_are_the_whole() -> None:
    job = workflow(VERIFY)["jobs"]["snippets"]
    shards = job["strategy"]["matrix"]["shard"]
    assert shards == list(range(1, len(shards) + 1))
    assert job["env"]["SHARD"] == "${{ matrix.shard }}/${{ strategy.job-total }}"
    verifying = [step["run"] for step in job["steps"] if "fieldguide verify" in step.get("run", "")]
    assert len(verifying) == 2
    assert all('--shard "$SHARD"' in run and "--report junit" in run for run in verifying)
    assert ".ci/run" in runs(VERIFY)


def test_no_run_restores_or_keeps_a_cache_of_another() -> None:
    for step in [*steps(LINKS), *steps(VERIFY), *steps(PUBLISH)]:
        action = step.get("uses", "")
        assert not action.startswith("actions/cache")
        if action.startswith(
            "actions/setup-python"
        ):  # nor does another action keep one on the side
            assert set(step["with"]) in ({"python-version-file"}, {"python-version"})
        assert "download-artifact" not in action


def test_a_pull_request_and_main_run_everything_afresh() -> None:
    for name in (VERIFY, PUBLISH):
        verifying = [run for run in runs(name).splitlines() if "fieldguide verify" in run]
        assert len(verifying) == 2
        assert all(" --no-cache " in run for run in verifying)


def test_only_a_verified_build_is_published() -> None:
    jobs = workflow(PUBLISH)["jobs"]
    build = [step.get("run") or step["uses"].partition("@")[0] for step in jobs["build"]["steps"]]
    order = [
        ".venv/bin/fieldguide verify --no-cache --report junit.xml",
        ".venv/bin/fieldguide verify --no-cache --server --report junit-server.xml",
        "make test-all",
        "make test-postgres",
        "make build",
        "actions/upload-pages-artifact",
    ]
    assert [one for one in build if one in order] == order
    # Without a condition, a step is skipped once another has failed.
    for step in jobs["build"]["steps"]:
        if step.get("run", "").startswith("make") or "pages" in step.get("uses", ""):
            assert "if" not in step
    assert jobs["deploy"]["needs"] == "build"
    assert "if" not in jobs["deploy"]
    assert [step["uses"].partition("@")[0] for step in jobs["deploy"]["steps"]] == [
        "actions/deploy-pages"
    ]


def test_nothing_that_a_stranger_wrote_becomes_a_command() -> None:
    for name in (VERIFY, PUBLISH):
        assert "${{" not in runs(name)


def test_zizmor_finds_nothing() -> None:
    program = Path(sys.executable).with_name("zizmor")
    done = subprocess.run(
        [program, "--offline", "--no-progress", "--persona", "pedantic", WORKFLOWS],
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout + done.stderr


# .ci/sandbox


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A machine on which every program only says that it was called."""
    (tmp_path / "bin").mkdir()
    for name in ("apt-get", "sysctl", "sudo"):
        program(tmp_path, name, f'echo "{name} $*" >> "$LOG"')
    program(tmp_path, "id", "echo 0")
    program(tmp_path, "tr", 'exec /usr/bin/tr "$@"')
    return tmp_path


def program(machine: Path, name: str, script: str) -> None:
    path = machine / "bin" / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def sandbox(machine: Path) -> tuple[int, str, list[str]]:
    """Its exit status, what it says, and what it called."""
    log = machine / "log"
    log.write_text("")
    done = subprocess.run(
        ["/bin/sh", ROOT / ".ci" / "sandbox"],
        env={"PATH": str(machine / "bin"), "LOG": str(log)},
        capture_output=True,
        text=True,
        timeout=600,
    )
    return done.returncode, done.stdout + done.stderr, log.read_text().splitlines()


def test_nothing_is_changed_where_the_sandbox_works(machine: Path) -> None:
    program(machine, "bwrap", "exit 0")
    assert sandbox(machine) == (0, "", [])


def test_bubblewrap_is_installed_where_it_is_missing(machine: Path) -> None:
    works = 'printf \'#!/bin/sh\\nexit 0\\n\' > "${0%/*}/bwrap"; /bin/chmod +x "${0%/*}/bwrap"'
    program(machine, "apt-get", f'echo "apt-get $*" >> "$LOG"; {works}')
    status, said, called = sandbox(machine)
    assert (status, said) == (0, "Installing bubblewrap\n")
    assert called == [
        "apt-get update --quiet",
        "apt-get install --yes --quiet --no-install-recommends bubblewrap",
    ]


def test_where_namespaces_stay_refused_it_fails_with_the_next_act(machine: Path) -> None:
    refused = "bwrap: setting up uid map: Permission denied"
    program(machine, "bwrap", f'echo "{refused}" >&2; exit 1')
    status, said, _ = sandbox(machine)
    assert status == 2
    assert refused in said
    assert "bubblewrap cannot make namespaces here.\nNext: allow them" in said
