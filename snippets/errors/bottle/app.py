import json
from http import HTTPStatus
from pathlib import Path

from bottle import Bottle, HTTPError, request, response, template

app = Bottle()
TEMPLATES = [str(Path(__file__).parent / "templates")]

IN_STOCK = {"assam": True, "oolong": False}


class OutOfStockError(Exception):
    """Raised by code that knows nothing of HTTP."""


def take(tea):
    if not IN_STOCK[tea]:
        raise OutOfStockError(f"{tea} is out of stock.")


# --8<-- [start:handler]
@app.post("/orders/<tea>")
def order(tea):
    if tea not in IN_STOCK:
        raise HTTPError(404, f"No tea is called {tea}.")
    take(tea)
    response.status = 201
    return {"ordered": tea}


@app.get("/staff")
def staff():
    raise HTTPError(403, "Only staff may enter.")


@app.get("/report")
def report():
    raise RuntimeError("no connection to shop:hunter2@db.internal")


# --8<-- [end:handler]
# --8<-- [start:answer]
@app.error(403)
@app.error(404)
@app.error(405)
@app.error(409)
@app.error(500)  # an unexpected exception arrives as a 500, its text is not in the body
def error_page(error):
    title = HTTPStatus(error.status_code).phrase
    fields = {"status": error.status_code, "title": title, "detail": error.body}
    response.add_header("Vary", "Accept")
    # --8<-- [start:by-hand]
    # `get_header` raises where a header is not UTF-8
    if "application/json" in request.environ.get("HTTP_ACCEPT", ""):
        # --8<-- [end:by-hand]
        response.content_type = "application/problem+json"
        return json.dumps(fields)
    return template("error", template_lookup=TEMPLATES, **fields)


# --8<-- [end:answer]
# --8<-- [start:map]
# --8<-- [start:by-hand-2]
def conflicts(callback):
    """A plugin: it wraps the handler of every route."""

    def wrapper(*args, **kwargs):
        try:
            return callback(*args, **kwargs)
        except OutOfStockError as error:
            raise HTTPError(409, str(error)) from error

    return wrapper


# --8<-- [end:by-hand-2]
app.install(conflicts)
# --8<-- [end:map]

if __name__ == "__main__":
    app.run(host="127.0.0.1", port=8000)
