"""What second runs cost, as a share of a cold run of everything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from unittest import mock

from fieldguide.commands.verify.options import VerifyOptions
from fieldguide.commands.verify.run import verify
from fieldguide.model import FenceJob, Job, Lost, Reply
from fieldguide.running import fence_jobs

_OPTIONS = VerifyOptions(use_cache=False)


def second_runs(
    root: Path, repeat: int, cpu: Callable[[Callable[[], object]], float]
) -> Iterator[str]:
    """The figures in lines, each the best of ``repeat`` runs, in turns; ``cpu`` measures."""
    groups: dict[str, bool] = {}

    def count(job: Job, _: Reply | Lost) -> None:
        if isinstance(job, FenceJob):
            groups[job.id] = job.twice

    ways = {
        "none": mock.patch.object(fence_jobs, "twice", return_value=False),
        "every group": mock.patch.object(fence_jobs, "twice", return_value=True),
    }
    seconds: dict[str, list[float]] = {"as it is": [], **{name: [] for name in ways}}
    for _ in range(repeat):
        for name, patch in ways.items():
            with patch:
                seconds[name].append(cpu(lambda: verify(root, options=_OPTIONS)))
        seconds["as it is"].append(cpu(lambda: verify(root, options=_OPTIONS, on_reply=count)))
    once, as_it_is, most = (min(seconds[name]) for name in ("none", "as it is", "every group"))
    yield (
        f"second runs: {as_it_is / once - 1:+.1%} CPU of verifying everything once ({once:.2f} s); "
        f"{sum(groups.values())} of {len(groups)} groups of fences have one"
    )
    yield f"  {most / once - 1:+.1%} if every group had one"
