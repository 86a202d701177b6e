from flask import Flask, make_response, redirect, request

app = Flask(__name__)


@app.get("/text")
@app.get("/folder/")
def text():
    return "hello"


@app.get("/items/<int:item_id>")
def item(item_id):
    return {"id": item_id}


@app.get("/tags/<name>")
def tag(name):
    return {"tag": name}


@app.get("/one")
def one():
    return {"q": request.args["q"]}


@app.get("/several")
def several():
    return {"tag": request.args.getlist("tag")}


@app.get("/name")
def name():
    return {"name": "Zoë"}


@app.post("/form")
def form():
    return {"name": request.form["name"]}


@app.post("/guarded")
def guarded():
    return "saved"


@app.post("/json")
def data():
    return {"got": request.json}


@app.get("/old")
def old():
    return redirect("/text")


@app.get("/cookie")
def cookie():
    response = make_response("hello")
    response.set_cookie("theme", "dark")
    return response


@app.get("/boom")
def boom():
    raise RuntimeError("a secret stands here")


@app.get("/nothing")
def nothing():
    pass
