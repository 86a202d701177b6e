import asyncio
import json
import os
from pathlib import Path

from tornado.web import Application, HTTPError, RequestHandler

THEMES = ["light", "dark"]


# --8<-- [start:by-hand]
class SessionHandler(RequestHandler):
    """Tornado signs a cookie; this makes it a session."""

    def prepare(self):
        self.session = json.loads(self.get_signed_cookie("session") or "{}")

    def save_session(self):
        self.set_signed_cookie(
            "session",
            json.dumps(self.session),
            expires_days=None,  # until the browser is closed; the default is 30 days
            httponly=True,
            samesite="Lax",
        )


# --8<-- [end:by-hand]
# --8<-- [start:session]
class Home(SessionHandler):
    def get(self):
        self.session["visits"] = self.session.get("visits", 0) + 1
        messages = self.session.pop("messages", [])
        self.save_session()
        chosen = self.get_cookie("theme")
        theme = chosen if chosen in THEMES else "light"
        self.render("home.html", theme=theme, messages=messages, visits=self.session["visits"])


class Clear(RequestHandler):
    def post(self):
        self.clear_cookie("session")
        self.redirect("/", status=303)


# --8<-- [end:session]
# --8<-- [start:flash]
class Hello(SessionHandler):
    def post(self):
        # --8<-- [start:by-hand-2]
        message = f"Hello, {self.get_body_argument('name')}!"
        self.session.setdefault("messages", []).append(message)
        self.save_session()
        # --8<-- [end:by-hand-2]
        self.redirect("/", status=303)


# --8<-- [end:flash]
class Theme(RequestHandler):
    def post(self):
        theme = self.get_body_argument("theme")
        if theme not in THEMES:
            raise HTTPError(400)
        self.set_cookie("theme", theme, expires_days=365, samesite="Lax")
        self.redirect("/", status=303)


# --8<-- [start:setup]
app = Application(
    [("/", Home), ("/clear", Clear), ("/hello", Hello), ("/theme", Theme)],
    cookie_secret=os.environ.get("SECRET_KEY", "for development only, change me"),
    template_path=Path(__file__).parent / "templates",
)
# --8<-- [end:setup]


async def main():
    app.listen(8000, "127.0.0.1")
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
