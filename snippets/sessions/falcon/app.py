import os
from pathlib import Path

import falcon
import falcon.asgi
import uvicorn
from itsdangerous import BadData, URLSafeTimedSerializer
from jinja2 import Environment, FileSystemLoader

DAY = 24 * 60 * 60
THEMES = ["light", "dark"]
# --8<-- [start:setup]
SECRET_KEY = os.environ.get("SECRET_KEY", "for development only, change me")

templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True
)


# --8<-- [start:by-hand]
class SignedCookieSession:
    """Falcon reads and sets cookies; this makes one of them a session, signed by itsdangerous."""

    signer = URLSafeTimedSerializer(SECRET_KEY, salt="session")

    async def process_request(self, req, resp):
        try:
            cookie = req.cookies.get("session", "")
            req.context.session = self.signer.loads(cookie, max_age=DAY)
        except BadData:  # none, too old, or not ours
            req.context.session = {}

    async def process_response(self, req, resp, resource, req_succeeded):
        if req.context.session:
            cookie = self.signer.dumps(req.context.session)
            resp.set_cookie("session", cookie, path="/", same_site="Lax")
        elif "session" in req.cookies:
            resp.unset_cookie("session", path="/")


# --8<-- [end:by-hand]
app = falcon.asgi.App(middleware=[SignedCookieSession()])
# HttpOnly is there by default, and Secure too: then plain HTTP gets no cookie back.
app.resp_options.secure_cookies_by_default = False
# --8<-- [end:setup]


# --8<-- [start:session]
class Home:
    async def on_get(self, req, resp):
        session = req.context.session
        session["visits"] = session.get("visits", 0) + 1
        chosen = req.cookies.get("theme")
        resp.content_type = falcon.MEDIA_HTML
        resp.text = templates.get_template("home.html").render(
            theme=chosen if chosen in THEMES else "light",
            messages=session.pop("messages", []),
            visits=session["visits"],
        )


class Clear:
    async def on_post(self, req, resp):
        req.context.session.clear()
        raise falcon.HTTPSeeOther("/")


# --8<-- [end:session]
# --8<-- [start:flash]
class Hello:
    async def on_post(self, req, resp):
        form = await req.get_media()
        # --8<-- [start:by-hand-2]
        req.context.session.setdefault("messages", []).append(f"Hello, {form.get('name', '')}!")
        # --8<-- [end:by-hand-2]
        raise falcon.HTTPSeeOther("/")


# --8<-- [end:flash]
class Theme:
    async def on_post(self, req, resp):
        form = await req.get_media()
        if form.get("theme") not in THEMES:
            raise falcon.HTTPBadRequest()
        resp.set_cookie("theme", form["theme"], max_age=365 * DAY, path="/", same_site="Lax")
        raise falcon.HTTPSeeOther("/")


app.add_route("/", Home())
app.add_route("/clear", Clear())
app.add_route("/hello", Hello())
app.add_route("/theme", Theme())

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=8000)
