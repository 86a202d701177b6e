"""A page to bless, and a verification that replays what its code has left once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cli import run
from click.testing import Result

from fieldguide.base.problems import Problems
from fieldguide.commands.progress.protocol import Progress
from fieldguide.commands.selection import select
from fieldguide.commands.verify.complete import OnReply
from fieldguide.commands.verify.options import VerifyOptions
from fieldguide.commands.verify.run import verify
from fieldguide.environments import prepare
from fieldguide.model import Job, Lost, Reply, Report
from fieldguide.project.collect import collect
from fieldguide.results import of_fences
from fieldguide.running import fence_jobs

PAGE = """\
# Notes

```python {.run data-group="shop"}
print("tea", 1 + 2)
print("milk")
```

```text {.output}
tea 3
milk
```

Words  with two spaces and a trailing one. \t

1.  In a list:

    ```console {.run data-group="shop"}
    $ echo one; echo two
    one
    two
    ```

> ```pycon
> >>> 2 + 2
> 4
> >>> print("a\\n\\nb")
> a
>
> b
> ```

```http {.run data-app="greeting/flask"}
GET /hello/Ada HTTP/1.1

HTTP/1.1 200 OK
Content-Type: text/html; charset=utf-8

Hello, Ada!
```

The last line has no end."""


def bless(root: Path, *arguments: str, answer: str = "") -> Result:
    return run("--root", str(root), "bless", *arguments, answer=answer)


class Replayed:
    """Verifies as the engine does, but with what the same code has left once.

    What a page expects has no part in what its code leaves, so a page may expect anything else.
    """

    def __init__(self) -> None:
        self._left: dict[str, Reply | Lost] = {}

    def verify(
        self,
        root: Path,
        selection: Sequence[str],
        options: VerifyOptions,
        *,
        progress: Progress,
        on_reply: OnReply,
    ) -> Report:
        """Stands in for `fieldguide.commands.verify.run.verify`."""
        project = collect(root)
        results = []
        for group in select(Problems(), project, selection).groups:
            environment = prepare.named(root, group.env)
            job = fence_jobs.job(group, environment, project.limits, project.snippets)
            if group.id not in self._left:
                verify(root, [group.id], options, on_reply=self._keep)
            reply = self._left[group.id]
            on_reply(job, reply)
            results.append(of_fences.result(job, reply, ()))
        return Report(tuple(results), ())

    def _keep(self, job: Job, reply: Reply | Lost) -> None:
        self._left[job.id] = reply


def write(root: Path, text: str, newline: str = "\n", bom: bytes = b"") -> Path:
    path = root / "docs" / "notes.md"
    path.write_bytes(bom + text.replace("\n", newline).encode("utf-8"))
    return path
