from flask import Flask, abort, json, render_template, request
from werkzeug.exceptions import Conflict, HTTPException, NotFound

app = Flask(__name__)

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
        abort(404, f"No tea is called {tea}.")
    take(tea)
    return {"ordered": tea}, 201


@app.get("/staff")
def staff():
    abort(403, "Only staff may enter.")


@app.get("/report")
def report():
    raise RuntimeError("no connection to shop:hunter2@db.internal")


# --8<-- [end:handler]
# --8<-- [start:answer]
@app.errorhandler(HTTPException)  # an unexpected exception arrives as InternalServerError
def error_page(error):
    detail = error.description
    if isinstance(error, NotFound) and request.routing_exception:
        detail = f"There is nothing at {request.path}."
    fields = {"status": error.code, "title": error.name, "detail": detail}
    response = error.get_response()  # it has the status, and `Allow` for a 405
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        response.data = json.dumps(fields)
        response.content_type = "application/problem+json"
    else:
        response.data = render_template("error.html", **fields)
    response.vary.add("Accept")
    return response


# --8<-- [end:answer]
# --8<-- [start:map]
@app.errorhandler(OutOfStockError)
def out_of_stock(error):
    return error_page(Conflict(str(error)))


# --8<-- [end:map]
if __name__ == "__main__":
    app.run(port=8000)
