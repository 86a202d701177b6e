import os
import secrets

from flask import Flask, redirect, render_template, request
from flask_login import (
    LoginManager,
    UserMixin,
    current_user,
    login_required,
    login_user,
    logout_user,
)
from werkzeug.security import check_password_hash, generate_password_hash

# --8<-- [start:setup]
app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ.get("SECRET_KEY", "for development only, change me")
app.config["SESSION_COOKIE_SAMESITE"] = "Lax"

login_manager = LoginManager(app)
login_manager.login_view = "login"


# --8<-- [start:by-hand-2]
class User(UserMixin):
    def __init__(self, name, password):
        self.name = name
        self.password_hash = generate_password_hash(password)
        self.session_id = secrets.token_urlsafe()

    def get_id(self):
        """What the cookie holds. It is no name, so that a logout can make it worthless."""
        return self.session_id


# --8<-- [end:by-hand-2]
USERS = {"ada": User("ada", "correct horse battery staple")}  # a table in a real application
NOBODY = User("", secrets.token_urlsafe())


@login_manager.user_loader
def load_user(session_id):
    return next((user for user in USERS.values() if user.session_id == session_id), None)


# --8<-- [end:setup]
# --8<-- [start:private]
@app.get("/private")
@login_required
def private():
    return render_template("private.html")


# --8<-- [end:private]
# --8<-- [start:login]
@app.route("/login", methods=["GET", "POST"])
def login():
    error = False
    if request.method == "POST":
        # An unknown name has a password that nobody knows, so that it takes as long.
        user = USERS.get(request.form["username"], NOBODY)
        if check_password_hash(user.password_hash, request.form["password"]):
            login_user(user)
            return redirect(safe(request.form.get("next", "")), 303)
        error = True
    return render_template("login.html", next=request.values.get("next", ""), error=error)


@app.post("/logout")
def logout():
    if current_user.is_authenticated:
        current_user.session_id = secrets.token_urlsafe()  # ends her sessions in all browsers
    logout_user()
    return redirect("/login", 303)


# --8<-- [end:login]
# --8<-- [start:by-hand]
def safe(address):
    """A path of this site, or the private page. Browsers read \\ as / and drop tabs."""
    on_this_site = address.startswith("/") and address[1:2] not in ("/", "\\")
    return address if on_this_site and address.isascii() and address.isprintable() else "/private"


# --8<-- [end:by-hand]
if __name__ == "__main__":
    app.run(port=8000)
