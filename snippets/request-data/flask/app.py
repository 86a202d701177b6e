from flask import Flask, abort, request

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 1_000  # bytes; no limit if not set


# --8<-- [start:query]
@app.get("/search")
def search():
    # --8<-- [start:by-hand]
    try:  # `get(..., type=int)` would turn a bad number into the default
        page = int(request.args.get("page", 1))
    except ValueError:
        page = 0
    if page < 1:
        abort(400, "page is a number from 1 on")
    # --8<-- [end:by-hand]
    return {"tags": request.args.getlist("tag"), "page": page}


@app.get("/names/<name>")
def greet(name):
    return {"name": name}


# --8<-- [end:query]
# --8<-- [start:headers]
@app.get("/visitor")
def visitor():
    language = request.headers.get("Accept-Language", "en")
    return {"language": language, "address": request.remote_addr}


# --8<-- [end:headers]
# --8<-- [start:body]
@app.post("/form")
def form():
    return {"name": request.form.get("name", "")}


@app.post("/raw")
def raw():
    body = request.get_data()
    return {"length": len(body), "hex": body.hex()}


# --8<-- [end:body]
if __name__ == "__main__":
    app.run(port=8000)
