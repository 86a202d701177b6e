import secrets
from pathlib import Path

import web

web.config.debug = False  # before the application: it is on by default, and shows tracebacks

urls = (
    "/", "Page",
    "/api/stock", "Stock",
)  # fmt: skip

render = web.template.render(str(Path(__file__).parent / "templates"))


# --8<-- [start:hosts]
HOSTS = {"localhost", "127.0.0.1"}


# --8<-- [start:by-hand]
def check_host():
    if (web.ctx.host or "").partition(":")[0] not in HOSTS:
        raise web.badrequest("Unknown host.")


# --8<-- [end:by-hand]
# --8<-- [end:hosts]
# --8<-- [start:headers]
# --8<-- [start:by-hand-2]
def add_headers():
    web.ctx.nonce = secrets.token_urlsafe(16)
    web.header(
        "Content-Security-Policy",
        f"default-src 'self'; script-src 'nonce-{web.ctx.nonce}'; "
        "base-uri 'none'; frame-ancestors 'none'",
    )
    web.header("X-Content-Type-Options", "nosniff")
    web.header("Referrer-Policy", "same-origin")
    if web.ctx.protocol == "https":
        web.header("Strict-Transport-Security", "max-age=3600")  # a year once everything works


# --8<-- [end:by-hand-2]
# --8<-- [end:headers]
# --8<-- [start:cors]
ORIGINS = {"https://shop.example", "https://admin.example"}


# --8<-- [start:by-hand-3]
def allow_origins():
    if web.ctx.path.startswith("/api/"):
        web.header("Vary", "Origin")
        origin = web.ctx.env.get("HTTP_ORIGIN")
        if origin in ORIGINS:
            web.header("Access-Control-Allow-Origin", origin)
            web.header("Access-Control-Allow-Credentials", "true")
            if web.ctx.method == "OPTIONS":
                web.header("Access-Control-Allow-Methods", "GET, PUT")
                web.header("Access-Control-Allow-Headers", "Content-Type")


# --8<-- [end:by-hand-3]
# --8<-- [end:cors]
class Page:
    def GET(self):
        return render.page(web.ctx.home + "/", web.ctx.nonce)


class Stock:
    def GET(self):
        web.header("Content-Type", "application/json")
        return '{"tea": 3}'

    def PUT(self):
        raise web.nocontent()  # a database would keep it

    def OPTIONS(self):
        raise web.nocontent()


application = web.application(urls, globals())
for hook in (add_headers, check_host, allow_origins):
    application.add_processor(web.loadhook(hook))
app = application.wsgifunc()

if __name__ == "__main__":
    web.httpserver.runsimple(app, ("127.0.0.1", 8000))
