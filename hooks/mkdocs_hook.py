"""The thin adapter: MkDocs' events to the engine. ProperDocs runs the same file.

`mkdocs build` verifies first and fails with every problem; `mkdocs serve` reports them and shows
each failure where its snippet stands. Rendering is the Markdown extension's, not the hook's.
``FIELDGUIDE_VERIFY=0`` or ``extra: {fieldguide: {verify: false}}`` renders the last results as
they are. A strict build fails where anything that the pages show as run has no result.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Collection, Iterable
from html import escape
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any, NoReturn, cast

import click

try:
    # This folder is on the path while MkDocs loads the file, so an import alone shows nothing.
    version("fieldguide")
    from fieldguide.base.problems import ProblemError, line
    from fieldguide.base.text import count
    from fieldguide.commands.cli import ports
    from fieldguide.commands.cli.shared import INTERRUPTED
    from fieldguide.commands.gate import gate
    from fieldguide.commands.progress.bar import ProgressBar
    from fieldguide.commands.progress.steps import Steps
    from fieldguide.commands.reports import build_time, verification_json
    from fieldguide.commands.verify import run
    from fieldguide.model import Problem
    from fieldguide.reading import feeds
    from fieldguide.results import last_run
    from fieldguide.showing import built_site, patience
    from fieldguide.showing.directives import snippet_page
    from fieldguide.showing.kept import Kept
except ImportError as error:
    raise SystemExit(
        f"mkdocs.yml: the package fieldguide is not installed here ({error}). "
        "Next: run make serve, or: python -m pip install --editable ."
    ) from error

RESULTS = "verification.json"
"""What a site publishes of its results, for programs."""


def on_config(config: Any) -> None:
    """Tell the Markdown extension where the project is, wherever the build was started, and hand
    it what is kept between the pages of this build: each page has an instance of its own."""
    options = config.mdx_configs.setdefault("fieldguide", {})
    options.setdefault("root", str(_root(config)))
    options["kept"] = Kept(_root(config), paged=True)
    context = click.get_current_context(silent=True)
    # Once a command: while it serves, the port is its own.
    if _serves() and context is not None and not context.meta.setdefault("fieldguide.asked", False):
        context.meta["fieldguide.asked"] = True
        host, port = config.dev_addr
        if problem := ports.refused(host, port):
            _end([line(problem)])


def on_pre_build(config: Any) -> None:
    """Verify what changed; the results are left where the extension reads them.

    A tree that no run would start with is not rendered either, nor served. Pages that are too much
    for Markdown stop a build before Markdown sees them, verified or not.
    """
    kept = _kept(config)
    if unwritable := list(built_site.unwritable(Path(config.site_dir))):
        _end(list(map(line, unwritable)))
    try:
        if _verifies(config):
            met = _verified(_root(config))
            met += kept.shelf(kept.evidence()).problems
        else:
            gate.hold(_root(config))
            refused = kept.evidence().project.refused.values()
            met = [problem for problems in refused for problem in problems]
            met += last_run.unreadable(_root(config))
    except gate.ClosedError as error:
        _end(list(map(line, error.problems)))
    except ProblemError as error:
        met = list(error.problems)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    for problem in met:
        if problem.severity == "warning":
            click.secho(line(problem), fg="yellow", err=True)
    _stop(line(problem) for problem in met if problem.severity != "warning")


def _verified(root: Path) -> list[Problem]:
    """Verify, and show how far it is: on a terminal by a bar, elsewhere by a line now and then."""
    if not sys.stderr.isatty():
        return list(run.verify(root, progress=Steps()).problems)
    with ProgressBar() as progress:
        return list(run.verify(root, progress=progress).problems)


def on_files(files: Any, config: Any) -> None:
    """The host knows of what lies in no folder, so that pages link to it as to any other: a page a
    snippet, unless somebody wrote it herself, and the results' file, whose text comes last."""
    structure = import_module(type(files).__module__)
    hidden = structure.InclusionLevel.NOT_IN_NAV
    for uri, text in snippet_page.pages(_kept(config).evidence()):
        if files.get_file_from_path(uri) is None:
            files.append(structure.File.generated(config, uri, content=text, inclusion=hidden))
    files.append(structure.File.generated(config, RESULTS, content="{}"))


