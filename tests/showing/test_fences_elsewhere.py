"""Fences under other hosts and other settings, and where something of ours fails."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest
from fence_pages import NAMES, PAGE, RUN, Relpath, Site, fence
from markdown import Markdown

from fieldguide.showing.html import fence_line


def test_the_sites_own_formatter_for_every_language_is_kept(site: Site) -> None:
    def mine(source: str, language: str, *rest: Any, classes: list[str], **more: Any) -> str:
        return f"<pre class='{' '.join(classes)}'>{language}: {more['attrs']}</pre>"

    own = {"custom_fences": [{"name": "*", "class": "", "format": mine}]}
    site.verify(RUN)
    html = site.convert(RUN, configs={"pymdownx.superfences": own})
    assert "<pre class=''>python: {}</pre><p class=\"fg-ran fg-ran--passed\"" in html


@pytest.mark.parametrize(
    "names",
    [
        ("fieldguide",),
        ("fieldguide", "fenced_code"),
        ("fieldguide", "fenced_code", "codehilite", "attr_list"),
        ("fieldguide", "pymdownx.superfences"),
        ("pymdownx.superfences", "fieldguide", "attr_list"),
        ("pymdownx.highlight", "pymdownx.superfences", "attr_list", "fieldguide"),
    ],
)
def test_other_hosts_have_their_code(site: Site, names: tuple[str, ...]) -> None:
    html = site.convert("Before.\n\n" + RUN + "\nAfter.", *names, told=False)
    assert "print" in html
    assert html.endswith("<p>After.</p>")


def test_without_pygments_there_is_proof_too(site: Site) -> None:
    text = fence('python {.run data-group="g"}') + fence("pycon {.run}", ">>> 1")
    site.verify(text)
    html = site.convert(text, configs={"pymdownx.highlight": {"use_pygments": False}})
    assert html.count("fg-ran--passed") == 2
    assert "data-group" not in html
    assert 'data-copy="1"' in html


def test_outside_of_a_project_there_is_no_proof(tmp_path: Path, site: Site) -> None:
    html = site.convert(RUN, configs={"fieldguide": {"root": str(tmp_path)}})
    assert "fg-ran--unverified" in html


def test_a_fault_of_ours_leaves_the_code(
    site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> str:
        raise KeyError("oops")

    site.verify(RUN)
    monkeypatch.setattr(fence_line, "ran", broken)
    with caplog.at_level(logging.WARNING, logger="mkdocs.fieldguide"):
        html = site.convert(RUN)
    assert html == site.convert(fence("python"))
    (record,) = caplog.records
    assert record.getMessage() == (
        "docs/concepts/x.md: a fence cannot be shown with its proof (KeyError: 'oops'). "
        "Next: report this with the page's source."
    )


def test_a_broken_project_leaves_the_code(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    (site.root / "pyproject.toml").write_text("[", "utf-8")
    with caplog.at_level(logging.WARNING, logger="mkdocs.fieldguide"):
        assert site.convert(RUN) == site.convert(fence("python"))
    assert len(caplog.records) == 1
    assert "pyproject.toml" in caplog.records[0].getMessage()


def test_a_page_is_converted_again_as_it_was(site: Site) -> None:
    info = 'python {.run data-group="g"}'
    text = fence(info, "a = 1") + fence(info, "a = 2")
    site.verify(text)
    md = Markdown(extensions=NAMES, extension_configs={"fieldguide": {"root": str(site.root)}})
    md.treeprocessors.register(Relpath(md), "relpath", 0)
    first = md.convert(text)
    assert first.count("fg-fence") == 2
    assert md.reset().convert(text) == first


def test_the_project_is_collected_once_for_all_fences(site: Site) -> None:
    text = "\n".join(fence("python {.run}", f"a = {number}") for number in range(20))
    site.verify(text)
    for _ in range(3):
        assert site.convert(text).count("fg-ran--passed") == 20
    assert site.collected == 1
    site.write(text + "\n" + RUN)
    assert "fg-ran--unverified" in site.convert(text + "\n" + RUN)
    assert site.collected == 2
    (site.root / PAGE).unlink()
    site.convert(RUN * 3)
    site.convert(RUN * 3)
    assert site.collected == 3
