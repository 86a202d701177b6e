"""Probes of one framework: a project that has nothing else, and answers made by hand."""

from __future__ import annotations

from pathlib import Path

from miniature import miniature
from samples import check, message, result

from fieldguide.model import Exchange, Location, Result
from fieldguide.project.probes import PATH, Probe

PROBES = """
[head]
group = "Methods"
asks = "`HEAD` on a route written for `GET`"
request = "HEAD /"
says = "Both are there: [RFC 9110](https://example.org/)."

[form]
group = "Input"
asks = "A form"
request = '''
POST /form
Content-Type: application/x-www-form-urlencoded

name=x
'''
fill = 3
shows = ["status", "body"]
says = "It arrives."
"""

APP = """
from flask import Flask, request

app = Flask(__name__)


@app.get("/")
def index():
    return "hello"


@app.post("/form")
def form():
    return {"name": request.form["name"]}
"""


def lay_out(root: Path, app: str = APP, text: str = PROBES) -> Path:
    """A project that has nothing but probes for one framework."""
    miniature(root, ["flask"], {})
    (root / "snippets").mkdir(exist_ok=True)
    (root / "docs/index.md").write_text("# Home\n", "utf-8")
    (root / "probes/flask").mkdir(parents=True)
    (root / PATH).write_text(text, "utf-8")
    (root / "probes/flask/app.py").write_text(app, "utf-8")
    return root


def probe(*shows: str, name: str = "head") -> Probe:
    """A probe that asks ``GET /``, and shows the status where it is not said what."""
    request = ("GET", "/", (), "", 0)
    place = Location(PATH, 1)
    return Probe(name, "group", "`HEAD`", *request, shows or ("status",), "says", place)


def response(start: str = "HTTP/1.1 200 OK", body: str = "", **headers: str) -> Exchange:
    """An exchange with this response."""
    return Exchange(message("GET / HTTP/1.1"), message(start, body, **headers))


def answered(status: int = 405, version: str = "3.1.3", name: str = "head") -> Result:
    """What came of asking Flask, in a version, one probe."""
    asked = check(name, exchanges=(response(f"HTTP/1.1 {status} X"),))
    return result(asked, id="probes/flask", versions={"python": "3.13.0", "flask": version})
