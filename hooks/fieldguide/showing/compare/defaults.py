"""What every framework answers by default, as HTML: one table, and a window a cell.

The windows are popovers, which browsers open from the keyboard and close with Escape, without any
script.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from ...base.html import tables
from ...base.html.markup import claim, element, fragment
from ...environments.versions import version
from ...model import Exchange, Framework, Message, Result, Standing
from ...model.layers import BOUNDARY
from ...project.probes import Probe, grouped
from ...results.answers.given import answers_of
from ..evidence import Evidence
from ..html.exchange import exchange
from ..standing import WORDS, classes

_SHOWN = 600
"""Characters of a body in a window."""


@dataclass(frozen=True, slots=True)
class Column:
    """One framework's answers."""

    framework: Framework
    standing: Standing
    """How its application stands: passed, or why there are no answers."""
    result: Result | None
    answers: Mapping[str, str]
    """By probe; empty where there are none."""

    def exchange(self, probe: Probe) -> Exchange | None:
        """What went over the wire."""
        checks = self.result.checks if self.result else ()
        recorded = next((check.exchanges for check in checks if check.check.name == probe.name), ())
        return recorded[0] if recorded else None


def columns(evidence: Evidence) -> Iterator[Column]:
    """Every probed framework with what it answered."""
    probing = evidence.project.probing
    for snippet in probing.snippets.values() if probing else ():
        framework = evidence.project.frameworks[snippet.framework]
        result = evidence.results.get(snippet.id)
        probes = probing.probes if probing else ()
        yield column(framework, evidence.standing(snippet), result, probes)


def column(
    framework: Framework, standing: Standing, result: Result | None, probes: Iterable[Probe]
) -> Column:
    """One framework's answers, as far as they are proven for the code as it is now."""
    proven = result is not None and standing is Standing.PASSED
    answers = answers_of(probes, result) if result is not None and proven else {}
    return Column(framework, standing, result, answers)


def usual(answers: Sequence[str]) -> str | None:
    """The answer that more than half of the frameworks give; None where there is none."""
    most = Counter(answers).most_common(1)
    return most[0][0] if most and most[0][1] * 2 > len(answers) else None


def table(probes: tuple[Probe, ...], columns: Sequence[Column]) -> Markup:
    """Question by framework, under the headings of the questions."""
    names = [element("td", column.framework.title) for column in columns]
    rows: list[Markup] = []
    for group, members in grouped(probes):
        rows.append(tables.row(group, names, scope="rowgroup", classes="fg-answers__group"))
        rows += [_row(probe, columns) for probe in members]
    return tables.table(
        "What each framework answers by default",
        ("Question", *map(_head, columns)),
        rows,
        classes="fg-table fg-answers",
        searched=False,
    )


def versions(columns: Iterable[Column]) -> Markup:
    """What the answers are from: one sentence."""
    columns = list(columns)
    pythons = {column.result.versions.get("python", "") for column in columns if column.result}
    layers = [column.result.layers for column in columns if column.result]
    words = f"Asked under Python {', '.join(sorted(pythons))}" if pythons else "Not asked yet"
    words += (
        ", sandboxed" if layers and all(set(BOUNDARY) <= set(layer) for layer in layers) else ""
    )
    return element("p", f"{words}.", class_="fg-totals")


def meaning(probe: Probe) -> str:
    """One question's entry in the list below the table, as Markdown."""
    sent = f"`{probe.start}`"
    types = [value for name, value in probe.headers if name == "Content-Type"]
    if probe.body and not probe.fill:
        sent += f" with `{probe.body.strip()}`"
    sent += f" as `{types[0]}`" if types else ""
    others = [f"`{name}: {value}`" for name, value in probe.headers if name != "Content-Type"]
    sent += f", {', '.join(others)}" if others else ""
    meant = " ".join(probe.says.split())
    return f"{probe.asks} {{: #{anchor(probe)} }}\n:   Sent: {sent}  \n    {meant}\n"


def anchor(probe: Probe) -> str:
    """Where the list speaks of a question."""
    return f"asks-{probe.name.replace('_', '-')}"


def _head(column: Column) -> Markup:
    number = version(column.framework, column.result.versions) if column.result else ""
    shown = element("span", number, class_="fg-answers__version") if number else None
    return fragment(f"{column.framework.title} ", shown)


def _row(probe: Probe, columns: Sequence[Column]) -> Markup:
    answers = [column.answers[probe.name] for column in columns if probe.name in column.answers]
    most = usual(answers)
    link = element("a", claim(probe.asks), href=f"#{anchor(probe)}")
    return tables.row(link, (_cell(probe, column, most) for column in columns))


def _cell(probe: Probe, column: Column, most: str | None) -> Markup:
    """An answer in a few words; the exchange is in a window that they open."""
    answer, recorded = column.answers.get(probe.name), column.exchange(probe)
    if answer is None or recorded is None:
        return element("td", WORDS[column.standing], class_=classes("fg-cell", column.standing))
    id = f"answer-{probe.name.replace('_', '-')}-{column.framework.name}"
    differs = most is not None and answer != most
    mark = element("span", "differs: ", class_="fg-answer__mark") if differs else None
    first, *rest = answer.split("; ")
    words = [element("b", mark, first), *(element("span", word) for word in rest)]
    button = element("button", Markup(" ").join(words), type="button", popovertarget=id)
    name = "fg-answer fg-answer--differs" if differs else "fg-answer"
    return element("td", button, _window(id, probe, column.framework, recorded), class_=name)


def _window(id: str, probe: Probe, framework: Framework, recorded: Exchange) -> Markup:
    """The exchange behind an answer."""
    title = f"{id}-title"
    close = element(
        "button",
        "Close",
        type="button",
        class_="fg-window__close",
        popovertarget=id,
        popovertargetaction="hide",
    )
    return element(
        "div",
        element(
            "p", f"{framework.title}: ", claim(probe.asks), class_="fg-window__title", id=title
        ),
        exchange(Exchange(_short(recorded.request), _short(recorded.response))),
        close,
        class_="fg-window",
        id=id,
        popover=True,
        role="dialog",
        aria_labelledby=title,
    )


def _short(message: Message) -> Message:
    """The message with as much of its body as fits into a window, which says that there is more."""
    return replace(message, body=message.body[:_SHOWN]) if not message.binary else message
