"""Make a contract's plain ``assert`` say what it expected and what it got.

The syntax tree is changed before it is compiled: ``assert a == b`` keeps its meaning and evaluates
each side once.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from functools import lru_cache
from types import CodeType
from typing import Any

from .. import wording
from ..values import show

_COMPARE: dict[type[ast.cmpop], tuple[Callable[[Any, Any], Any], str]] = {
    ast.Eq: (operator.eq, "{right}"),
    ast.NotEq: (operator.ne, "anything but {right}"),
    ast.Lt: (operator.lt, "less than {right}"),
    ast.LtE: (operator.le, "at most {right}"),
    ast.Gt: (operator.gt, "more than {right}"),
    ast.GtE: (operator.ge, "at least {right}"),
    ast.Is: (operator.is_, "{right}"),
    ast.IsNot: (operator.is_not, "anything but {right}"),
    ast.In: (lambda left, right: left in right, "one of {right}"),
    ast.NotIn: (lambda left, right: left not in right, "none of {right}"),
}
_CONTAINS: dict[type[ast.cmpop], str] = {
    ast.In: "{left} in it",
    ast.NotIn: "no {left} in it",
}
_MIRRORED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.Gt,
    ast.LtE: ast.GtE,
    ast.Gt: ast.Lt,
    ast.GtE: ast.LtE,
}
_HOOKS = ("__fieldguide_compare__", "__fieldguide_truth__")


class CheckFailed(AssertionError):  # noqa: N818  # an outcome, not a defect
    """An assertion that did not hold, with both sides of it."""

    def __init__(self, message: str, expected: str | None = None, actual: str | None = None):
        super().__init__(message)
        self.expected, self.actual = expected, actual


@lru_cache(maxsize=64)
def compile_contract(source: str, filename: str) -> CodeType:
    """Compile a contract whose assertions raise `CheckFailed`; raises SyntaxError."""
    try:
        tree = _Rewrite(source).visit(ast.parse(source, filename))
        return compile(ast.fix_missing_locations(tree), filename, "exec", dont_inherit=True)
    except (RecursionError, MemoryError):  # which of them, differs between Pythons
        raise SyntaxError(wording.nested_too_deeply()) from None


def hooks() -> dict[str, Any]:
    """The names that a compiled contract needs among its globals."""
    return dict(zip(_HOOKS, (_compare, _truth), strict=True))


class _Rewrite(ast.NodeTransformer):
    def __init__(self, source: str) -> None:
        self._lines = source.encode("utf-8").splitlines(keepends=True)
        """Once: `ast.get_source_segment` splits the whole source for each assertion."""

    def _segment(self, node: ast.expr) -> str:
        """An expression as the contract writes it."""
        assert node.end_lineno is not None
        lines = self._lines[node.lineno - 1 : node.end_lineno]
        lines[-1] = lines[-1][: node.end_col_offset]
        lines[0] = lines[0][node.col_offset :]
        return b"".join(lines).decode("utf-8")

    def visit_Assert(self, node: ast.Assert) -> ast.AST | list[ast.AST]:
        test = node.test
        if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
            parts = [ast.copy_location(ast.Assert(value, node.msg), value) for value in test.values]
            return [node for part in parts for node in _listed(self.visit_Assert(part))]
        message: ast.expr = ast.Lambda(_no_arguments(), node.msg or ast.Constant(None))
        if isinstance(test, ast.Compare):
            call: ast.expr = test.left
            left = test.left
            for op, right in zip(test.ops, test.comparators, strict=True):
                # Each link gives its right side to the next, which thus runs once, or never.
                link = [ast.Constant(type(op).__name__), call, right]
                words = [_words(left), _words(right), ast.Constant(_about_left(op, left, right))]
                call = ast.Call(_name(0), [*link, *words, message], [])
                left = right
        else:
            negated = isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)
            text = ast.Constant(self._segment(test))
            value = test.operand if isinstance(test, ast.UnaryOp) and negated else test
            call = ast.Call(_name(1), [value, ast.Constant(negated), text, message], [])
        return ast.copy_location(ast.Expr(call), node)


def _words(node: ast.expr) -> ast.Constant:
    return ast.Constant(ast.unparse(node))


def _about_left(op: ast.cmpop, left: ast.expr, right: ast.expr) -> bool:
    """Whether the message of a failed comparison speaks of its left side; else of its right.

    It speaks of the value that the application gave, and compares it with the one that the
    contract's author wrote down.
    """
    if isinstance(op, ast.In | ast.NotIn):
        if isinstance(left, ast.Constant):
            return False
        return _literal(right) or ast.unparse(left).endswith(".status")
    return not _literal(left) or _literal(right)


def _literal(node: ast.expr) -> bool:
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return all(_literal(element) for element in node.elts)
    if isinstance(node, ast.UnaryOp):
        return _literal(node.operand)
    return isinstance(node, ast.Constant)


def _listed(nodes: Any) -> list[ast.AST]:
    return nodes if isinstance(nodes, list) else [nodes]


def _name(index: int) -> ast.Name:
    return ast.Name(_HOOKS[index], ast.Load())


def _no_arguments() -> ast.arguments:
    return ast.arguments(posonlyargs=[], args=[], kwonlyargs=[], kw_defaults=[], defaults=[])


def _compare(
    name: str,
    left: Any,
    right: Any,
    subject: str,
    other: str,
    about_left: bool,
    message: Callable[[], Any],
) -> Any:
    """Raise unless the comparison holds; gives the right side, for the next link of a chain."""
    comparison = getattr(ast, name)
    test, words = _COMPARE[comparison]
    if test(left, right):
        return right
    if about_left:
        actual = show(left)
    else:
        # `"x" in response.text` speaks of the text, `200 <= status` of the status.
        mirrored = _COMPARE[_MIRRORED.get(comparison, comparison)][1]
        words = _CONTAINS.get(comparison) or mirrored.replace("{right}", "{left}")
        subject, actual = other, show(right)
    expected = words.format(left=show(left), right=show(right))
    own_words = message()
    about = "" if subject == "response.status" else f"{subject}: "
    start = f"{own_words}: " if own_words is not None else about
    raise CheckFailed(f"{start}expected {expected}, got {actual}", expected, actual)


def _truth(value: Any, negated: bool, text: str, message: Callable[[], Any]) -> None:
    if bool(value) != negated:
        return
    own_words = message()
    start = own_words if own_words is not None else f"expected `{text}`"
    raise CheckFailed(f"{start}, got {show(value)}", text, show(value))
