"""Reading lists made by hand, and what breaks a rule in them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import yaml
from reading_lists import ONE

from fieldguide.base.problems import line
from fieldguide.reading import rules
from fieldguide.reading.catalogue import RESOURCES
from fieldguide.reading.model import Catalogue, Resource

YEAR = 2026
"""The present one of these tests; what `ONE` says is of 2025."""
TWO = replace(ONE, id="two", url="https://example.org/two")


class Lists:
    """Reading lists of these resources, and what breaks a rule in them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / RESOURCES).parent.mkdir(parents=True)

    def broken(
        self,
        *resources: Resource,
        docs: Mapping[str, str] | None = None,
        site: Mapping[str, Iterable[str]] | None = None,
        **parts: Any,
    ) -> list[str]:
        """The problems in lines; a resource takes one line a field."""
        entries = [
            {
                name: value
                for name, value in asdict(resource).items()
                if name != "location" and value not in (None, ())
            }
            for resource in resources
        ]
        text = yaml.safe_dump(json.loads(json.dumps(entries)), sort_keys=False)  # tuples as lists
        (self.root / RESOURCES).write_text(text, "utf-8")
        catalogue = Catalogue(
            **{
                "resources": {resource.id: resource for resource in resources},
                "seen": {},
                "paths": (),
                "frameworks": {"flask": "Flask", "fastapi": "FastAPI"},
                "concepts": {"routing": "Routing"},
                "problems": (),
                **parts,
            }
        )
        broken = rules.check(
            self.root,
            catalogue,
            site={"frameworks": (), "concepts": (), "guides": (), **(site or {})},
            docs=docs or {},
            versions={"flask": "3.1.3", "fastapi": "0.115.2"},
            year=YEAR,
        )
        return [line(problem) for problem in broken]

    def line(self, field: str) -> int:
        """The line of a field that only one resource has."""
        lines = (self.root / RESOURCES).read_text("utf-8").splitlines()
        (number,) = [n for n, text in enumerate(lines, start=1) if text[2:].startswith(f"{field}:")]
        return number
