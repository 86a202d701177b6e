"""The version of a framework among the versions of distributions."""

from __future__ import annotations

from collections.abc import Mapping

from ..model import Framework
from .installed import normalise


def version(framework: Framework, versions: Mapping[str, str]) -> str:
    """The framework's version; empty where ``versions`` has none.

    Distributions are compared by their normal names.
    """
    normal = {normalise(name): number for name, number in versions.items()}
    return normal.get(normalise(framework.distribution), "")
