import asyncio
import json
from http import HTTPStatus
from pathlib import Path

from tornado.escape import url_unescape
from tornado.web import Application, HTTPError, RequestHandler

IN_STOCK = {"assam": True, "oolong": False}


class OutOfStockError(Exception):
    """Raised by code that knows nothing of HTTP."""


def take(tea):
    if not IN_STOCK[tea]:
        raise OutOfStockError(f"{tea} is out of stock.")


# --8<-- [start:map]
class RefusedError(HTTPError):
    """An HTTPError whose message is meant for the visitor; Tornado's is meant for the log."""

    def __init__(self, status_code, detail):
        super().__init__(status_code)
        self.detail = detail


# --8<-- [end:map]
# --8<-- [start:answer]
class Handler(RequestHandler):
    def set_default_headers(self):
        self.clear_header("Server")  # it names Tornado's version

    def write_error(self, status_code, exc_info=None, **kwargs):
        error = exc_info[1] if exc_info else None
        detail = HTTPStatus(status_code).description  # Python's own sentence
        # --8<-- [start:by-hand]
        if isinstance(error, OutOfStockError):
            status_code, detail = 409, str(error)
            self.set_status(status_code)
        elif isinstance(error, RefusedError):
            detail = error.detail
        elif status_code == 405:
            methods = [m for m in self.SUPPORTED_METHODS if m.lower() in vars(type(self))]
            self.set_header("Allow", ", ".join(methods))
        # --8<-- [end:by-hand]
        title = HTTPStatus(status_code).phrase
        self.set_header("Vary", "Accept")
        # --8<-- [start:by-hand-2]
        if "application/json" in self.request.headers.get("Accept", ""):
            # --8<-- [end:by-hand-2]
            self.set_header("Content-Type", "application/problem+json")
            self.finish(json.dumps({"status": status_code, "title": title, "detail": detail}))
        else:
            self.render("error.html", status=status_code, title=title, detail=detail)


# --8<-- [end:answer]
# --8<-- [start:handler]
class Order(Handler):
    def post(self, tea):
        if tea not in IN_STOCK:
            raise RefusedError(404, f"No tea is called {tea}.")
        take(tea)
        self.set_status(201)
        self.write({"ordered": tea})


class Staff(Handler):
    def get(self):
        raise RefusedError(403, "Only staff may enter.")


class Report(Handler):
    def get(self):
        raise RuntimeError("no connection to shop:hunter2@db.internal")


class NothingHere(Handler):
    def prepare(self):  # before the method, so for each of them
        path = url_unescape(self.request.path, plus=False)
        raise RefusedError(404, f"There is nothing at {path}.")


# --8<-- [end:handler]
app = Application(
    [("/orders/([^/]+)", Order), ("/staff", Staff), ("/report", Report)],
    default_handler_class=NothingHere,
    template_path=Path(__file__).parent / "templates",
)


async def main():
    app.listen(8000, "127.0.0.1")
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
