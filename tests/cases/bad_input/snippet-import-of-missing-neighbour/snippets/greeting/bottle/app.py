from bottle import Bottle
from models import names

app = Bottle()


@app.get("/hello/<name>")
def hello(name):
    return f"Hello, {name}!"
