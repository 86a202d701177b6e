"""Single-point mutations of an application: one number, one word, one statement at a time.

What is not made, because no request could tell it apart or because it is not the handlers':
comments, docstrings, annotations and imports; what only runs when the file is started (the
`__main__` part and the functions that nothing else calls); what is read from the environment, with
its default for development; what is printed or logged; lines of a template that only frame the
document, or that only close an element, as a browser does by itself.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePosixPath

TEMPLATES = (".html", ".htm", ".tpl", ".jinja2", ".jinja", ".j2", ".mako", ".pt", ".xml")
Placed = ast.stmt | ast.expr | ast.keyword
"""What has a place in its file."""
_COMPARED: dict[type[ast.cmpop], str] = {
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.Lt: "<=",
    ast.LtE: "<",
    ast.Gt: ">=",
    ast.GtE: ">",
    ast.In: "not in",
    ast.NotIn: "in",
    ast.Is: "is not",
    ast.IsNot: "is",
}
_REACHED: dict[type[ast.operator], str] = {ast.Add: "-", ast.Sub: "+", ast.Mult: "//"}
_OTHER = {
    "HTTPNotFound": "HTTPForbidden",
    "HTTPForbidden": "HTTPNotFound",
    "HTTPUnauthorized": "HTTPForbidden",
    "HTTPBadRequest": "HTTPNotFound",
    "HTTPFound": "HTTPMovedPermanently",
    "HTTPSeeOther": "HTTPFound",
    "notfound": "forbidden",
    "forbidden": "notfound",
    "badrequest": "notfound",
    "seeother": "found",
    "found": "seeother",
    "get": "put",
    "post": "put",
    "put": "post",
    "patch": "post",
    "delete": "post",
    "require_safe": "require_POST",
    "require_GET": "require_POST",
    "require_POST": "require_safe",
}
"""Statuses and methods that are written as a name; ``get`` and the like only in decorators."""
_METHODS = ("get", "post", "put", "patch", "delete")
_LOGGED = ("debug", "info", "warning", "error", "exception", "critical", "log")
_FRAME = re.compile(r"^\s*(</\w+>|</?(!doctype|html|head|body|meta|link)\b[^>]*>)\s*$", re.I)
_COMMENT = re.compile(r"^\s*(\$#|%#|\{#.*#\}\s*$|##|<!--.*-->\s*$)")
_CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|<[^>]*>|\$:?[\w.\[\]()]+|^\s*[%$].*$|<[^>]*$")
_VALUE = re.compile(r"\{\{(?P<value>\s*[^!\s].*?)\}\}")
"""A value that a template escapes; Bottle writes one that it does not as ``{{!value}}``."""
_WORD = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class Mutant:
    """One change of one file."""

    file: str
    line: int
    kind: str
    """What was done, in a word or two: ``number``, ``statement removed``."""
    old: str
    new: str
    content: bytes
    """The whole file, changed."""

    @property
    def change(self) -> str:
        """Both sides in one line."""
        return f"{self.kind}: {_short(self.old)} -> {_short(self.new)}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 70 else f"{line[:67]}..."


def of(files: Mapping[str, bytes], framework: str) -> Iterator[Mutant]:
    """Every mutant of an application's files, in order; no two are the same."""
    seen = set()
    for file, content in sorted(files.items()):
        made: Iterator[Mutant] = iter(())
        if file.endswith(".py"):
            made = _python(file, content, framework)
        elif PurePosixPath(file).suffix in TEMPLATES:
            made = _template(file, content.decode("utf-8"), framework)
        for mutant in made:
            if mutant.content != content and (file, mutant.content) not in seen:
                seen.add((file, mutant.content))
                yield mutant


def _template(file: str, text: str, framework: str) -> Iterator[Mutant]:
    for line, start, end, kind, new in _in_markup(text, framework):
        changed = text[:start] + new + text[end:]
        old = text[start:end] or text.splitlines()[line - 1]
        shown = new if start < end else f"{new} in it"
        yield Mutant(file, line, kind, old, shown or "nothing", changed.encode("utf-8"))