def on_page_read_source(page: Any, config: Any) -> str | None:
    """In the place of a page that is too much for Markdown, which only a server goes on to: why."""
    try:
        project = _kept(config).evidence(page=_path(page)).project
    except ProblemError:  # `on_pre_build` has told of it
        return None
    refused = project.refused.get(_path(page), ())
    return "".join(f"    {line(problem)}\n" for problem in refused) or None


def on_page_markdown(_markdown: str, page: Any, **_: Any) -> None:
    """From here on the page is rendered, by whatever extensions the site has."""

    def end(problem: Problem) -> NoReturn:
        from mkdocs.exceptions import PluginError

        raise PluginError(line(problem))

    patience.start(_path(page), end)


def on_page_content(html: str, page: Any, config: Any, **_: Any) -> str:
    """The page is rendered. What a browser would run is shown by nobody: its problems stand in the
    page's place. The proofs wait outside while the host indexes it."""
    patience.stop()
    source = page.file.content_bytes.decode("utf-8-sig", "replace")
    if met := list(dict.fromkeys(built_site.harm(_path(page), source, html))):
        _kept(config).harmful += met
        html = f"<pre><code>{escape(chr(10).join(map(line, met)))}</code></pre>"
    html, page.fieldguide_proofs = built_site.set_aside(html)
    return html


def on_page_context(_context: Any, page: Any, config: Any, nav: Any) -> None:
    """While a snippet's page is written, the navigation is at its guide, as it has no place there
    of its own."""
    guide = _kept(config).evidence(page=_path(page)).guide_of(page.file.src_uri)
    page.fieldguide_guide = next((one for one in nav.pages if one.file.src_uri == guide), None)
    if page.fieldguide_guide:
        page.fieldguide_guide.active = True


def on_post_page(output: str, page: Any, **_: Any) -> str:
    """The proofs come back when the page is written."""
    if page.fieldguide_guide:
        page.fieldguide_guide.active = False
    return built_site.put_back(output, page.fieldguide_proofs)


def on_build_error(**_: Any) -> None:
    """Nobody waits for a page any more."""
    patience.stop()


def on_post_build(config: Any) -> None:
    """Publish the results and the feeds, and stop where a guide was built without its proof; a
    strict build, too, where something has no result."""
    kept, site = _kept(config), Path(config.site_dir)
    evidence = kept.evidence()
    project = evidence.project
    if evidence.report is not None:
        entries = [entry for account in project.accounts.values() for entry in account]
        published = verification_json.verification(evidence.report, entries, project.cells)
        (site / RESULTS).write_text(json.dumps(published), "utf-8")
    catalogue = kept.shelf(evidence).catalogue
    feeds.write(
        catalogue,
        site,
        config.site_name,
        config.site_url or "",
        day=build_time.build_time().date(),
        directory_urls=config.use_directory_urls,
    )
    docs = Path(config.docs_dir)
    unproven = [*kept.harmful]
    refused = {problem.location.path for problem in unproven}
    for problem in built_site.unproven(project, site, docs, config.use_directory_urls):
        if problem.location.path not in refused:  # of which nothing is shown, proofs included
            unproven.append(problem)
    if config.strict:
        unproven += built_site.unverified(evidence)
    _stop(line(problem) for problem in unproven)


def _stop(lines: Iterable[str]) -> None:
    """End a build with every line; a server only shows them and goes on.

    What is only shown is not logged: a strict host counts what is logged, and would end.
    """
    shown = list(lines)
    if _serves():
        for text in shown:
            click.secho(text, fg="red", err=True)
    elif shown:
        _end(shown)


def _serves() -> bool:
    context = click.get_current_context(silent=True)
    return context is not None and context.info_name == "serve"


def _end(lines: Collection[str]) -> NoReturn:
    """End the build with every line; a server that has begun stays, and waits for an edit."""
    # Of the host that runs this file: ProperDocs puts itself in the place of this name.
    from mkdocs.exceptions import PluginError

    raise PluginError("\n".join([f"{count(len(lines), 'problem')}:", *lines]))


def _verifies(config: Any) -> bool:
    setting = (config.extra.get("fieldguide") or {}).get("verify", True)
    return bool(setting) and os.environ.get("FIELDGUIDE_VERIFY", "1") != "0"


def _kept(config: Any) -> Kept:
    """What is kept between the pages of this build."""
    return cast(Kept, config.mdx_configs["fieldguide"]["kept"])


def _path(page: Any) -> str:
    return f"docs/{page.file.src_uri}"


def _root(config: Any) -> Path:
    return Path(config.config_file_path).resolve().parent
