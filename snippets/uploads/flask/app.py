from pathlib import Path, PureWindowsPath
from uuid import uuid4

from flask import Flask, abort, request, send_from_directory, url_for

ALLOWED = {".txt", ".png"}
UPLOADS = Path(__file__).parent / "uploads"

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 2**20  # a megabyte; by default there is no limit


# --8<-- [start:upload]
@app.post("/files")
def upload():
    file = request.files.get("file")
    if file is None or not file.filename:
        abort(400)
    # --8<-- [start:by-hand]
    name = PureWindowsPath(file.filename).name  # what follows the last / or \
    # --8<-- [end:by-hand]
    suffix = PureWindowsPath(name).suffix.lower()
    if suffix not in ALLOWED:
        abort(415)
    UPLOADS.mkdir(exist_ok=True)
    stored = UPLOADS / f"{uuid4().hex}{suffix}"
    file.save(stored)
    location = url_for("download", stored=stored.name)
    return {"size": stored.stat().st_size, "name": name}, 201, {"Location": location}


# --8<-- [end:upload]
# --8<-- [start:download]
@app.get("/files/<stored>")
def download(stored):
    response = send_from_directory(UPLOADS, stored, as_attachment=True)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


# --8<-- [end:download]
if __name__ == "__main__":
    app.run(port=8000)
