from flask import Flask

application = Flask(__name__)


# --8<-- [start:route]
@application.get("/hello/<name>")
def hello(name):
    return f"Hello, {name}!"


# --8<-- [end:route]
