"""Lines of a snippet, and those by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldguide.showing import kept
from fieldguide.showing.compare import line_counts
from fieldguide.showing.compare.line_counts import Lines

ROOT = Path(__file__).parents[2]

BOTTLE = '''\
"""A comment in the form of a text is code, as Python has it."""

# --8<-- [start:route]
from bottle import Bottle

app = Bottle()  # an own line: code


# --8<-- [start:by-hand]
def signed(text):
    # why

    return f"""{text}

    # no comment, but a text
    """


# --8<-- [end:by-hand]
@app.get("/")
def hello():
    # --8<-- [start:by-hand-2]
    text = signed("ok")
    # --8<-- [end:by-hand-2]
    return text
# --8<-- [end:route]
'''
"""Code: 1 + 2 (import, app) + 4 (def, return with two more lines of text) + 2 + 1 + 1 = 11;
by hand: 4 + 1 = 5."""

TEMPLATE = """\
<!doctype html>
<!-- a comment
     over two lines -->
{# another #}
% # one of Bottle's

<!-- --8<-- [start:by-hand] -->
<input type="hidden" value="token">
<!-- --8<-- [end:by-hand] -->
<p>ok <!-- said --></p>
"""
"""Code: 3; by hand: 1."""

TORNADO = """\
from tornado.web import Application, RequestHandler


class Hello(RequestHandler):
    def get(self):
        self.write("ok")


app = Application([("/", Hello)])
"""
"""Code: 5."""

FALCON = """\
import falcon.asgi
import jinja2


class Hello:
    async def on_get(self, req, resp):
        resp.text = jinja2.Template("ok").render()


app = falcon.asgi.App()
app.add_route("/", Hello())
"""
"""Code: 7. Installed: falcon, jinja2, markupsafe."""


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("app.py", BOTTLE, Lines(11, 5)),
        ("views/hello.tpl", TEMPLATE, Lines(3, 1)),
        ("app.py", TORNADO, Lines(5)),
        ("app.py", FALCON.replace("\n", "\r\n"), Lines(7)),
        ("app.py", "x = (\n", Lines(1)),
        ("app.py", "", Lines()),
        ("templates/hello.html", "$# why\n$def with (name)\n$name\n", Lines(2)),
        ("templates/mail.txt", "Hello\n", Lines(1)),
        ("static/robots.txt", "User-agent: *\n", Lines()),
        ("static/site.css", "a {}\n", Lines()),
    ],
)
def test_lines_of_a_file(path: str, text: str, expected: Lines) -> None:
    assert line_counts.lines({path: text.encode()}) == expected


def test_every_snippet_of_the_project_has_lines() -> None:
    for snippet in kept.of(ROOT).evidence().project.snippets.values():
        counted = line_counts.lines(snippet.files)
        assert 0 <= counted.by_hand < counted.all, snippet.id
