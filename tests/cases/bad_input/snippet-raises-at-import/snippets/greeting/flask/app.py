from flask import Flask

limit = 1 / 0
app = Flask(__name__)


# --8<-- [start:route]
@app.get("/hello/<name>")
def hello(name):
    return f"Hello, {name}!"


# --8<-- [end:route]
