import secrets
from pathlib import Path

import falcon
import falcon.asgi
import uvicorn
from jinja2 import Environment, FileSystemLoader

templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True
)

# --8<-- [start:hosts]
HOSTS = {"localhost", "127.0.0.1"}


# --8<-- [start:by-hand]
class KnownHosts:
    async def process_request(self, req, resp):
        if req.host not in HOSTS:
            raise falcon.HTTPBadRequest(title="Unknown host.")


# --8<-- [end:by-hand]
# --8<-- [end:hosts]
# --8<-- [start:headers]
# --8<-- [start:by-hand-2]
class SecurityHeaders:
    async def process_request(self, req, resp):
        req.context.nonce = secrets.token_urlsafe(16)

    async def process_response(self, req, resp, resource, req_succeeded):
        resp.set_header(
            "Content-Security-Policy",
            f"default-src 'self'; script-src 'nonce-{req.context.nonce}'; "
            "base-uri 'none'; frame-ancestors 'none'",
        )
        resp.set_header("X-Content-Type-Options", "nosniff")
        resp.set_header("Referrer-Policy", "same-origin")
        if req.scheme == "https":
            resp.set_header("Strict-Transport-Security", "max-age=3600")  # a year once all works


# --8<-- [end:by-hand-2]
# --8<-- [end:headers]
# --8<-- [start:cors]
ORIGINS = ["https://shop.example", "https://admin.example"]


class ApiCors(falcon.CORSMiddleware):
    def process_response(self, req, resp, resource, req_succeeded):
        if req.path.startswith("/api/"):  # by itself it covers every path
            super().process_response(req, resp, resource, req_succeeded)
            resp.append_header("Vary", "Origin")  # it leaves this out


cors = ApiCors(allow_origins=ORIGINS, allow_credentials=ORIGINS)


# --8<-- [end:cors]
class Page:
    async def on_get(self, req, resp):
        resp.content_type = falcon.MEDIA_HTML
        page = templates.get_template("page.html")
        resp.text = page.render(url=f"{req.prefix}/", nonce=req.context.nonce)


class Stock:
    async def on_get(self, req, resp):
        resp.media = {"tea": 3}

    async def on_put(self, req, resp):
        resp.status = falcon.HTTP_204  # a database would keep it


app = falcon.asgi.App(middleware=[SecurityHeaders(), KnownHosts(), cors])
app.add_route("/", Page())
app.add_route("/api/stock", Stock())

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=8000)
