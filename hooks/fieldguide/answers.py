"""What the probed frameworks answer, in a few words each; what they answered when last accepted.

``probes/answers.json`` holds, by framework and version, the answers that somebody has seen and
accepted. A run whose answers differ from them says which, and the page shows the new ones.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from . import problems
from .model import Exchange, Framework, Location, Message, Outcome, Problem, Result
from .probes import FOLDER, Probe
from .text import visible
from .versions import version

PATH = f"{FOLDER}/answers.json"
PAGE = "docs/compare/defaults.md"
"""Where the answers are shown; a change is reported there."""
LONGEST = 60
"""Characters of a body in an answer."""

Answers = Mapping[str, str]
"""By probe."""
Known = Mapping[str, Mapping[str, Answers]]
"""By framework and version."""

_USUAL = ("content-type", "content-length", "date", "server")
_NO_ANSWER = "no valid answer"


def answer(probe: Probe, exchange: Exchange | None) -> str:
    """The answer in a few words: ``405; no Allow``."""
    if exchange is None:
        return _NO_ANSWER
    words = (_word(one, exchange.response) for one in probe.shows)
    return "; ".join(word for word in words if word)


def _word(shown: str, response: Message) -> str:
    status = response.start.split()[1]
    what, _, rest = shown.partition(" ")
    match what:
        case "status":
            return status
        case "body":
            return _body(response) if status.startswith("2") else ""
        case "type":
            return (_field(response, "Content-Type") or "none").partition(";")[0].lower()
        case "cookie":
            return _cookie(response)
        case "fields":
            names = {name for name, _ in response.headers if name.lower() not in _USUAL}
            return ", ".join(sorted(names)) or "none"
        case "has":
            text, there, missing = (part.strip() for part in rest.split("|"))
            return there if text in response.body else missing
        case _:
            return _header(response, rest)


def _header(response: Message, name: str) -> str:
    value = _field(response, name)
    if value is None:
        return f"no {name}"
    if name == "Content-Length":
        return value
    if name == "Allow":
        value = ", ".join(sorted(re.split(r"\s*,\s*", value)))
    return f"{name}: {value}"


def _field(response: Message, name: str) -> str | None:
    values = [value for key, value in response.headers if key.lower() == name.lower()]
    return ", ".join(values) if values else None


def _body(response: Message) -> str:
    """The body in one line; JSON by its value, as its spaces and escapes are nobody's concern."""
    text = " ".join(visible(response.body).split())
    with contextlib.suppress(ValueError):
        text = visible(json.dumps(json.loads(response.body), ensure_ascii=False))
    if not text:
        return "empty body"
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."


def _cookie(response: Message) -> str:
    """The attributes of the first cookie, by name."""
    attributes = (_field(response, "Set-Cookie") or "").split(";")[1:]
    names = sorted(one.strip().capitalize() for one in attributes)
    known = {"Httponly": "HttpOnly", "Samesite": "SameSite"}
    said = [re.sub("^[A-Za-z-]+", lambda found: known.get(found[0], found[0]), n) for n in names]
    return ", ".join(said) or "no attributes"


def given(probes: Iterable[Probe], result: Result) -> dict[str, str]:
    """The answers of one framework; nothing where it could not be asked."""
    if result.outcome is not Outcome.PASSED:
        return {}
    exchanges = {check.check.name: check.exchanges for check in result.checks}
    return {
        probe.name: answer(probe, next(iter(exchanges[probe.name]), None))
        for probe in probes
        if probe.name in exchanges
    }


def read(root: Path) -> tuple[Known, list[Problem]]:
    """The answers that are known."""
    at = Location(PATH)
    try:
        known = json.loads((root / PATH).read_text("utf-8"))
    except FileNotFoundError:
        return {}, []
    except (OSError, ValueError) as error:
        return {}, [problems.bad_answers(at, str(error))]
    if not _is_known(known):
        return {}, [problems.bad_answers(at, "it is no object of frameworks, versions, probes")]
    return known, []


def _is_known(value: object) -> bool:
    """Whether it is objects three deep, of texts."""

    def depth(one: object, left: int) -> bool:
        if not left:
            return isinstance(one, str)
        return isinstance(one, dict) and all(depth(item, left - 1) for item in one.values())

    return depth(value, 3)


def nearest(versions: Iterable[str], now: str) -> str | None:
    """The version to compare with: the same, the newest before it, or else the oldest after."""
    ordered = sorted(versions, key=_ordinal)
    before = [one for one in ordered if _ordinal(one) <= _ordinal(now)]
    return before[-1] if before else next(iter(ordered), None)


def _ordinal(text: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", text)))


def changes(
    probes: Iterable[Probe], framework: Framework, result: Result, known: Known
) -> Iterator[Problem]:
    """A warning for each answer that is another than the last accepted one."""
    probes = list(probes)
    answers = given(probes, result)
    now = version(framework, result.versions)
    versions = known.get(framework.name, {})
    then = nearest(versions, now)
    if not answers:
        return
    before = versions[then] if then else {}
    for probe in probes:
        old, new = before.get(probe.name), answers.get(probe.name)
        if new is not None and new != old:
            since = then if then and then != now else ""
            yield problems.answer_changed(
                Location(PAGE), f"{framework.title} {now}", probe.asks, new, old, since
            )


def accepted(
    frameworks: Iterable[Framework],
    probes: Iterable[Probe],
    results: Mapping[str, Result],
    known: Known,
    locked: Mapping[str, str],
) -> str:
    """The file's text with what came accepted.

    Versions that ``locked``, the text of a framework's lock, still names are kept: another Python
    may have them.
    """
    probes = list(probes)
    whole: dict[str, dict[str, Answers]] = {}
    for framework in frameworks:
        kept = {
            number: answers
            for number, answers in known.get(framework.name, {}).items()
            if f"=={number} " in locked.get(framework.name, "")
        }
        result = results.get(f"{FOLDER}/{framework.name}")
        answers = given(probes, result) if result else {}
        if answers and result:
            kept[version(framework, result.versions)] = answers
        elif not result:
            kept = dict(known.get(framework.name, {}))
        if kept:
            whole[framework.name] = {n: kept[n] for n in sorted(kept, key=_ordinal)}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"
