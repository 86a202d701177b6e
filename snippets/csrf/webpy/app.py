import hmac
import os
import secrets
from pathlib import Path

import web

web.config.debug = False

SECRET_KEY = os.environ.get("SECRET_KEY", "for development only").encode()

urls = ("/", "Notes")
render = web.template.render(str(Path(__file__).parent / "templates"))

NOTES = []  # a database would keep them, for each user


# --8<-- [start:setup]
# --8<-- [start:by-hand]
def check_token():
    session = web.cookies().get("session")
    if not session:
        session = secrets.token_urlsafe()
        https = web.ctx.protocol == "https"
        web.setcookie("session", session, httponly=True, samesite="Lax", secure=https)
    # Only who has the key can make the token of a session, so it need not be stored.
    web.ctx.csrf_token = hmac.digest(SECRET_KEY, session.encode(), "sha256").hex()
    if web.ctx.method not in ("GET", "HEAD", "OPTIONS"):
        sent = web.input(_method="post", csrf_token="").csrf_token  # not from the query
        # Bytes: of text, compare_digest takes only ASCII. A file is bytes already.
        if isinstance(sent, bytes) or not hmac.compare_digest(
            sent.encode(), web.ctx.csrf_token.encode()
        ):
            raise web.HTTPError("403 Forbidden", data="The form has expired. Open its page again.")


# --8<-- [end:by-hand]
# --8<-- [end:setup]
# --8<-- [start:handler]
class Notes:
    def GET(self):
        return render.notes(NOTES, web.ctx.csrf_token)

    def POST(self):  # runs only if the token was right
        NOTES.append(web.input(_method="post", text="").text)
        raise web.seeother("/")


# --8<-- [end:handler]
application = web.application(urls, globals())
application.add_processor(web.loadhook(check_token))
app = application.wsgifunc()

if __name__ == "__main__":
    web.httpserver.runsimple(app, ("127.0.0.1", 8000))
