import asyncio
import os
import secrets
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from tornado.web import Application, RequestHandler, authenticated

# --8<-- [start:setup]
hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)  # OWASP's minimum

# Both are tables in a real application.
USERS = {"ada": hasher.hash("correct horse battery staple")}
SESSIONS = {}
NOBODY = hasher.hash(secrets.token_urlsafe())


# --8<-- [start:by-hand-4]
class BaseHandler(RequestHandler):
    def get_current_user(self):
        return SESSIONS.get(self.get_signed_cookie("session"))


# --8<-- [end:by-hand-4]
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


# --8<-- [end:by-hand]
# --8<-- [start:private]
class Private(BaseHandler):
    @authenticated  # leads to `login_url`, with `next`
    def get(self):
        self.render("private.html")


# --8<-- [end:private]
# --8<-- [start:login]
class Login(BaseHandler):
    def get(self):
        self.render("login.html", next=self.get_argument("next", ""), error=False)

    async def post(self):
        name = self.get_body_argument("username")
        password = self.get_body_argument("password", strip=False)
        target = self.get_body_argument("next", "")
        # Hashing is slow on purpose; in a thread it does not hold up the others.
        if not await asyncio.to_thread(is_right, name, password):
            self.render("login.html", next=target, error=True)
            return
        # --8<-- [start:by-hand-2]
        session_id = secrets.token_urlsafe()  # always a new one: see session fixation
        SESSIONS[session_id.encode()] = name
        self.set_signed_cookie(
            "session", session_id, expires_days=None, httponly=True, samesite="Lax"
        )
        # --8<-- [end:by-hand-2]
        self.redirect(safe(target), status=303)


class Logout(BaseHandler):
    def post(self):
        # --8<-- [start:by-hand-3]
        SESSIONS.pop(self.get_signed_cookie("session"), None)
        self.clear_cookie("session")
        # --8<-- [end:by-hand-3]
        self.redirect("/login", status=303)


# --8<-- [end:login]
app = Application(
    [("/private", Private), ("/login", Login), ("/logout", Logout)],
    login_url="/login",
    cookie_secret=os.environ.get("SECRET_KEY", "for development only, change me"),
    template_path=Path(__file__).parent / "templates",
)


async def main():
    app.listen(8000, "127.0.0.1")
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
