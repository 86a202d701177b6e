"""Miniature sites, built for real under MkDocs and its fork."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from mkdocs.config import load_config
from samples import HOSTILE, store
from site_links import broken

from fieldguide.commands.progress.steps import Steps
from fieldguide.model import Outcome

TESTS = Path(__file__).parents[1]
HOOK = TESTS.parent / "hooks" / "mkdocs_hook.py"
HOSTS = ("mkdocs", "properdocs")
PATIENCE = 900
"""Seconds after which a program will never end; only a backstop, on a busy machine too."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    project = tmp_path / "project"
    unwanted = shutil.ignore_patterns(".fieldguide")
    shutil.copytree(TESTS / "sites" / "proven", project, ignore=unwanted)
    (project / "hooks").mkdir()
    shutil.copy(HOOK, project / "hooks")
    return project


def run(
    root: Path, *arguments: str, host: str = "mkdocs", cwd: Path | None = None, verify: str = "0"
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", host, *arguments],
        cwd=cwd or root,
        env=environment(verify),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )


def environment(verify: str) -> dict[str, str]:
    quiet = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    fixed = {"SOURCE_DATE_EPOCH": "1700000000", "FIELDGUIDE_VERIFY": verify}
    return {**os.environ, **quiet, **fixed}


def pages(site: Path) -> dict[str, str]:
    """Every page and data file, without the one line that names the generator."""
    found = {}
    for path in sorted(site.rglob("*")):
        if path.suffix in (".html", ".json", ".xml"):
            text = path.read_text("utf-8")
            text = re.sub(r'<meta name="generator"[^>]*>', "", text)
            found[path.relative_to(site).as_posix()] = text
    return found


def assert_same(one: dict[str, str], other: dict[str, str]) -> None:
    """That two sites have the same pages with the same lines."""
    assert set(one) == set(other)
    for page, text in one.items():
        assert text.splitlines() == other[page].splitlines(), page


def test_both_hosts_build_the_same_strict_site(root: Path) -> None:
    store(root, others=True)
    sites = {}
    for host in HOSTS:
        done = run(root, "build", "--strict", "--site-dir", f"site-{host}", host=host)
        assert done.returncode == 0, done.stderr
        sites[host] = pages(root / f"site-{host}")
    assert_same(sites["mkdocs"], sites["properdocs"])
    site = sites["mkdocs"]
    assert len(site) > 6
    guide = site["concepts/routing/index.html"]
    assert guide.count("fg-proof--passed") == 2
    assert guide.count("fg-proof--unverified") == 0
    assert "<!--" not in guide.partition("<article")[2].partition("</article>")[0]
    assert '<a href="../../about/contributing/">Write it</a>' in guide
    table = site["about/verification/index.html"]
    assert '<a href="../../concepts/routing/flask/">2 checks</a>' in table
    assert '<a href="../contributing/">missing</a>' in table
    odd = site["concepts/odd/index.html"]
    assert odd.count("fg-contract") == 2
    assert odd.count("::: snippets nothing") == 2
    published = json.loads(site["verification.json"])
    assert published["results"][0]["id"] == "routing/flask"
    assert not re.search(r'(src|href)="https?://(?!flask|docs|webpy|squidfunk)', guide)


def test_links_are_right_without_directory_addresses(root: Path) -> None:
    store(root, others=True)
    config = root / "mkdocs.yml"
    config.write_text(config.read_text("utf-8") + "use_directory_urls: false\n", "utf-8")
    assert run(root, "build", "--strict").returncode == 0
    table = (root / "site/about/verification.html").read_text("utf-8")
    assert '<a href="../concepts/routing/flask.html">2 checks</a>' in table
    assert '<a href="contributing.html">missing</a>' in table


def test_a_folder_that_cannot_be_written_is_told_before_anything_is_built(root: Path) -> None:
    (root / "file").touch()
    done = run(root, "build", "--site-dir", "file/site")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert f"the site's folder cannot be written: {root / 'file/site'}. Next: name" in done.stderr


