"""Run the examples of an interactive session, as `doctest` does."""

from __future__ import annotations
import __future__

import builtins
import io
import linecache
import sys
from collections.abc import Callable
from typing import Any

Raised = Callable[[BaseException], dict[str, Any]]


def run_examples(
    examples: list[str], name: Callable[[int], str], space: dict[str, Any], raised: Raised, cap: int
) -> list[dict[str, Any]]:
    """What each example printed and raised; the next one runs all the same.

    Args:
        examples: the source of each.
        name: of each example's file, by its number.
        space: the namespace they run in.
        raised: tells an exception.
        cap: so many characters of what one prints are kept.
    """
    replies = []
    before, hook = sys.stdout, sys.displayhook
    last = getattr(builtins, "_", None)
    sys.displayhook = sys.__displayhook__
    try:
        for number, source in enumerate(examples):
            sys.stdout = captured = io.StringIO()
            error = None
            try:
                _run(source, name(number), space)
            except BaseException as caught:  # SystemExit and KeyboardInterrupt too
                error = raised(caught)
            output = captured.getvalue() if not captured.closed else ""
            if output and not output.endswith("\n"):
                output += "\n"
            replies.append({"output": output[:cap], "raised": error})
    finally:
        sys.stdout, sys.displayhook = before, hook
        vars(builtins)["_"] = last  # else it stands in for the `_` of whoever translates
    return replies


def _run(source: str, filename: str, space: dict[str, Any]) -> None:
    lines = source.splitlines(keepends=True)
    linecache.cache[filename] = (len(source), None, lines, filename)
    flags = 0
    for feature in __future__.all_feature_names:
        if space.get(feature) is getattr(__future__, feature):
            flags |= getattr(__future__, feature).compiler_flag
    exec(compile(source, filename, "single", flags, dont_inherit=True), space)
