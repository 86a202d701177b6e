"""Files of which a person has counted the lines, in code and by hand."""

from __future__ import annotations

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
