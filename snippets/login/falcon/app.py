import asyncio
import secrets
from pathlib import Path
from urllib.parse import urlencode

import falcon
import falcon.asgi
import uvicorn
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from jinja2 import Environment, FileSystemLoader

templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True
)

# --8<-- [start:setup]
hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)  # OWASP's minimum

# Both are tables in a real application.
USERS = {"ada": hasher.hash("correct horse battery staple")}
SESSIONS = {}
NOBODY = hasher.hash(secrets.token_urlsafe())
# --8<-- [end:setup]


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


async def login_required(req, resp, resource, params):
    req.context.user = SESSIONS.get(req.cookies.get("session"))
    if req.context.user is None:
        raise falcon.HTTPSeeOther("/login?" + urlencode({"next": req.relative_uri}))


# --8<-- [end:by-hand]
def show(resp, name, **values):
    resp.content_type = falcon.MEDIA_HTML
    resp.text = templates.get_template(name).render(values)


# --8<-- [start:private]
class Private:
    @falcon.before(login_required)
    async def on_get(self, req, resp):
        show(resp, "private.html", user=req.context.user)


# --8<-- [end:private]
# --8<-- [start:login]
class Login:
    async def on_get(self, req, resp):
        show(resp, "login.html", next=req.get_param("next", default=""), error=False)

    async def on_post(self, req, resp):
        form = await req.get_media()
        name, password, target = (form.get(key, "") for key in ("username", "password", "next"))
        # Hashing is slow on purpose; in a thread it does not hold up the others.
        if not await asyncio.to_thread(is_right, name, password):
            show(resp, "login.html", next=target, error=True)
            return
        # --8<-- [start:by-hand-2]
        session_id = secrets.token_urlsafe()  # always a new one: see session fixation
        SESSIONS[session_id] = name
        resp.set_cookie("session", session_id, path="/", same_site="Lax")
        # --8<-- [end:by-hand-2]
        raise falcon.HTTPSeeOther(safe(target))


class Logout:
    async def on_post(self, req, resp):
        # --8<-- [start:by-hand-3]
        SESSIONS.pop(req.cookies.get("session"), None)
        resp.unset_cookie("session", path="/")
        # --8<-- [end:by-hand-3]
        raise falcon.HTTPSeeOther("/login")


# --8<-- [end:login]
app = falcon.asgi.App()
app.resp_options.secure_cookies_by_default = False  # for http://127.0.0.1 only
app.add_route("/private", Private())
app.add_route("/login", Login())
app.add_route("/logout", Logout())

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=8000)
