import json
import os
from pathlib import Path

from bottle import TEMPLATE_PATH, Bottle, abort, redirect, request, response, template

TEMPLATE_PATH[:] = [str(Path(__file__).parent / "templates")]

YEAR = 365 * 24 * 60 * 60
THEMES = ["light", "dark"]
# --8<-- [start:setup]
SECRET_KEY = os.environ.get("SECRET_KEY", "for development only, change me")

app = Bottle()


# --8<-- [start:by-hand]
def load_session():
    # A string inside the signed cookie: Bottle would pickle anything else, and is to stop that.
    return json.loads(request.get_cookie("session", default="{}", secret=SECRET_KEY))


def save_session(session):
    response.set_cookie(
        "session",
        json.dumps(session),
        secret=SECRET_KEY,
        path="/",  # the default is the path of the request
        httponly=True,
        samesite="lax",
    )


# --8<-- [end:by-hand]
# --8<-- [end:setup]
# --8<-- [start:session]
@app.get("/")
def home():
    session = load_session()
    session["visits"] = session.get("visits", 0) + 1
    messages = session.pop("messages", [])
    save_session(session)
    chosen = request.get_cookie("theme")
    theme = chosen if chosen in THEMES else "light"
    return template("home", theme=theme, messages=messages, visits=session["visits"])


@app.post("/clear")
def clear():
    response.delete_cookie("session", path="/")
    redirect("/", 303)


# --8<-- [end:session]
# --8<-- [start:flash]
@app.post("/hello")
def hello():
    session = load_session()
    # --8<-- [start:by-hand-2]
    session.setdefault("messages", []).append(f"Hello, {request.forms.getunicode('name')}!")
    # --8<-- [end:by-hand-2]
    save_session(session)
    redirect("/", 303)


# --8<-- [end:flash]
@app.post("/theme")
def theme():
    chosen = request.forms.get("theme")
    if chosen not in THEMES:
        abort(400)
    response.set_cookie("theme", chosen, max_age=YEAR, path="/", samesite="lax")
    redirect("/", 303)


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=8000)
