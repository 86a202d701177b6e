from time import sleep

from flask import Flask

app = Flask(__name__)


# --8<-- [start:route]
@app.get("/hello/<name>")
def hello(name):
    sleep(60)
    return f"Hello, {name}!"


# --8<-- [end:route]
