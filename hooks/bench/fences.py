"""What finding fences costs, against what it takes to render the same pages."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from time import process_time
from typing import Any

from markdown import Markdown

from fieldguide.pages.fences import shown_blocks
from fieldguide.pages.fences.scan import scan

_PAGES = 1_000
_WORDS = 1_500
_FENCES = 12
_TEXT = """\
a handler takes the request and gives a response whose status headers and body say what came of it
while the framework finds the route converts its segments and calls what stands before `app.py` and
`Response(status=404)` are code **never** emphasis and [a guide](routing.md) is *sometimes* a link
"""
_CODE = """\
from flask import Flask

app = Flask(__name__)


@app.get("/items/<int:id>")
def item(id):
    return {"id": id, "name": f"item {id}"}
"""
_PLACES = ("{}", "{}", "{}", "{}", "{}", '=== "Flask"\n\n{4}', "- an item\n\n{4}", "{>}")
"""Where a fence stands: on its own more often than in a tab, a list or a block quote."""
_ADMONITION = '!!! note "In short"\n\n    {words}\n\n{4}'
_EXTENSIONS = ("toc", "pymdownx.highlight", "pymdownx.inlinehilite")
"""Extensions of the site that change no block."""


def pages(number: int) -> Iterator[str]:
    """Pages of many words and a dozen fences; the same ones each time."""
    chance, known = random.Random(number), _TEXT.split()

    def words(count: int) -> str:
        return " ".join(chance.choice(known) for _ in range(count)).capitalize() + "."

    for _ in range(number):
        parts = [f"# {words(4)}"]
        places = [*_PLACES, "{}", "{}", "{}", _ADMONITION]
        for place in places[:_FENCES]:
            parts.append(f"## {words(5)}")
            parts.extend(words(_WORDS // _FENCES // 3) for _ in range(3))
            fence = f'```python {{.run data-group="forms"}}\n{_CODE}```'
            indented = "\n".join(line and f"    {line}" for line in fence.split("\n"))
            quoted = "\n".join(f"> {line}" for line in fence.split("\n"))
            shown = place.replace("{words}", words(20)).replace("{4}", indented)
            parts.append(shown.replace("{>}", quoted).replace("{}", fence))
        yield "\n\n".join(parts) + "\n"


def scanning(repeat: int, number: int = _PAGES) -> Iterator[str]:
    """The figures in lines; each is the best of ``repeat`` runs, in CPU seconds."""
    texts = list(pages(number))
    configs: dict[str, dict[str, Any]] = {
        **shown_blocks.CONFIGS,
        "pymdownx.highlight": {"anchor_linenums": False, "pygments_lang_class": True},
    }
    md = Markdown(extensions=[*shown_blocks.EXTENSIONS, *_EXTENSIONS], extension_configs=configs)

    def find() -> None:
        for text in texts:
            scan("docs/page.md", text)

    def render() -> None:
        for text in texts:
            md.reset()
            md.convert(text)

    # A tenth of the pages is enough to know how long rendering takes.
    scanned = min(_cpu(find) for _ in range(repeat))
    texts = texts[: max(1, number // 10)]
    rendered = min(_cpu(render) for _ in range(repeat)) * number / len(texts)
    fences = sum(len(scan("docs/page.md", text).fences) for text in texts)
    yield (
        f"fences of {number} pages found in {scanned:.2f} s CPU, {fences / len(texts):.0f} a page: "
        f"1/{rendered / scanned:.1f} of what rendering them takes ({rendered:.1f} s)"
    )


def _cpu(work: Callable[[], object]) -> float:
    started = process_time()
    work()
    return process_time() - started
