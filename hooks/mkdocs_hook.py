"""The thin adapter: MkDocs' events to the engine. ProperDocs runs the same file.

`mkdocs build` verifies first and fails with every problem; `mkdocs serve` reports them and shows
each failure where its snippet stands. Rendering is the Markdown extension's, not the hook's.
``FIELDGUIDE_VERIFY=0`` or ``extra: {fieldguide: {verify: false}}`` renders the last results as
they are.
"""

from __future__ import annotations

import json
import os
from importlib.metadata import version
from pathlib import Path
from typing import Any, cast

import click

try:
    # This folder is on the path while MkDocs loads the file, so an import alone shows nothing.
    version("fieldguide")
    from fieldguide.base import problems, text
    from fieldguide.commands.reports import verification_json
    from fieldguide.commands.verify import run
    from fieldguide.reading import feeds
    from fieldguide.showing import built_site
    from fieldguide.showing.kept import Kept
except ImportError as error:
    raise SystemExit(
        f"mkdocs.yml: the package fieldguide is not installed here ({error}). "
        "Next: run make serve, or: python -m pip install --editable ."
    ) from error


def on_config(config: Any) -> None:
    """Tell the Markdown extension where the project is, wherever the build was started, and hand
    it what is kept between the pages of this build: each page has an instance of its own."""
    options = config.mdx_configs.setdefault("fieldguide", {})
    options.setdefault("root", str(_root(config)))
    options["kept"] = Kept(_root(config))


def on_pre_build(config: Any) -> None:
    """Verify what changed; the results are left where the extension reads them."""
    if not _verifies(config):
        return
    try:
        found = list(run.verify(_root(config)).problems)
        kept = _kept(config)
        found += kept.shelf(kept.evidence()).problems
    except problems.ProblemError as error:
        found = list(error.problems)
    for problem in found:
        if problem.severity == "warning":
            click.secho(problems.line(problem), fg="yellow", err=True)
    _stop(problems.line(problem) for problem in found if problem.severity != "warning")


def on_page_content(html: str, page: Any, **_: Any) -> str:
    """The proofs wait outside while the host indexes the page."""
    html, page.fieldguide_proofs = built_site.set_aside(html)
    return html


def on_post_page(output: str, page: Any, **_: Any) -> str:
    """And come back when it is written."""
    return built_site.put_back(output, page.fieldguide_proofs)


def on_post_build(config: Any) -> None:
    """Publish the results, and see to it that no guide was built without its proof."""
    kept, site = _kept(config), Path(config.site_dir)
    known = kept.evidence()
    if known.report is not None:
        entries = [one for page in known.project.accounts.values() for one in page]
        published = json.dumps(
            verification_json.verification(known.report, entries, known.project.cells)
        )
        (site / "verification.json").write_text(published, "utf-8")
    catalogue = kept.shelf(known).catalogue
    feeds.write(catalogue, site, config.site_name, config.site_url or "")
    docs = Path(config.docs_dir)
    unproven = built_site.unproven(known.project, site, docs, config.use_directory_urls)
    _stop(problems.line(problem) for problem in unproven)


def _stop(lines: Any) -> None:
    """End a build with every line; a server only shows them and goes on.

    What is only shown is not logged: a strict host counts what is logged, and would end.
    """
    told = list(lines)
    context = click.get_current_context(silent=True)
    if context is not None and context.info_name == "serve":
        for line in told:
            click.secho(line, fg="red", err=True)
    elif told:
        # Of the host that runs this file: ProperDocs puts itself in the place of this name.
        from mkdocs.exceptions import PluginError

        raise PluginError("\n".join([f"{text.count(len(told), 'problem')}:", *told]))


def _verifies(config: Any) -> bool:
    wanted = (config.extra.get("fieldguide") or {}).get("verify", True)
    return bool(wanted) and os.environ.get("FIELDGUIDE_VERIFY", "1") != "0"


def _kept(config: Any) -> Kept:
    """What is kept between the pages of this build."""
    return cast(Kept, config.mdx_configs["fieldguide"]["kept"])


def _root(config: Any) -> Path:
    return Path(config.config_file_path).resolve().parent
