import hmac
import os
import secrets
from pathlib import Path

import falcon
import falcon.asgi
import uvicorn
from jinja2 import Environment, FileSystemLoader

SECRET_KEY = os.environ.get("SECRET_KEY", "for development only").encode()

templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True
)

NOTES = []  # a database would keep them, for each user


# --8<-- [start:setup]
# --8<-- [start:by-hand]
class CheckToken:
    async def process_request(self, req, resp):
        session = req.cookies.get("session")
        if not session:
            session = secrets.token_urlsafe()
            https = req.scheme == "https"
            resp.set_cookie("session", session, path="/", same_site="Lax", secure=https)
        # Only who has the key can make the token of a session, so it need not be stored.
        req.context.csrf_token = hmac.digest(SECRET_KEY, session.encode(), "sha256").hex()
        if req.method not in ("GET", "HEAD", "OPTIONS"):
            form = await req.get_media(default_when_empty={})
            sent = form.get("csrf_token") if isinstance(form, dict) else None
            # Bytes: of text, compare_digest takes only ASCII. Sent twice, it is a list.
            if not isinstance(sent, str) or not hmac.compare_digest(
                sent.encode(), req.context.csrf_token.encode()
            ):
                raise falcon.HTTPForbidden(description="The form has expired. Open its page again.")


# --8<-- [end:by-hand]
# --8<-- [end:setup]
# --8<-- [start:handler]
class Notes:
    async def on_get(self, req, resp):
        resp.content_type = falcon.MEDIA_HTML
        page = templates.get_template("notes.html")
        resp.text = page.render(notes=NOTES, csrf_token=req.context.csrf_token)

    async def on_post(self, req, resp):  # runs only if the token was right
        form = await req.get_media()  # parsed once, and kept
        NOTES.append(form.get("text", ""))
        raise falcon.HTTPSeeOther("/")


# --8<-- [end:handler]
app = falcon.asgi.App(middleware=[CheckToken()])
app.add_route("/", Notes())

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=8000)
