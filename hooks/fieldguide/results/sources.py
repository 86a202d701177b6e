"""Which sources a run's results speak of."""

from __future__ import annotations

from ..base.digests import source_digest
from ..pages import groups
from ..project.record import Project, contract_of


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
