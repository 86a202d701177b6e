from bottle import Bottle, HTTPError, request

app = Bottle()
LIMIT = 1_000  # bytes


# --8<-- [start:query]
@app.get("/search")
def search():
    try:
        query = request.query.decode()  # without it, text outside of ASCII is garbled
        page = int(query.get("page", 1))
    except ValueError:  # no number, or bytes that are no UTF-8
        raise HTTPError(400, "The query is not valid.") from None
    # --8<-- [start:by-hand]
    if page < 1:
        raise HTTPError(400, "page is a number from 1 on")
    # --8<-- [end:by-hand]
    return {"tags": query.getall("tag"), "page": page}


@app.get("/names/<name>")
def greet(name):
    return {"name": name}


# --8<-- [end:query]
# --8<-- [start:headers]
@app.get("/visitor")
def visitor():
    language = request.get_header("Accept-Language", "en")
    address = request.environ["REMOTE_ADDR"]  # `request.remote_addr` believes X-Forwarded-For
    return {"language": language, "address": address}


# --8<-- [end:headers]
# --8<-- [start:body]
@app.post("/form")
def form():
    return {"name": request.forms.name}  # as an attribute it is decoded, and never missing


@app.post("/raw")
def raw():
    body = request.body.read()
    return {"length": len(body), "hex": body.hex()}


# --8<-- [start:by-hand-2]
@app.hook("before_request")
def limit_body():  # Bottle has a limit for forms and JSON, 100 KiB, and none for `request.body`
    if request.content_length > LIMIT:
        raise HTTPError(413, "The body is too large.")


# --8<-- [end:by-hand-2]
# --8<-- [end:body]
if __name__ == "__main__":
    app.run(host="127.0.0.1", port=8000)
