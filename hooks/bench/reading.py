"""Links a second against a local server of many hosts, and what linting many entries costs.

Run as a program, this file is that server: ``python hooks/bench/reading.py LATENCY``. It prints its
port, and when its input ends, the most requests that any host had at once.
"""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter, process_time

LINKS, HOSTS, LATENCY = 5_000, 500, 0.05
ENTRIES = 5_000

_PAGE = b"<!doctype html><title>Page</title><main>" + b"<p>A line of some words." * 40
_ENTRY = """\
- id: entry-{n}
  title: Page {n}
  url: https://host-{host}.example.org/page/{n}
  authors: [Ada Lovelace, The Project]
  publisher: Example Press
  kind: reference
  level: intermediate
  frameworks: [{framework}]
  concepts: [{concept}]
  year: 2026
  cost: free
  language: en
  length: 12 pages
  why: For whoever wants to know what page {n} has to say about its subject.
  status: current
  added: 2026-11-01
"""


async def play(latency: float) -> None:
    """Serve every address of 127.0.0.0/8 until the input ends."""
    now: Counter[str] = Counter()
    most = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal most
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                line, *fields = head.decode("latin-1").split("\r\n")
                name = next(field[6:] for field in fields if field.lower().startswith("host: "))
                now[name] += 1
                most = max(most, now[name])
                await asyncio.sleep(latency)
                now[name] -= 1
                is_page = "/robots.txt" not in line
                body = b"" if line.startswith("HEAD") or not is_page else _PAGE
                size = len(_PAGE) if is_page else 0
                code = "200 OK" if is_page else "404 Not Found"
                writer.write(
                    f"HTTP/1.1 {code}\r\nContent-Type: text/html\r\n"
                    f"Content-Length: {size}\r\n\r\n".encode()
                    + body
                )
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(serve, "0.0.0.0", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    print(most, flush=True)


def checking() -> Iterator[str]:
    """The figures of the link checker in lines."""
    from fieldguide.links.model import Answer, Target
    from fieldguide.links.verdict import Owners, judge
    from fieldguide.links.web.crawl import Crawl

    with subprocess.Popen(
        [sys.executable, __file__, str(LATENCY)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        port = server.stdout.readline().strip()
        hosts = [f"127.0.{n // 200 + 1}.{n % 200 + 1}:{port}" for n in range(HOSTS)]
        targets = [
            Target(f"http://{hosts[n % HOSTS]}/page/{n}", resources=(f"entry-{n}",))
            for n in range(LINKS)
        ]
        owners = Owners()
        outcomes: Counter[str] = Counter()

        def done(target: Target, answer: Answer) -> None:
            outcomes[judge(target, answer, None, owners).outcome] += 1

        async def ask() -> None:
            async with Crawl("fieldguide-bench", hosts) as crawl:
                await crawl.run(targets, done)

        started = perf_counter()
        asyncio.run(ask())
        seconds = perf_counter() - started
        server.stdin.close()
        most = server.stdout.readline().strip()
    yield (
        f"{LINKS} links of {HOSTS} hosts, {LATENCY * 1000:.0f} ms latency, each asked by HEAD and "
        f"GET: {LINKS / seconds:.0f} links/s, {outcomes['alive']} alive, "
        f"never more than {most} requests at one host"
    )


def entries(number: int, frameworks: Sequence[str], concept: str) -> str:
    """So many resources, no two alike."""
    return "".join(
        _ENTRY.format(
            n=n, host=n % HOSTS, framework=frameworks[n % len(frameworks)], concept=concept
        )
        for n in range(number)
    )


def linting(root: Path, folder: Path) -> Iterator[str]:
    """What it costs to hold many entries against every rule."""
    from fieldguide.project.collect import collect
    from fieldguide.reading import shelf
    from fieldguide.reading.catalogue import RESOURCES, TOPICS

    project = replace(collect(root), root=folder, guides={})
    frameworks = list(project.frameworks)
    for name in (RESOURCES, TOPICS):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / RESOURCES).write_text(entries(ENTRIES, frameworks, "one"), "utf-8")
    (folder / TOPICS).write_text("frameworks: {}\nconcepts:\n  one: One\n", "utf-8")
    started = process_time()
    lists = shelf.read(project)
    seconds = process_time() - started
    yield (
        f"{len(lists.catalogue.resources)} entries of the reading lists linted in {seconds:.2f} s "
        f"CPU, {len(lists.problems)} problems"
    )


if __name__ == "__main__":
    # A terminal's Ctrl-C is for whoever started this, and then the input ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    asyncio.run(play(float(sys.argv[1])))
