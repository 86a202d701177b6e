import os
import secrets
from pathlib import Path
from urllib.parse import urlencode

import web
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

web.config.debug = False

FOLDER = Path(__file__).parent

urls = ("/private", "Private", "/login", "Login", "/logout", "Logout")

# --8<-- [start:setup]
web.config.session_parameters.secret_key = os.environ.get(
    "SECRET_KEY", "for development only, change me"
)
web.config.session_parameters.samesite = "Lax"

application = web.application(urls, globals())
session = web.session.Session(
    application, web.session.DiskStore(str(FOLDER / "sessions")), initializer={"user": None}
)
hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)  # OWASP's minimum

USERS = {"ada": hasher.hash("correct horse battery staple")}  # a table in a real application
NOBODY = hasher.hash(secrets.token_urlsafe())
# --8<-- [end:setup]

render = web.template.render(str(FOLDER / "templates"))


# --8<-- [start:by-hand]
def is_right(name, password):
    """An unknown name has a password that nobody knows, so that it takes as long."""
    try:
        return hasher.verify(USERS.get(name, NOBODY), password)
    except VerifyMismatchError:
        return False


def safe(address):
    """A path of this site, or the private page. Browsers read \\ as / and drop tabs."""
    on_this_site = address.startswith("/") and address[1:2] not in ("/", "\\")
    return address if on_this_site and address.isascii() and address.isprintable() else "/private"


# --8<-- [end:by-hand]
# --8<-- [start:by-hand-2]
def renew_session_id():
    """web.py keeps the id over a login; whoever planted it would be logged in as well."""
    del session.store[session.session_id]
    session.session_id = secrets.token_hex()


# --8<-- [end:by-hand-2]
# --8<-- [start:private]
class Private:
    def GET(self):
        # --8<-- [start:by-hand-3]
        if session.user is None:
            raise web.seeother("/login?" + urlencode({"next": web.ctx.fullpath}))
        # --8<-- [end:by-hand-3]
        return render.private(session.user)


# --8<-- [end:private]
# --8<-- [start:login]
class Login:
    def GET(self):
        return render.login(web.input(next="").next, error=False)

    def POST(self):
        form = web.input("username", "password", next="")
        if not is_right(form.username, form.password):
            return render.login(form.next, error=True)
        renew_session_id()
        session.user = form.username
        raise web.seeother(safe(form.next))


class Logout:
    def POST(self):
        session.kill()
        raise web.seeother("/login")


# --8<-- [end:login]
app = application.wsgifunc()

if __name__ == "__main__":
    web.httpserver.runsimple(app, ("127.0.0.1", 8000))
