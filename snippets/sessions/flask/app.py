import os

from flask import Flask, abort, flash, redirect, render_template, request, session

YEAR = 365 * 24 * 60 * 60
THEMES = ["light", "dark"]

# --8<-- [start:setup]
app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ.get("SECRET_KEY", "for development only, change me")
app.config["SESSION_COOKIE_SAMESITE"] = "Lax"  # HttpOnly and Path=/ are there by default
# --8<-- [end:setup]


# --8<-- [start:session]
@app.get("/")
def home():
    session["visits"] = session.get("visits", 0) + 1
    chosen = request.cookies.get("theme")
    theme = chosen if chosen in THEMES else "light"
    return render_template("home.html", theme=theme, visits=session["visits"])


@app.post("/clear")
def clear():
    session.clear()
    return redirect("/", 303)


# --8<-- [end:session]
# --8<-- [start:flash]
@app.post("/hello")
def hello():
    flash(f"Hello, {request.form['name']}!")
    return redirect("/", 303)


# --8<-- [end:flash]
@app.post("/theme")
def theme():
    if request.form["theme"] not in THEMES:
        abort(400)
    response = redirect("/", 303)
    response.set_cookie("theme", request.form["theme"], max_age=YEAR, samesite="Lax")
    return response


if __name__ == "__main__":
    app.run(port=8000)
