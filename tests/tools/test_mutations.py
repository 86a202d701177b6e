"""The generator of mutants, on a tiny application: what it changes, and what it leaves alone."""

from __future__ import annotations

import ast
from collections import Counter

import pytest
from miniature import ROOT
from mutations import Mutant, of

from fieldguide.project.collect import collect

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
    for one in of({"app.py": source}, framework):
        found.setdefault(one.change, []).append(one)
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
    (one,) = changes(APP)[change]
    ast.parse(one.content)
    assert one.content != APP


def test_a_name_becomes_another_of_its_module() -> None:
    wanted = '__import__("pyramid.httpexceptions", fromlist=["*"]).HTTPForbidden'
    assert any(wanted.encode() in m.content for each in changes(APP).values() for m in each)


def test_what_no_request_tells_apart_is_left_alone() -> None:
    made = [one for each in changes(APP).values() for one in each]
    for kept in (b'"""A small application."""', b'"""One item."""', b"# a comment"):
        assert all(kept in one.content for one in made)
    for kept in (b'os.environ.get("SECRET_KEY", "for development")', b"port=8000", b"__main__"):
        # A statement may go as a whole, an argument may not change.
        assert all(kept in one.content or one.kind == "statement removed" for one in made)
    assert all(b'"found %s", number' in m.content or "removed" in m.kind for m in made)
    assert all(b"app = Flask(__name__)" in one.content for one in made)


def test_the_format_of_a_value_in_a_string_is_no_string_of_its_own() -> None:
    made = [one for each in changes(b'def tag(n):\n    return f"{n:x}"\n').values() for one in each]
    (one,) = [one for one in made if one.kind == "string"]
    assert b'f"~{n:x}"' in one.content


def test_every_mutant_is_another_one_change_and_python() -> None:
    made = [one for each in changes(APP).values() for one in each]
    assert len({one.content for one in made}) == len(made)
    for one in made:
        ast.parse(one.content)
        before, after = APP.splitlines(), one.content.splitlines()
        differs = [n for n, (a, b) in enumerate(zip(before, after, strict=False), 1) if a != b]
        assert min(differs) in (one.line, one.line + 1)  # a decorator's or a method's first line


def test_a_template_loses_lines_words_and_escaping() -> None:
    made = list(of({"templates/page.html": PAGE.encode("utf-8")}, "flask"))
    assert Counter(one.kind for one in made) == {
        "line removed": 5,
        "text": 1,
        "escaping removed": 2,
    }
    texts = [one.content.decode("utf-8") for one in made]
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
    made = of({"page.html": f"{line}\n".encode()}, framework)
    assert any(unescaped in one.content.decode() for one in made)
    raw = line.replace("{{name", "{{!name").replace("$name", "$:name")
    if raw != line:
        kinds = {one.kind for one in of({"page.html": f"{raw}\n".encode()}, framework)}
        assert "escaping removed" not in kinds


def test_markup_in_a_string_is_changed_line_by_line() -> None:
    source = b'PAGE = """<h1>Hello</h1>\n<p>{{ name }}</p>\n"""\n'
    made = [one for each in changes(source).values() for one in each]
    assert {(one.line, one.kind) for one in made if one.kind != "statement removed"} >= {
        (2, "line removed"),
        (2, "escaping removed"),
    }
    for one in made:
        ast.parse(one.content)


@pytest.mark.whole
def test_every_mutant_of_the_snippets_is_python() -> None:
    for snippet in collect(ROOT).snippets.values():
        made = list(of(snippet.files, snippet.framework))
        assert made
        for one in made:
            if one.file.endswith(".py"):
                ast.parse(one.content)
