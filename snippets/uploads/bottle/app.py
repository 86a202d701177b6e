from pathlib import Path, PureWindowsPath
from uuid import uuid4

from bottle import Bottle, HTTPError, request, response, static_file

MAX_BYTES = 2**20  # a megabyte
ALLOWED = {".txt", ".png"}
UPLOADS = Path(__file__).parent / "uploads"

app = Bottle()


# --8<-- [start:upload]
@app.post("/files")
def upload():
    # --8<-- [start:by-hand]
    if request.content_length > MAX_BYTES:  # before request.files reads the body
        raise HTTPError(413)
    try:
        file = request.files.get("file")
    except ValueError:  # a null byte in the name
        raise HTTPError(400) from None
    # --8<-- [end:by-hand]
    if file is None or not file.raw_filename:
        raise HTTPError(400)
    # --8<-- [start:by-hand-2]
    # `file.filename` would be safe too, but has lost the ë of Zoë.txt.
    name = PureWindowsPath(file.raw_filename).name  # what follows the last / or \
    # --8<-- [end:by-hand-2]
    suffix = PureWindowsPath(name).suffix.lower()
    if suffix not in ALLOWED:
        raise HTTPError(415)
    UPLOADS.mkdir(exist_ok=True)
    stored = UPLOADS / f"{uuid4().hex}{suffix}"
    file.save(str(stored))
    response.status = 201
    response.set_header("Location", app.get_url("file", stored=stored.name))
    return {"size": stored.stat().st_size, "name": name}


# --8<-- [end:upload]
# --8<-- [start:download]
@app.get("/files/<stored>", name="file")
def download(stored):
    answer = static_file(stored, root=UPLOADS, download=True)
    answer.set_header("X-Content-Type-Options", "nosniff")
    return answer


# --8<-- [end:download]
if __name__ == "__main__":
    app.run(host="127.0.0.1", port=8000)