@pytest.mark.parametrize("flat", [False, True], ids=["folders", "files"])
def test_every_link_leads_somewhere_under_a_path_too(root: Path, flat: bool) -> None:
    store(root, others=True)
    config = root / "mkdocs.yml"
    more = "site_url: https://example.org/repo/\n"
    more += f"use_directory_urls: {str(not flat).lower()}\n"
    config.write_text(config.read_text("utf-8") + more, "utf-8")
    page = root / "docs/about/verification.md"
    link = "\n[For programs](../verification.json)\n"
    page.write_text(page.read_text("utf-8") + link, "utf-8")
    assert run(root, "build", "--strict").returncode == 0
    assert list(broken(root / "site", "/repo/")) == []
    built = root / "site/about" / ("verification.html" if flat else "verification/index.html")
    assert f'href="{"" if flat else "../"}../verification.json"' in built.read_text("utf-8")


def test_a_build_may_start_anywhere(root: Path, tmp_path: Path) -> None:
    store(root, others=True)
    done = run(root, "build", "--strict", "-f", str(root / "mkdocs.yml"), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "fg-proof--passed" in (root / "site/concepts/routing/index.html").read_text("utf-8")


def test_hostile_results_are_published_as_text(root: Path) -> None:
    store(root, body=HOSTILE, others=True)
    assert run(root, "build", "--strict").returncode == 0
    guide = (root / "site/concepts/routing/index.html").read_text("utf-8")
    assert "<img src=x" not in guide
    published = json.loads((root / "site/verification.json").read_text("utf-8"))
    exchange = published["results"][0]["checks"][0]["exchanges"][0]
    assert exchange["response"]["body"] == HOSTILE


@pytest.mark.parametrize("host", HOSTS)
def test_what_a_browser_would_run_is_not_in_the_site(root: Path, host: str) -> None:
    """However Markdown makes it. All pages with it are told, each with its line."""
    store(root, others=True)
    config = root / "mkdocs.yml"
    ours = f"\\1\n  custom_dir: {HOOK.parent / 'theme'}"
    config.write_text(re.sub(r"(name: material)", ours, config.read_text("utf-8")), "utf-8")
    (root / "docs/one.md").write_text('# One\n\n# Two {: onclick="one(1)" }\n', "utf-8")
    (root / "docs/two.md").write_text("# Two\n\nA [link](javascript:two(2)).\n", "utf-8")
    heading = "# `</title><script>x(3)</script>` &lt;script&gt;x(4)&lt;/script&gt;"
    (root / "docs/three.md").write_text(f"{heading}\n\n{heading}\n", "utf-8")
    done = run(root, "build", host=host)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "docs/one.md:3: the page comes out with the attribute onclick of h1;" in done.stderr
    assert "docs/two.md:3: the page comes out with an address of a that is not" in done.stderr
    assert "docs/three.md" not in done.stderr
    for page in ("one", "two", "three"):
        built = (root / f"site/{page}/index.html").read_text("utf-8")
        assert not re.search(r"<[^>]*(onclick=|javascript:)|<script>x", built)


@pytest.mark.parametrize("host", HOSTS)
def test_a_mistake_in_a_guide_fails_a_strict_build(root: Path, host: str) -> None:
    guide = root / "docs/concepts/odd.md"
    guide.write_text(guide.read_text("utf-8") + "\n::: snippet routing/flsk\n", "utf-8")
    line = guide.read_text("utf-8").splitlines().index("::: snippet routing/flsk") + 1
    done = run(root, "build", "--strict", host=host)
    assert done.returncode == 1
    assert f'docs/concepts/odd.md:{line}: no snippet "routing/flsk"' in done.stderr
    assert run(root, "build", host=host).returncode == 0


@pytest.mark.parametrize("host", HOSTS)
def test_a_build_fails_with_every_problem(root: Path, host: str) -> None:
    """Here nothing can run: no environment has a lock. Each is one line, and no page is built."""
    (root / "snippets/routing/django/app.py").rename(root / "snippets/routing/django/main.py")
    (root / "snippets/routing/rails").mkdir()
    done = run(root, "build", host=host, verify="1")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "snippets/routing/django/app.py" in done.stderr
    assert "snippets/routing/rails" in done.stderr
    assert done.stderr.count("Next: ") >= 3
    assert not (root / "site").exists()


def test_verification_can_be_switched_off_in_the_configuration(root: Path) -> None:
    store(root, others=True)
    config = root / "mkdocs.yml"
    config.write_text(config.read_text("utf-8") + "extra: {fieldguide: {verify: false}}\n", "utf-8")
    assert run(root, "build", "--strict", verify="1").returncode == 0


@pytest.mark.parametrize("host", HOSTS)
def test_a_strict_build_fails_where_anything_has_no_result(root: Path, host: str) -> None:
    """Though nobody verifies now: what the last run has left is not all that the pages show."""
    store(root)
    (root / "docs/notes.md").write_text("# Notes\n\n```python {.run}\nprint(1)\n```\n", "utf-8")
    done = run(root, "build", "--strict", host=host)
    assert done.returncode == 1
    for place, id in (
        ("snippets/routing/django/app.py:1", "routing/django"),
        ("docs/notes.md:3", "notes#python-1"),
    ):
        assert (
            f"{place}: {id} has no result of its code as it is now, and a strict build shows "
            f"nothing else. Next: fieldguide verify {id}."
        ) in done.stderr
    assert "routing/flask has no result" not in done.stderr
    assert run(root, "build", host=host).returncode == 0


def test_a_guide_without_proof_fails_the_build(root: Path) -> None:
    store(root)
    config = root / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("  - fieldguide\n", ""), "utf-8")
    done = run(root, "build")
    assert done.returncode == 1
    assert "docs/concepts/routing.md:9: concepts/routing/index.html was built without proof" in (
        done.stderr
    )


