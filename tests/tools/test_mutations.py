"""The generator of mutants, on a tiny application: what it changes, and what it leaves alone."""

from __future__ import annotations

import ast
from collections import Counter

import pytest
from mutations import Mutant, of

from fieldguide.project.record import Project

APP = b'''\
"""A small application."""

import os
from pyramid.httpexceptions import HTTPNotFound
from flask import Flask

app = Flask(__name__)
app.secret_key = os.environ.get("SECRET_KEY", "for development")


@app.get("/items/<int:number>")
def item(number: int = 1):
    """One item."""
    if number > 9 and not app.debug:  # a comment
        raise HTTPNotFound()
    app.logger.info("found %s", number)
    return {"id": number, "name": f"no. {number}"}, 200, {"X-Kind": "item"}


class Page:
    def get(self):
        return answer(status=falcon.HTTP_404, secure=True)


def main():
    app.run(port=8000)


if __name__ == "__main__":
    main()
'''
PAGE = """\
<!doctype html>
<html lang="en">
{# a comment #}
<h1 class="big">Books of {{ name }}</h1>
<ul>
  {% for book in books %}
  <li>{{ book }}</li>
  {% endfor %}
</ul>
</html>
"""


def changes(source: bytes, framework: str = "flask") -> dict[str, list[Mutant]]:
    found: dict[str, list[Mutant]] = {}
    for mutant in of({"app.py": source}, framework):
        found.setdefault(mutant.change, []).append(mutant)
    return found


@pytest.mark.parametrize(
    "change",
    [
        "number: 9 -> 10",
        "number: 200 -> 201",
        "string: \"X-Kind\" -> 'X-Kind~'",
        "string: \"item\" -> 'item~'",
        "string: \"/items/<int:number>\" -> '/items/<int:number>~'",
        "comparison: > -> >=",
        "and, or: and -> or",
        "not removed: not app.debug -> app.debug",
        "not added: number > 9 and not app.debug -> (not (number > 9 and not app.debug))",
        "boolean: True -> False",
        "statement removed: raise HTTPNotFound() -> pass",
        'decorator removed: @app.get("/items/<int:number>") -> nothing',
        "status or method: get -> put",
        "status or method: HTTP_404 -> HTTP_202",
        "keyword removed: , secure=True -> nothing",
        "keyword removed: status=falcon.HTTP_404, -> nothing",
        "method removed: def get(self): return answer(status=falcon.HTTP_404, secure=True) -> pass",
    ],
)
def test_a_change_is_made(change: str) -> None:
    (mutant,) = changes(APP)[change]
    ast.parse(mutant.content)
    assert mutant.content != APP


def test_a_name_becomes_another_of_its_module() -> None:
    wanted = '__import__("pyramid.httpexceptions", fromlist=["*"]).HTTPForbidden'
    assert any(wanted.encode() in m.content for each in changes(APP).values() for m in each)


def test_what_no_request_tells_apart_is_left_alone() -> None:
    mutants = [mutant for each in changes(APP).values() for mutant in each]
    for kept in (b'"""A small application."""', b'"""One item."""', b"# a comment"):
        assert all(kept in mutant.content for mutant in mutants)
    for kept in (b'os.environ.get("SECRET_KEY", "for development")', b"port=8000", b"__main__"):
        # A statement may go as a whole, an argument may not change.
        assert all(
            kept in mutant.content or mutant.kind == "statement removed" for mutant in mutants
        )
    assert all(b'"found %s", number' in m.content or "removed" in m.kind for m in mutants)
    assert all(b"app = Flask(__name__)" in mutant.content for mutant in mutants)


def test_the_format_of_a_value_in_a_string_is_no_string_of_its_own() -> None:
    mutants = [
        mutant
        for each in changes(b'def tag(n):\n    return f"{n:x}"\n').values()
        for mutant in each
    ]
    (mutant,) = [mutant for mutant in mutants if mutant.kind == "string"]
    assert b'f"~{n:x}"' in mutant.content


def test_every_mutant_is_another_one_change_and_python() -> None:
    mutants = [mutant for each in changes(APP).values() for mutant in each]
    assert len({mutant.content for mutant in mutants}) == len(mutants)
    for mutant in mutants:
        ast.parse(mutant.content)
        before, after = APP.splitlines(), mutant.content.splitlines()
        differs = [n for n, (a, b) in enumerate(zip(before, after, strict=False), 1) if a != b]
        assert min(differs) in (
            mutant.line,
            mutant.line + 1,
        )  # a decorator's or a method's first line


def test_a_template_loses_lines_words_and_escaping() -> None:
    mutants = list(of({"templates/page.html": PAGE.encode("utf-8")}, "flask"))
    assert Counter(mutant.kind for mutant in mutants) == {
        "line removed": 5,
        "text": 1,
        "escaping removed": 2,
    }
    texts = [mutant.content.decode("utf-8") for mutant in mutants]
    assert any('<h1 class="big">~Books of {{ name }}</h1>' in text for text in texts)
    assert any("<li>{{ book|safe }}</li>" in text for text in texts)
    assert all("{# a comment #}" in text and "</ul>" in text for text in texts)


@pytest.mark.parametrize(
    ("framework", "line", "unescaped"),
    [
        ("bottle", "<b>{{name}}</b>", "{{!name}}"),
        ("tornado", "<b>{{ name }}</b>", "{% raw name %}"),
        ("webpy", "<b>$name</b>", "$:name"),
        ("falcon", "<b>{{ name or 'x' }}</b>", "{{ (name or 'x')|safe }}"),
    ],
)
def test_each_engine_has_its_own_way_not_to_escape(
    framework: str, line: str, unescaped: str
) -> None:
    mutants = of({"page.html": f"{line}\n".encode()}, framework)
    assert any(unescaped in mutant.content.decode() for mutant in mutants)
    raw = line.replace("{{name", "{{!name").replace("$name", "$:name")
    if raw != line:
        kinds = {mutant.kind for mutant in of({"page.html": f"{raw}\n".encode()}, framework)}
        assert "escaping removed" not in kinds


def test_markup_in_a_string_is_changed_line_by_line() -> None:
    source = b'PAGE = """<h1>Hello</h1>\n<p>{{ name }}</p>\n"""\n'
    mutants = [mutant for each in changes(source).values() for mutant in each]
    assert {
        (mutant.line, mutant.kind) for mutant in mutants if mutant.kind != "statement removed"
    } >= {
        (2, "line removed"),
        (2, "escaping removed"),
    }
    for mutant in mutants:
        ast.parse(mutant.content)


@pytest.mark.whole
def test_every_mutant_of_the_snippets_is_python(collected: Project) -> None:
    for snippet in collected.snippets.values():
        mutants = list(of(snippet.files, snippet.framework))
        assert mutants
        for mutant in mutants:
            if mutant.file.endswith(".py"):
                ast.parse(mutant.content)
