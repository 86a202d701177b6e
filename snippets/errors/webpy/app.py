import json
import sys
from pathlib import Path

import web

web.config.debug = False  # before the application: it is on by default, and shows tracebacks

urls = (
    "/orders/([^/]+)", "Order",
    "/staff", "Staff",
    "/report", "Report",
)  # fmt: skip
render = web.template.render(str(Path(__file__).parent / "templates"))

IN_STOCK = {"assam": True, "oolong": False}


class OutOfStockError(Exception):
    """Raised by code that knows nothing of HTTP."""


def take(tea):
    if not IN_STOCK[tea]:
        raise OutOfStockError(f"{tea} is out of stock.")


# --8<-- [start:handler]
class Order:
    def POST(self, tea):
        if tea not in IN_STOCK:
            raise error_page("404 Not Found", f"No tea is called {tea}.")
        take(tea)
        web.ctx.status = "201 Created"
        web.header("Content-Type", "application/json")
        return json.dumps({"ordered": tea})


class Staff:
    def GET(self):
        raise error_page("403 Forbidden", "Only staff may enter.")


class Report:
    def GET(self):
        raise RuntimeError("no connection to shop:hunter2@db.internal")


# --8<-- [end:handler]
# --8<-- [start:answer]
def error_page(status, detail):
    code, title = status.split(" ", 1)
    # --8<-- [start:by-hand]
    if "application/json" in web.ctx.env.get("HTTP_ACCEPT", ""):
        # --8<-- [end:by-hand]
        media_type = "application/problem+json"
        body = json.dumps({"status": int(code), "title": title, "detail": detail})
    else:
        media_type = "text/html; charset=utf-8"
        body = str(render.error(code, title, detail))
    web.ctx.headers = []  # what handler and template have set would be sent as well
    return web.HTTPError(status, {"Content-Type": media_type, "Vary": "Accept"}, body)


# --8<-- [end:answer]
# --8<-- [start:map]
def nothing_here():
    return error_page("404 Not Found", f"There is nothing at {web.ctx.path}.")


def server_error():
    error = sys.exception()  # web.py has printed its traceback to stderr
    # --8<-- [start:by-hand-2]
    if isinstance(error, OutOfStockError):
        return error_page("409 Conflict", str(error))
    # --8<-- [end:by-hand-2]
    return error_page("500 Internal Server Error", "Something went wrong here.")


application = web.application(urls, globals())
application.notfound = nothing_here
application.internalerror = server_error
# --8<-- [end:map]
app = application.wsgifunc()

if __name__ == "__main__":
    web.httpserver.runsimple(app, ("127.0.0.1", 8000))