def test_a_server_goes_on_and_shows_the_failure(root: Path) -> None:
    """A strict one too, which ends at the first warning that is logged."""
    store(root, outcome=Outcome.FAILED)
    (root / "snippets/routing/rails").mkdir()
    log = root / "log"
    with serving(root, log) as address:
        html = ask(f"{address}/concepts/routing/")
    assert html is not None
    assert "fg-proof" in html
    assert "snippets/routing/rails" in log.read_text("utf-8")
    assert "Traceback" not in log.read_text("utf-8")


HUNG = "# Contributing\n\na\n\n" + "[" * 4_000 + "\n"
"""Python-Markdown would need minutes for it, and all night for a longer one."""
REFUSED = "docs/about/contributing.md:5: more than 50 brackets are open here and not closed."


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("verify", ["0", "1"])
def test_a_page_that_would_hang_markdown_never_gets_there(
    root: Path, host: str, verify: str
) -> None:
    (root / "docs/about/contributing.md").write_text(HUNG, "utf-8")
    done = run(root, "build", host=host, verify=verify)
    assert done.returncode == 1
    assert REFUSED in done.stderr
    assert not (root / "site").exists()


def test_a_server_shows_why_a_page_is_not_there(root: Path) -> None:
    (root / "docs/about/contributing.md").write_text(HUNG, "utf-8")
    log = root / "log"
    with serving(root, log) as address:
        html = ask(f"{address}/about/contributing/")
    assert html is not None
    assert REFUSED in html
    assert REFUSED in log.read_text("utf-8")


@pytest.mark.parametrize("host", HOSTS)
def test_a_page_that_takes_too_long_is_named(root: Path, host: str) -> None:
    """Whatever it is that takes so long; here a pattern that would never end."""
    (root / "hooks/slow.py").write_text(
        "import re\n"
        "from fieldguide.showing import patience\n"
        "def on_config(config):\n"
        "    patience.SECONDS = 2\n"
        "def on_page_markdown(markdown, page, **_):\n"
        "    if page.file.src_uri == 'concepts/odd.md':\n"
        "        re.match('(a+)+b', 'a' * 60)\n",
        "utf-8",
    )
    config = root / "mkdocs.yml"
    text = config.read_text("utf-8")
    config.write_text(text.replace("hook.py\n", "hook.py\n  - hooks/slow.py\n"), "utf-8")
    done = run(root, "build", host=host)
    assert done.returncode == 1
    expected = "docs/concepts/odd.md: to render this page takes longer than anybody waits. Next:"
    assert expected in done.stderr
    assert "Traceback" not in done.stderr


