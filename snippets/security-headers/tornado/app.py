import asyncio
import secrets
from pathlib import Path

from tornado.web import Application, HTTPError, RequestHandler

HOSTS = {"localhost", "127.0.0.1"}
ORIGINS = {"https://shop.example", "https://admin.example"}


class Handler(RequestHandler):
    # --8<-- [start:headers]
    # --8<-- [start:by-hand]
    def set_default_headers(self):  # also called for each error
        self.nonce = secrets.token_urlsafe(16)
        self.set_header(
            "Content-Security-Policy",
            f"default-src 'self'; script-src 'nonce-{self.nonce}'; "
            "base-uri 'none'; frame-ancestors 'none'",
        )
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "same-origin")
        if self.request.protocol == "https":
            self.set_header("Strict-Transport-Security", "max-age=3600")  # a year once all works
        self.clear_header("Server")  # it would tell Tornado's version

    # --8<-- [end:by-hand]
    # --8<-- [end:headers]
    # --8<-- [start:hosts]
    # --8<-- [start:by-hand-2]
    def prepare(self):
        if self.request.host_name not in HOSTS:
            raise HTTPError(400)

    # --8<-- [end:by-hand-2]
    # --8<-- [end:hosts]


class NotFound(Handler):
    def prepare(self):
        super().prepare()
        raise HTTPError(404)


class Page(Handler):
    def get(self):
        self.render("page.html")


# --8<-- [start:cors]
# --8<-- [start:by-hand-3]
class Api(Handler):
    def set_default_headers(self):
        super().set_default_headers()
        self.set_header("Vary", "Origin")
        origin = self.request.headers.get("Origin")
        if origin in ORIGINS:
            self.set_header("Access-Control-Allow-Origin", origin)
            self.set_header("Access-Control-Allow-Credentials", "true")
            if self.request.method == "OPTIONS":
                self.set_header("Access-Control-Allow-Methods", "GET, PUT")
                self.set_header("Access-Control-Allow-Headers", "Content-Type")

    def options(self):
        self.set_status(204)


# --8<-- [end:by-hand-3]
# --8<-- [end:cors]
class Stock(Api):
    def get(self):
        self.write({"tea": 3})

    def put(self):
        self.set_status(204)  # a database would keep it


app = Application(
    [("/", Page), ("/api/stock", Stock)],
    default_handler_class=NotFound,
    template_path=Path(__file__).parent / "templates",
)


async def main():
    app.listen(8000, "127.0.0.1")
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
