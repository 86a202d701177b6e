import secrets

from flask import Flask, g, render_template, request
from flask_cors import CORS

app = Flask(__name__)

# --8<-- [start:hosts]
app.config["TRUSTED_HOSTS"] = ["localhost", "127.0.0.1"]
# --8<-- [end:hosts]

# --8<-- [start:cors]
CORS(
    app,
    resources={"/api/*": {"origins": ["https://shop.example", "https://admin.example"]}},
    methods=["GET", "PUT"],
    allow_headers=["Content-Type"],
    supports_credentials=True,
)
# --8<-- [end:cors]


# --8<-- [start:headers]
@app.before_request
def make_nonce():
    g.nonce = secrets.token_urlsafe(16)


@app.after_request
def add_headers(response):
    # --8<-- [start:by-hand]
    headers = response.headers
    headers["Content-Security-Policy"] = (
        f"default-src 'self'; script-src 'nonce-{g.nonce}'; base-uri 'none'; frame-ancestors 'none'"
    )
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    if request.is_secure:
        headers["Strict-Transport-Security"] = "max-age=3600"  # a year once everything works
    # --8<-- [end:by-hand]
    response.vary.add("Origin")  # Flask-Cors leaves it out where it allows nothing
    return response


# --8<-- [end:headers]
@app.get("/")
def page():
    return render_template("page.html", nonce=g.nonce)


@app.get("/api/stock")
def stock():
    return {"tea": 3}


@app.put("/api/stock")
def change_stock():
    return "", 204  # a database would keep it


if __name__ == "__main__":
    app.run(port=8000)
