from bottle import Bottle, redirect, request, response

app = Bottle()


@app.get("/text")
@app.get("/folder/")
def text():
    return "hello"


@app.get("/items/<item_id:int>")
def item(item_id):
    return {"id": item_id}


@app.get("/tags/<name>")
def tag(name):
    return {"tag": name}


@app.get("/one")
def one():
    return {"q": request.query["q"]}


@app.get("/several")
def several():
    return {"tag": request.query.getall("tag")}


@app.get("/name")
def name():
    return {"name": "Zoë"}


@app.post("/form")
def form():
    return {"name": request.forms["name"]}


@app.post("/guarded")
def guarded():
    return "saved"


@app.post("/json")
def data():
    return {"got": request.json}


@app.get("/old")
def old():
    redirect("/text")


@app.get("/cookie")
def cookie():
    response.set_cookie("theme", "dark")
    return "hello"


@app.get("/boom")
def boom():
    raise RuntimeError("a secret stands here")


@app.get("/nothing")
def nothing():
    pass
