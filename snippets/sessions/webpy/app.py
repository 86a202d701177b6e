import os
from pathlib import Path

import web

web.config.debug = False

FOLDER = Path(__file__).parent
YEAR = 365 * 24 * 60 * 60
THEMES = ["light", "dark"]

urls = ("/", "Home", "/clear", "Clear", "/hello", "Hello", "/theme", "Theme")

# --8<-- [start:setup]
web.config.session_parameters.secret_key = os.environ.get(
    "SECRET_KEY", "for development only, change me"
)
web.config.session_parameters.samesite = "Lax"  # HttpOnly and Path=/ are there by default

application = web.application(urls, globals())
session = web.session.Session(
    application,
    web.session.DiskStore(str(FOLDER / "sessions")),  # the cookie holds an id only
    initializer={"visits": 0, "messages": []},
)
# --8<-- [end:setup]

render = web.template.render(str(FOLDER / "templates"))


# --8<-- [start:session]
class Home:
    def GET(self):
        session.visits += 1
        messages, session.messages = session.messages, []
        chosen = web.cookies().get("theme")
        theme = chosen if chosen in THEMES else "light"
        return render.home(theme, messages, session.visits)


class Clear:
    def POST(self):
        session.kill()
        raise web.seeother("/")


# --8<-- [end:session]
# --8<-- [start:flash]
class Hello:
    def POST(self):
        # --8<-- [start:by-hand]
        session.messages.append(f"Hello, {web.input().name}!")
        # --8<-- [end:by-hand]
        raise web.seeother("/")


# --8<-- [end:flash]
class Theme:
    def POST(self):
        theme = web.input().theme
        if theme not in THEMES:
            raise web.badrequest()
        web.setcookie("theme", theme, expires=YEAR, samesite="Lax")
        raise web.seeother("/")


app = application.wsgifunc()

if __name__ == "__main__":
    web.httpserver.runsimple(app, ("127.0.0.1", 8000))
