import json
from http import HTTPStatus
from pathlib import Path

import falcon
import falcon.asgi
import uvicorn
from jinja2 import Environment, FileSystemLoader

templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True
)

IN_STOCK = {"assam": True, "oolong": False}


class OutOfStockError(Exception):
    """Raised by code that knows nothing of HTTP."""


def take(tea):
    if not IN_STOCK[tea]:
        raise OutOfStockError(f"{tea} is out of stock.")


# --8<-- [start:handler]
class Order:
    async def on_post(self, req, resp, tea):
        if tea not in IN_STOCK:
            raise falcon.HTTPNotFound(description=f"No tea is called {tea}.")
        take(tea)
        resp.status = falcon.HTTP_201
        resp.media = {"ordered": tea}


class Staff:
    async def on_get(self, req, resp):
        raise falcon.HTTPForbidden(description="Only staff may enter.")


class Report:
    async def on_get(self, req, resp):
        raise RuntimeError("no connection to shop:hunter2@db.internal")


# --8<-- [end:handler]
# --8<-- [start:answer]
def error_page(req, resp, error):
    status = HTTPStatus(error.status_code)
    detail = error.description or status.description  # Falcon has none for a 405 and a 500
    fields = {"status": status, "title": status.phrase, "detail": detail}
    if req.client_prefers([falcon.MEDIA_HTML, falcon.MEDIA_JSON]) == falcon.MEDIA_JSON:
        resp.content_type = "application/problem+json"
        resp.text = json.dumps(fields)
    else:
        resp.content_type = falcon.MEDIA_HTML
        resp.text = templates.get_template("error.html").render(fields)
    resp.append_header("Vary", "Accept")


# --8<-- [end:answer]
# --8<-- [start:map]
async def out_of_stock(req, resp, error, params):
    raise falcon.HTTPConflict(description=str(error))


async def nothing_here(req, resp):
    raise falcon.HTTPNotFound(description=f"There is nothing at {req.path}.")


app = falcon.asgi.App()
app.set_error_serializer(error_page)  # an unexpected exception arrives as HTTPInternalServerError
app.add_error_handler(OutOfStockError, out_of_stock)
app.add_sink(nothing_here)  # takes what no route matches
# --8<-- [end:map]
app.add_route("/orders/{tea}", Order())
app.add_route("/staff", Staff())
app.add_route("/report", Report())

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=8000)
