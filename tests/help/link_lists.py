"""A project with reading lists, and runs of the link checker over them."""

from __future__ import annotations

import ssl
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from playing_server import Host

from fieldguide.links import check
from fieldguide.links.model import Verdict
from fieldguide.links.options import LinkOptions
from fieldguide.project.collect import collect
from fieldguide.reading import shelf

DAY = date(2026, 11, 26)
TRUST = ssl.create_default_context()
"""The system's certificates, read once."""
TEXT = " ".join(f"A handler takes request {n} and gives response {n}." for n in range(60))
OTHER = " ".join(f"Buy cheap watches and pills today, offer {n} ends soon." for n in range(60))


class Lists:
    """A project with reading lists, and runs over them."""

    def __init__(self, root: Path, *hosts: Host) -> None:
        self.root = root
        self.allowed = [host.name for host in hosts]
        (root / "docs/reading").mkdir()

    def write(self, **urls: str) -> Lists:
        """One resource an address, by id."""
        entries = [
            {
                "id": id.replace("_", "-"), "title": id, "url": url, "authors": ["Ada"],
                "kind": "reference", "level": "beginner", "frameworks": ["flask"],
                "concepts": ["greeting"], "year": 2026, "cost": "free", "language": "en",
                "why": "For tests of the link checker.", "status": "current",
                "added": "2026-11-01", "caveat": "It is served without https.",
            }
            for id, url in urls.items()
        ]  # fmt: skip
        text = yaml.safe_dump(entries, sort_keys=False)
        (self.root / "docs/reading/resources.yml").write_text(text, "utf-8")
        return self

    def look(self, *selection: str, day: date = DAY, **options: Any) -> check.Looked:
        """One run, which asks no archive."""
        asked = {
            "allowed": self.allowed,
            "archive": None,
            "today": day,
            "context": TRUST,
            **options,
        }
        return check.look(collect(self.root), selection, LinkOptions(**asked))

    def verdict(self, *selection: str, **options: Any) -> Verdict:
        """The verdict of a run over one address."""
        (only,) = self.look(*selection, **options).verdicts
        return only

    def seen(self) -> dict[str, dict[str, Any]]:
        """What checks.yml says."""
        text = (self.root / "docs/reading/checks.yml").read_text("utf-8")
        found = yaml.load(text, yaml.BaseLoader)
        assert not shelf.read(collect(self.root)).catalogue.problems, "checks.yml is misshaped"
        return dict(found)
