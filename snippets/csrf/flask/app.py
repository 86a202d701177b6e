import os

from flask import Flask, redirect, render_template, request
from flask_wtf.csrf import CSRFError, CSRFProtect

# --8<-- [start:setup]
app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ.get("SECRET_KEY", "for development only")
app.config["SESSION_COOKIE_SAMESITE"] = "Lax"
CSRFProtect(app)


@app.errorhandler(CSRFError)  # its own answer would be a 400
def refused(error):
    return "The form has expired. Open its page again.", 403


# --8<-- [end:setup]
NOTES = []  # a database would keep them, for each user


# --8<-- [start:handler]
@app.get("/")
def notes():
    return render_template("notes.html", notes=NOTES)


@app.post("/")
def add():  # runs only if the token was right
    NOTES.append(request.form["text"])
    return redirect("/", code=303)


# --8<-- [end:handler]
if __name__ == "__main__":
    app.run(port=8000)
