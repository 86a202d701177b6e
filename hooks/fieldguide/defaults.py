"""What every framework answers by default, as HTML: one table, and a window a cell. Pure functions.

The windows are popovers, which browsers open from the keyboard and close with Escape, without any
script.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from . import answers, render
from .model import Exchange, Framework, Message, Result
from .probes import Probe, grouped
from .sandbox import BOUNDARY
from .text import safe

_SHOWN = 600
"""Characters of a body in a window."""


@dataclass(frozen=True, slots=True)
class Column:
    """One framework's answers."""

    framework: Framework
    standing: str
    """How its application stands: ``passed``, or why there are no answers."""
    result: Result | None
    answers: Mapping[str, str]
    """By probe; empty where there are none."""

    def exchange(self, probe: Probe) -> Exchange | None:
        """What went over the wire."""
        checks = self.result.checks if self.result else ()
        recorded = next((one.exchanges for one in checks if one.check.name == probe.name), ())
        return recorded[0] if recorded else None


def column(
    framework: Framework, standing: str, result: Result | None, probes: Iterable[Probe]
) -> Column:
    """One framework's answers, as far as they are proven for the code as it is now."""
    said = answers.given(probes, result) if result and standing == "passed" else {}
    return Column(framework, standing, result, said)


def usual(said: Sequence[str]) -> str | None:
    """The answer that more than half of the frameworks give; None where there is none."""
    most = Counter(said).most_common(1)
    return most[0][0] if most and most[0][1] * 2 > len(said) else None


def table(probes: tuple[Probe, ...], columns: Sequence[Column]) -> str:
    """Question by framework, under the headings of the questions."""
    heads = "".join(_head(one) for one in columns)
    names = "".join(f"<td>{safe(one.framework.title)}</td>" for one in columns)
    body = ""
    for group, members in grouped(probes):
        body += f'<tr class="fg-answers__group"><th scope="rowgroup">{safe(group)}</th>{names}</tr>'
        body += "".join(_row(probe, columns) for probe in members)
    return (
        '<div class="fg-scroll fg-defaults" data-search-exclude><table class="fg-table fg-answers">'
        f'<thead><tr><th scope="col">Question</th>{heads}</tr></thead><tbody>{body}</tbody></table>'
        "</div>"
    )


def versions(columns: Iterable[Column]) -> str:
    """What the answers are from: one sentence."""
    columns = list(columns)
    pythons = {one.result.versions.get("python", "") for one in columns if one.result}
    layers = [one.result.layers for one in columns if one.result]
    said = f"Asked under Python {', '.join(sorted(pythons))}" if pythons else "Not asked yet"
    said += ", sandboxed" if layers and all(set(BOUNDARY) <= set(one) for one in layers) else ""
    return f'<p class="fg-totals">{safe(said)}.</p>'


def meaning(probe: Probe) -> str:
    """One question's entry in the list below the table, as Markdown."""
    sent = f"`{probe.start}`"
    kinds = [value for name, value in probe.headers if name == "Content-Type"]
    if probe.body and not probe.fill:
        sent += f" with `{probe.body.strip()}`"
    sent += f" as `{kinds[0]}`" if kinds else ""
    others = [f"`{name}: {value}`" for name, value in probe.headers if name != "Content-Type"]
    sent += f", {', '.join(others)}" if others else ""
    says = " ".join(probe.says.split())
    return f"{probe.asks} {{: #{anchor(probe)} }}\n:   Sent: {sent}  \n    {says}\n"


def anchor(probe: Probe) -> str:
    """Where the list speaks of a question."""
    return f"asks-{probe.name.replace('_', '-')}"


def _head(one: Column) -> str:
    number = render.version(one.framework, one.result.versions) if one.result else ""
    more = f'<span class="fg-answers__version">{safe(number)}</span>' if number else ""
    return f'<th scope="col">{safe(one.framework.title)} {more}</th>'


def _row(probe: Probe, columns: Sequence[Column]) -> str:
    said = [one.answers[probe.name] for one in columns if probe.name in one.answers]
    most = usual(said)
    cells = "".join(_cell(probe, one, most) for one in columns)
    return (
        f'<tr><th scope="row"><a href="#{anchor(probe)}">{render.claim(probe.asks)}</a></th>'
        f"{cells}</tr>"
    )


def _cell(probe: Probe, one: Column, most: str | None) -> str:
    said = one.answers.get(probe.name)
    recorded = one.exchange(probe)
    if said is None or recorded is None:
        words = render.WORDS.get(one.standing, one.standing)
        return f'<td class="fg-cell fg-cell--{safe(one.standing)}">{safe(words)}</td>'
    id = f"answer-{probe.name.replace('_', '-')}-{one.framework.name}"
    differs = most is not None and said != most
    name = "fg-answer fg-answer--differs" if differs else "fg-answer"
    mark = '<span class="fg-answer__mark">differs: </span>' if differs else ""
    first, *rest = said.split("; ")
    shown = f"<b>{mark}{safe(first)}</b>" + "".join(f" <span>{safe(word)}</span>" for word in rest)
    return (
        f'<td class="{name}"><button type="button" popovertarget="{id}">{shown}</button>'
        f'<div class="fg-window" id="{id}" popover role="dialog" aria-labelledby="{id}-title">'
        f'<p class="fg-window__title" id="{id}-title">{safe(one.framework.title)}: '
        f"{render.claim(probe.asks)}</p>"
        f"{render.exchange(Exchange(_short(recorded.request), _short(recorded.response)))}"
        f'<button type="button" class="fg-window__close" popovertarget="{id}" '
        'popovertargetaction="hide">Close</button></div></td>'
    )


def _short(message: Message) -> Message:
    """The message with as much of its body as fits into a window; the rest is said to be there."""
    return replace(message, body=message.body[:_SHOWN]) if not message.binary else message