def _in_markup(text: str, framework: str) -> Iterator[tuple[int, int, int, str, str]]:
    """Line, start, end, kind and replacement of each change in a template's text."""
    start = 0
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        end = start + len(line)
        if line.strip() and not _FRAME.match(line) and not _COMMENT.match(line):
            yield number, start, end, "line removed", ""
            place = 0
            for code in [*_CODE.finditer(line), None]:
                words = line[place : code.start() if code else len(line)]
                if match := _WORD.search(words):
                    at = start + place + match.start()
                    yield number, at, at, "text", "~"
                    break
                place = code.end() if code else place
            for match in _VALUE.finditer(line):
                new = _unescaped(match["value"].strip(), framework)
                yield number, start + match.start(), start + match.end(), "escaping removed", new
            if framework == "webpy":
                for match in re.finditer(r"\$(?=[a-z])(?!(def|for|if|else|elif|var|code)\b)", line):
                    at = start + match.start()
                    yield number, at, at + 1, "escaping removed", "$:"
        start = end


def _unescaped(value: str, framework: str) -> str:
    match framework:
        case "bottle":
            return f"{{{{!{value.lstrip('!')}}}}}"
        case "tornado":
            return f"{{% raw {value} %}}"
        case _:
            return f"{{{{ ({value})|safe }}}}" if " " in value else f"{{{{ {value}|safe }}}}"


def _python(file: str, content: bytes, framework: str) -> Iterator[Mutant]:
    tree = ast.parse(content)
    maker = _Maker(file, content, tree, framework)
    for node, parents in maker.reached(tree, ()):
        yield from maker.mutants(node, parents)