@contextlib.contextmanager
def serving(root: Path, log: Path) -> Iterator[str]:
    """A strict server of the project, which answers; gives its address.

    It takes its port when it has built the site. Where somebody else was faster, it ends, and
    another one is started with another port.
    """
    for _ in range(5):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{free.getsockname()[1]}"
        with log.open("w") as stream:
            server = subprocess.Popen(
                [sys.executable, "-m", "mkdocs", "serve", "--strict", "-a", address],
                cwd=root,
                env=environment("1"),
                stderr=stream,
                # A shell that runs the tests in the background has all ignore Ctrl-C.
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
            )
        try:
            deadline = time.monotonic() + PATIENCE
            while server.poll() is None and time.monotonic() < deadline:
                if ask(f"http://{address}/") is not None:
                    yield f"http://{address}"
                    return
                time.sleep(0.2)
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(PATIENCE)
    raise AssertionError(f"no server stayed and answered: {log.read_text('utf-8')}")


def ask(address: str) -> str | None:
    """The page at an address; nothing where nobody answers with one."""
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as response:
            return str(response.read().decode("utf-8"))
    except OSError:
        return None


def test_a_taken_port_is_told_before_anything_is_verified(root: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        address = f"127.0.0.1:{held.getsockname()[1]}"
        done = run(root, "serve", "-a", address, verify="1")
    assert done.returncode == 1
    assert f"{address}: nobody can listen at port" in done.stderr
    assert "Next: make serve PORT=" in done.stderr
    assert "verifying" not in done.stderr
    assert "Traceback" not in done.stderr


def test_a_build_tells_its_progress_and_ctrl_c_ends_it_with_130(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = importlib.util.spec_from_file_location("hook_alone", HOOK)
    assert spec is not None
    assert spec.loader is not None
    hook = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(hook)
    heard: list[object] = []

    def verify(_root: Path, *, progress: object) -> None:
        heard.append(progress)
        raise KeyboardInterrupt

    monkeypatch.setattr(hook.run, "verify", verify)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: False, raising=False)
    monkeypatch.setenv("FIELDGUIDE_VERIFY", "1")
    config = load_config(str(root / "mkdocs.yml"))
    hook.on_config(config)
    with pytest.raises(SystemExit) as ended:
        hook.on_pre_build(config)
    assert ended.value.code == 130
    assert isinstance(heard[0], Steps)


def test_without_the_package_the_hook_says_what_to_do(tmp_path: Path) -> None:
    """As in an environment where only the host is installed."""
    text = HOOK.read_text("utf-8").replace('version("fieldguide")', 'version("not-installed")')
    (tmp_path / "hook.py").write_text(text, "utf-8")
    done = subprocess.run(
        [sys.executable, str(tmp_path / "hook.py")],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 1
    assert "Next: run make serve" in done.stderr
    assert "Traceback" not in done.stderr


def test_both_hosts_build_the_real_site(build_site: Callable[[str], Path]) -> None:
    """The project's own mkdocs.yml, with the same pages under either host."""
    sites = {}
    for host in HOSTS:
        sites[host] = pages(build_site(host))
        for part in ("results", "totals"):
            assert json.loads(sites[host]["verification.json"])[part]
        del sites[host]["verification.json"]  # which holds the time of its making
    assert_same(sites["mkdocs"], sites["properdocs"])
    assert "concepts/templates/index.html" in sites["mkdocs"]


@pytest.mark.parametrize("verify", ["0", "1"])
@pytest.mark.parametrize("host", HOSTS)
def test_a_closed_gate_ends_a_build_that_verifies_and_one_that_does_not(
    root: Path, host: str, verify: str
) -> None:
    store(root)
    (root.parent / "key").write_text("SECRET")
    (root / "docs/key.txt").symlink_to("../../key")
    os.mkfifo(root / "docs/concepts/endless.md")
    done = run(root, "build", "--strict", host=host, verify=verify)
    assert done.returncode == 1
    assert "2 problems:" in done.stderr
    assert "docs/concepts/endless.md: neither a file nor a folder" in done.stderr
    assert "docs/key.txt: this is a symbolic link" in done.stderr
    assert not (root / "site").exists()


def test_a_server_does_not_begin_behind_a_closed_gate(root: Path) -> None:
    store(root)
    os.mkfifo(root / "docs/concepts/endless.md")
    done = run(root, "serve", "--dev-addr", "127.0.0.1:0")
    assert done.returncode == 1
    assert "docs/concepts/endless.md: neither a file nor a folder" in done.stderr
