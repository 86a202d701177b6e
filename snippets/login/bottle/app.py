import secrets
from functools import wraps
from pathlib import Path
from urllib.parse import urlencode

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from bottle import TEMPLATE_PATH, Bottle, redirect, request, response, template

TEMPLATE_PATH[:] = [str(Path(__file__).parent / "templates")]

# --8<-- [start:setup]
app = Bottle()
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


def login_required(handler):
    @wraps(handler)
    def wrapper():
        user = SESSIONS.get(request.get_cookie("session"))
        if user is None:
            address = request.path + (request.query_string and f"?{request.query_string}")
            redirect("/login?" + urlencode({"next": address}), 303)
        return handler(user)

    return wrapper


# --8<-- [end:by-hand]
# --8<-- [start:private]
@app.get("/private")
@login_required
def private(user):
    return template("private", user=user)


# --8<-- [end:private]
# --8<-- [start:login]
@app.get("/login")
def show_login():
    return template("login", next=request.query.next, error=False)


@app.post("/login")
def login():
    form = request.forms  # as attributes its fields are decoded, and empty where there is none
    if not is_right(form.username, form.password):
        return template("login", next=form.next, error=True)
    # --8<-- [start:by-hand-2]
    session_id = secrets.token_urlsafe()  # always a new one: see session fixation
    SESSIONS[session_id] = form.username
    response.set_cookie("session", session_id, path="/", httponly=True, samesite="lax")
    # --8<-- [end:by-hand-2]
    redirect(safe(form.next), 303)


@app.post("/logout")
def logout():
    # --8<-- [start:by-hand-3]
    SESSIONS.pop(request.get_cookie("session"), None)
    response.delete_cookie("session", path="/")
    # --8<-- [end:by-hand-3]
    redirect("/login", 303)


# --8<-- [end:login]
if __name__ == "__main__":
    app.run(host="127.0.0.1", port=8000)
