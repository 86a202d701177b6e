"""Accepting what the probed frameworks answer now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...environments import pins
from ...environments.versions import version
from ...model import Framework, Result
from ...project.probes import FOLDER, Probe
from .accepted import Answers, Known, written
from .given import answers_of


def accepted(
    frameworks: Iterable[Framework],
    probes: Iterable[Probe],
    results: Mapping[str, Result],
    known: Known,
    locked: Mapping[str, str],
) -> str:
    """The text of ``probes/answers.json`` with the answers of the results accepted.

    Args:
        frameworks: all, in the order of the file.
        probes: what they were asked.
        results: of the probed applications, by id.
        known: the answers that are accepted already.
        locked: the text of each framework's lock. Versions that it names keep their answers:
            another Python may have them.
    """
    probes = list(probes)
    whole: dict[str, dict[str, Answers]] = {}
    for framework in frameworks:
        versions = known.get(framework.name, {})
        result = results.get(f"{FOLDER}/{framework.name}")
        if result is None:
            whole[framework.name] = dict(versions)
            continue
        lock = locked.get(framework.name, "")
        pinned = pins.versions(lock, framework.distribution)
        kept = {number: versions[number] for number in versions if number in pinned}
        if answers := answers_of(probes, result):
            kept[version(framework, result.versions)] = answers
        whole[framework.name] = kept
    return written(whole)
