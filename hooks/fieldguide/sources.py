"""What a page shows now of everything that can be verified, as digests by id."""

from __future__ import annotations

from . import groups
from .jobs import source_digest
from .project import Project, contract_of


def sources(project: Project) -> dict[str, str]:
    """The digests in the project's order: snippets, probed applications, groups of fences."""
    digests = {}
    probed = project.probing.snippets if project.probing else {}
    for snippet in (*project.snippets.values(), *probed.values()):
        if (contract := contract_of(project, snippet)) is not None:
            digests[snippet.id] = source_digest(snippet, contract)
    for group in project.groups.values():
        digests[group.id] = groups.digest(group, project.snippets)
    return digests
