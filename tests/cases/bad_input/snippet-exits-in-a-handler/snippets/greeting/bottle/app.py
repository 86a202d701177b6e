import os

from bottle import Bottle

app = Bottle()


@app.get("/hello/<name>")
def hello(name):
    os._exit(0)
    return f"Hello, {name}!"
