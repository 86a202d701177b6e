import hmac
import os
import secrets
from pathlib import Path

from bottle import TEMPLATE_PATH, Bottle, HTTPError, redirect, request, response, template

TEMPLATE_PATH[:] = [str(Path(__file__).parent / "templates")]
SECRET_KEY = os.environ.get("SECRET_KEY", "for development only").encode()

NOTES = []  # a database would keep them, for each user

app = Bottle()


# --8<-- [start:setup]
# --8<-- [start:by-hand]
@app.hook("before_request")
def check_token():
    session = request.get_cookie("session")
    if not session:
        session = secrets.token_urlsafe()
        https = request.environ["wsgi.url_scheme"] == "https"
        response.set_cookie(
            "session", session, path="/", httponly=True, samesite="lax", secure=https
        )
    # Only who has the key can make the token of a session, so it need not be stored.
    request.csrf_token = hmac.digest(SECRET_KEY, session.encode(), "sha256").hex()
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        sent = request.forms.csrf_token  # empty where there is none
        # Bytes: of text, compare_digest takes only ASCII.
        if not hmac.compare_digest(sent.encode(), request.csrf_token.encode()):
            raise HTTPError(403, "The form has expired. Open its page again.")


# --8<-- [end:by-hand]
# --8<-- [end:setup]
# --8<-- [start:handler]
@app.get("/")
def notes():
    return template("notes", notes=NOTES, csrf_token=request.csrf_token)


@app.post("/")
def add():  # runs only if the token was right
    NOTES.append(request.forms.text)
    redirect("/")


# --8<-- [end:handler]
if __name__ == "__main__":
    app.run(host="127.0.0.1", port=8000)
