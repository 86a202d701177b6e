"""Links of a built site: what leads nowhere is found, what leads somewhere is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from site_links import broken, links


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "guide").mkdir()
    (tmp_path / "é b.css").touch()
    for name in ("index.html", "guide/index.html", "404.html"):
        (tmp_path / name).touch()
    return tmp_path


@pytest.mark.parametrize(
    "link",
    [
        *("guide/", "guide/#part", "./?q=1", "/repo/guide/index.html", "/repo", "%C3%A9%20b.css"),
        *("https://example.com/x", "mailto:a@example.org", "#here", ""),
    ],
)
def test_what_leads_somewhere(site: Path, link: str) -> None:
    (site / "index.html").write_text(f'<a href="{link}">it</a>', "utf-8")
    assert list(broken(site, "/repo/")) == []


@pytest.mark.parametrize(
    ("link", "why"),
    [
        ("gone/", "leads nowhere"),
        ("guide", ""),
        ("../x", "leads out of the site"),
        ("/guide/", "leads out of the site"),
    ],
)
def test_what_leads_nowhere(site: Path, link: str, why: str) -> None:
    (site / "index.html").write_text(f"<p><img class=x src='{link}'>", "utf-8")
    assert list(broken(site, "/repo/")) == ([f"index.html: {link} {why}"] if why else [])


def test_the_page_for_what_is_not_there_is_shown_anywhere(site: Path) -> None:
    (site / "404.html").write_text('<a href="guide/">', "utf-8")
    assert list(broken(site, "/")) == ["404.html: guide/ leads nowhere"]
    (site / "404.html").write_text('<a href="/guide/">', "utf-8")
    assert list(broken(site, "/")) == []


def test_only_what_a_browser_follows_is_a_link() -> None:
    text = '<!-- <a href="a"> --><script src="b">x = \'<a href="c">\'</script><a id=d href=e>'
    assert links(text + "<a href='f&amp;g'><code>&lt;a href=h&gt;</code>") == ["b", "e", "f&g"]
