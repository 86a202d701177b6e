"""CI runs the project in each surrounding, and publishes a site that knows where it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import surroundings
import yaml

ROOT = Path(__file__).parents[2]


def jobs(name: str) -> dict[str, Any]:
    text = (ROOT / ".github" / "workflows" / name).read_text("utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)["jobs"]
    return loaded


def test_every_surrounding_has_a_job() -> None:
    job = jobs("verify.yml")["surroundings"]
    assert job["strategy"]["matrix"]["surrounding"] == list(surroundings.NAMES)
    assert job["env"]["SURROUNDING"] == "${{ matrix.surrounding }}"
    (python,) = (step["with"] for step in job["steps"] if "setup-python" in step.get("uses", ""))
    pythons = {name.removeprefix("python") for name in surroundings.NAMES if "python" in name}
    assert set(python["python-version"].split()) == pythons
    assert [step["run"] for step in job["steps"] if "run" in step][-1] == (
        'make surroundings ONLY="$SURROUNDING"'
    )


def test_the_published_site_knows_its_address() -> None:
    """Under a path of its host, the page for what is not there finds nothing without it."""
    (build,) = (
        step for step in jobs("publish.yml")["build"]["steps"] if step.get("run") == "make build"
    )
    assert "github.io" in build["env"]["SITE_URL"]
    assert 'site_url: !ENV [SITE_URL, ""]' in (ROOT / "mkdocs.yml").read_text("utf-8")
