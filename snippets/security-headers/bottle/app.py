import secrets
from pathlib import Path

from bottle import TEMPLATE_PATH, Bottle, HTTPError, request, response, template

TEMPLATE_PATH[:] = [str(Path(__file__).parent / "templates")]

app = Bottle()


@app.hook("before_request")
def make_nonce():
    request.nonce = secrets.token_urlsafe(16)


# --8<-- [start:hosts]
HOSTS = {"localhost", "127.0.0.1"}


# --8<-- [start:by-hand]
@app.hook("before_request")
def check_host():
    # `request.url` and `request.urlparts` believe X-Forwarded-Host, which anybody can send.
    host = request.environ.get("HTTP_HOST", "")
    if host.partition(":")[0] not in HOSTS:
        raise HTTPError(400, "Unknown host.")
    request.home = f"{request.environ['wsgi.url_scheme']}://{host}/"


# --8<-- [end:by-hand]
# --8<-- [end:hosts]
# --8<-- [start:headers]
# --8<-- [start:by-hand-2]
@app.hook("after_request")
def add_headers():
    response.set_header(
        "Content-Security-Policy",
        f"default-src 'self'; script-src 'nonce-{request.nonce}'; "
        "base-uri 'none'; frame-ancestors 'none'",
    )
    response.set_header("X-Content-Type-Options", "nosniff")
    response.set_header("Referrer-Policy", "same-origin")
    if request.environ["wsgi.url_scheme"] == "https":
        response.set_header("Strict-Transport-Security", "max-age=3600")  # a year once all works


# --8<-- [end:by-hand-2]
# --8<-- [end:headers]
# --8<-- [start:cors]
ORIGINS = {"https://shop.example", "https://admin.example"}


# --8<-- [start:by-hand-3]
@app.hook("after_request")
def allow_origins():
    if request.path.startswith("/api/"):
        response.set_header("Vary", "Origin")
        origin = request.get_header("Origin")
        if origin in ORIGINS:
            response.set_header("Access-Control-Allow-Origin", origin)
            response.set_header("Access-Control-Allow-Credentials", "true")
            if request.method == "OPTIONS":
                response.set_header("Access-Control-Allow-Methods", "GET, PUT")
                response.set_header("Access-Control-Allow-Headers", "Content-Type")


@app.route("/api/<path:path>", method="OPTIONS")
def preflight(path):
    response.status = 204


# --8<-- [end:by-hand-3]
# --8<-- [end:cors]
@app.get("/")
def page():
    return template("page", url=request.home, nonce=request.nonce)


@app.get("/api/stock")
def stock():
    return {"tea": 3}


@app.put("/api/stock")
def change_stock():
    response.status = 204  # a database would keep it


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=8000)