class _Maker:
    """Makes the mutants of one Python file."""

    def __init__(self, file: str, content: bytes, tree: ast.Module, framework: str) -> None:
        self._file, self._content, self._framework = file, content, framework
        self._offsets = [0]
        for line in content.splitlines(keepends=True):
            self._offsets.append(self._offsets[-1] + len(line))
        self._started = _only_started(tree)
        self._modules = {
            alias.asname or alias.name: node.module or ""
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and not node.level
            for alias in node.names
        }

    def reached(
        self, node: ast.AST, parents: tuple[ast.AST, ...]
    ) -> Iterator[tuple[ast.AST, tuple[ast.AST, ...]]]:
        """Every node that a request may reach, with those around it."""
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "returns", "type_params"):
                continue
            children = value if isinstance(value, list) else [value]
            for index, child in enumerate(children):
                if not isinstance(child, ast.AST) or self._left_out(node, name, index, child):
                    continue
                yield child, (*parents, node)
                yield from self.reached(child, (*parents, node))

    def _left_out(self, parent: ast.AST, name: str, index: int, child: ast.AST) -> bool:
        if isinstance(child, ast.Import | ast.ImportFrom | ast.expr_context) or _is_main(child):
            return True
        if child in self._started:
            return True
        if name == "body" and index == 0 and _is_docstring(child):
            return isinstance(
                parent, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
            )
        return isinstance(child, ast.Call) and (_is_environment(child) or _is_logged(child))

    def mutants(self, node: ast.AST, parents: tuple[ast.AST, ...]) -> Iterator[Mutant]:
        """The changes of one node itself."""
        if isinstance(node, ast.stmt):
            yield from self._statement(node, parents)
        if isinstance(node, ast.Constant | ast.JoinedStr):
            yield from self._literal(node, parents)
        elif isinstance(node, ast.Compare):
            yield from self._compare(node)
        elif isinstance(node, ast.BoolOp | ast.BinOp):
            yield from self._operation(node)
        elif isinstance(node, ast.UnaryOp | ast.If | ast.While | ast.IfExp):
            yield from self._condition(node)
        elif isinstance(node, ast.Call):
            for keyword in node.keywords:
                if keyword.arg is not None:
                    yield self._without(keyword)
        elif isinstance(node, ast.Attribute):
            yield from self._attribute(node, parents)
        elif isinstance(node, ast.Name):
            yield from self._name(node)

    def _name(self, node: ast.Name) -> Iterator[Mutant]:
        module = self._modules.get(node.id)
        if module and node.id in _OTHER and node.id not in _METHODS:
            other = f'__import__("{module}", fromlist=["*"]).{_OTHER[node.id]}'
            yield self._replaced(node, "status or method", other)

    def _literal(
        self, node: ast.Constant | ast.JoinedStr, parents: tuple[ast.AST, ...]
    ) -> Iterator[Mutant]:
        match node:
            case ast.Constant(value=bool() as value):
                yield self._replaced(node, "boolean", str(not value))
            case ast.Constant(value=int() | float() as value):
                yield self._replaced(node, "number", repr(value + 1))
            case ast.Constant(value=str() | bytes()) if not _in_joined(parents):
                yield from self._string(node)
            case ast.JoinedStr() if not _in_joined(parents):  # a format is one too, unquoted
                quote = re.match(rb"[A-Za-z]*(\"\"\"|'''|\"|')", self._bytes(node))
                assert quote is not None
                at = self._start(node) + quote.end()
                yield self._made(at, at, node.lineno, "string", "~")

    def _operation(self, node: ast.BoolOp | ast.BinOp) -> Iterator[Mutant]:
        if isinstance(node, ast.BoolOp):
            yield from self._between(node.values, {b"and": "or", b"or": "and"}, "and, or")
        elif type(node.op) in _REACHED and not _of_text(node):
            new = _REACHED[type(node.op)]
            old = {"-": b"+", "+": b"-", "//": b"*"}[new]
            yield from self._between([node.left, node.right], {old: new}, "arithmetic")

    def _condition(self, node: ast.UnaryOp | ast.If | ast.While | ast.IfExp) -> Iterator[Mutant]:
        if isinstance(node, ast.UnaryOp):
            if isinstance(node.op, ast.Not):
                yield self._replaced(node, "not removed", self._text(node.operand))
        elif not (isinstance(node.test, ast.UnaryOp) and isinstance(node.test.op, ast.Not)):
            text = self._text(node.test)
            yield self._replaced(node.test, "not added", f"(not ({text}))")

    def _statement(self, node: ast.stmt, parents: tuple[ast.AST, ...]) -> Iterator[Mutant]:
        simple = ast.Expr | ast.Assign | ast.AugAssign | ast.AnnAssign | ast.Raise | ast.Delete
        if isinstance(node, simple) or (isinstance(node, ast.Return) and node.value is not None):
            names = getattr(node, "targets", [])
            if not any(isinstance(name, ast.Name) and name.id == "app" for name in names):
                yield self._replaced(node, "statement removed", "pass")
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            return
        for decorator in node.decorator_list:
            start = self._content.rindex(b"@", 0, self._start(decorator))
            end = self._end(decorator)
            yield self._made(start, end, decorator.lineno, "decorator removed", "")
        if isinstance(node, ast.ClassDef):
            return
        if isinstance(parents[-1], ast.ClassDef) and not node.name.startswith("__"):
            first = node.decorator_list[0] if node.decorator_list else node
            start = self._offsets[first.lineno - 1] + node.col_offset
            yield self._made(start, self._end(node), node.lineno, "method removed", "pass")
        body = node.body[1:] if _is_docstring(node.body[0]) else node.body
        if body and not isinstance(body[0], ast.Pass | ast.Return):
            place = body[0]
            if getattr(place, "decorator_list", None):
                return
            at = self._start(place)
            if place.lineno == node.lineno:
                return
            early = f"return\n{' ' * place.col_offset}"
            yield self._made(at, at, place.lineno, "return early", early)

    def _string(self, node: ast.Constant) -> Iterator[Mutant]:
        value = node.value
        assert isinstance(value, str | bytes)
        text = self._text(node)
        if isinstance(value, str) and "\n" in value and text.count("\n"):
            start = self._start(node)
            for line, first, end, kind, new in _in_markup(text, self._framework):
                inner = text[first:end]
                if '"""' in inner or "'''" in inner:
                    continue
                if kind == "text" and "<" not in value:
                    continue
                begins = start + len(text[:first].encode("utf-8"))
                ends = start + len(text[:end].encode("utf-8"))
                yield self._made(begins, ends, node.lineno + line - 1, kind, new)
            return
        longer = value + "~" if isinstance(value, str) else value + b"~"
        yield self._replaced(node, "string", repr(longer))
        if isinstance(value, str):
            for match in _VALUE.finditer(value):
                new = _unescaped(match["value"].strip(), self._framework)
                changed = value[: match.start()] + new + value[match.end() :]
                yield self._replaced(node, "escaping removed", repr(changed))

    def _compare(self, node: ast.Compare) -> Iterator[Mutant]:
        sides = [node.left, *node.comparators]
        for index, op in enumerate(node.ops):
            start, end = self._end(sides[index]), self._start(sides[index + 1])
            between = self._content[start:end]
            closing = re.match(rb"[)\s]*", between)
            assert closing is not None
            opening = re.search(rb"[(\s]*$", between)
            assert opening is not None
            yield self._made(
                start + closing.end(),
                start + opening.start(),
                node.lineno,
                "comparison",
                _COMPARED[type(op)],
            )

    def _between(
        self, sides: list[ast.expr], words: Mapping[bytes, str], kind: str
    ) -> Iterator[Mutant]:
        for left, right in pairwise(sides):
            start, end = self._end(left), self._start(right)
            for old, new in words.items():
                at = self._content.find(old, start, end)
                if at >= 0:
                    yield self._made(at, at + len(old), left.lineno, kind, new)
                    break

    def _without(self, keyword: ast.keyword) -> Mutant:
        start, end = self._start(keyword), self._end(keyword)
        after = re.match(rb"\s*,\s*", self._content[end:])
        if after:
            end += after.end()
        else:
            before = re.search(rb",\s*$", self._content[:start])
            start = before.start() if before else start
        return self._made(start, end, keyword.lineno, "keyword removed", "")

    def _attribute(self, node: ast.Attribute, parents: tuple[ast.AST, ...]) -> Iterator[Mutant]:
        new = None
        if status := re.fullmatch(r"HTTP_(\d{3})", node.attr):
            new = "HTTP_202" if status[1] != "202" else "HTTP_200"
        elif isinstance(node.value, ast.Name) and node.value.id == "HTTPStatus":
            new = "ACCEPTED" if node.attr != "ACCEPTED" else "OK"
        elif node.attr in _METHODS:
            new = _OTHER[node.attr] if _in_decorator(parents, node) else None
        elif node.attr in _OTHER and isinstance(node.value, ast.Name):
            new = _OTHER[node.attr]
        if new is not None:
            end = self._end(node)
            start = end - len(node.attr.encode("utf-8"))
            yield self._made(start, end, node.lineno, "status or method", new)

    def _start(self, node: Placed) -> int:
        return self._offsets[node.lineno - 1] + node.col_offset

    def _end(self, node: Placed) -> int:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self._offsets[node.end_lineno - 1] + node.end_col_offset

    def _bytes(self, node: Placed) -> bytes:
        return self._content[self._start(node) : self._end(node)]

    def _text(self, node: Placed) -> str:
        return self._bytes(node).decode("utf-8")

    def _replaced(self, node: Placed, kind: str, new: str) -> Mutant:
        return self._made(self._start(node), self._end(node), node.lineno, kind, new)

    def _made(self, start: int, end: int, line: int, kind: str, new: str) -> Mutant:
        changed = self._content[:start] + new.encode("utf-8") + self._content[end:]
        old = self._content[start:end].decode("utf-8")
        if not old.strip():  # something was added: show it where it stands
            at = self._content[self._offsets[line - 1] : self._offsets[line]]
            old, new = at.decode("utf-8"), f"{new.strip()} there"
        return Mutant(self._file, line, kind, old, new or "nothing", changed)


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_main(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "__name__ == '__main__'"


def _only_started(tree: ast.Module) -> set[ast.AST]:
    """The functions that only the `__main__` part calls."""
    mains = [node for node in tree.body if _is_main(node)]
    named = {name.id for main in mains for name in ast.walk(main) if isinstance(name, ast.Name)}
    started: set[ast.AST] = set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name in named:
            others = [
                statement
                for statement in tree.body
                if statement not in mains and statement is not node
            ]
            used = {n.id for other in others for n in ast.walk(other) if isinstance(n, ast.Name)}
            if node.name not in used:
                started.add(node)
    return started


def _is_environment(call: ast.Call) -> bool:
    return ast.unparse(call.func) in ("os.environ.get", "environ.get", "os.getenv", "getenv")


def _is_logged(call: ast.Call) -> bool:
    name = ast.unparse(call.func)
    owner, _, last = name.rpartition(".")
    return name == "print" or (last in _LOGGED and re.search(r"log(ger|ging)?$", owner) is not None)


def _in_joined(parents: tuple[ast.AST, ...]) -> bool:
    return any(isinstance(parent, ast.JoinedStr) for parent in parents)


def _in_decorator(parents: tuple[ast.AST, ...], node: Placed) -> bool:
    functions = [
        parent for parent in parents if isinstance(parent, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    tops = (top for function in functions for top in function.decorator_list)
    return any(node is part for top in tops for part in ast.walk(top))


def _of_text(node: ast.BinOp) -> bool:
    """Whether it joins texts, where another operator would only raise."""
    kinds = (ast.JoinedStr, ast.Constant)
    return any(
        isinstance(side, kinds) and not isinstance(getattr(side, "value", ""), int | float)
        for side in (node.left, node.right)
    )
