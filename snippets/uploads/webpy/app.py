import json
from pathlib import Path, PureWindowsPath
from shutil import copyfileobj
from uuid import uuid4

import web

web.config.debug = False  # before the application: it is on by default, and shows tracebacks

MAX_BYTES = 2**20  # a megabyte
ALLOWED = {".txt": "text/plain", ".png": "image/png"}
UPLOADS = Path(__file__).parent / "uploads"

urls = (
    "/files", "Files",
    r"/files/([0-9a-f]{32}\.(?:txt|png))", "File",
)  # fmt: skip


# --8<-- [start:upload]
class Files:
    def POST(self):
        # --8<-- [start:by-hand]
        if int(web.ctx.env.get("CONTENT_LENGTH") or 0) > MAX_BYTES:  # before web.input reads it
            raise web.HTTPError("413 Content Too Large")
        # --8<-- [end:by-hand]
        file = web.input(file={}).file
        if not getattr(file, "filename", None):
            raise web.badrequest()
        # --8<-- [start:by-hand-2]
        name = PureWindowsPath(file.filename).name  # what follows the last / or \
        # --8<-- [end:by-hand-2]
        suffix = PureWindowsPath(name).suffix.lower()
        if suffix not in ALLOWED:
            raise web.HTTPError("415 Unsupported Media Type")
        UPLOADS.mkdir(exist_ok=True)
        stored = UPLOADS / f"{uuid4().hex}{suffix}"
        with stored.open("xb") as target:
            copyfileobj(file.file, target)
        web.ctx.status = "201 Created"
        web.header("Location", f"/files/{stored.name}")
        web.header("Content-Type", "application/json")
        return json.dumps({"size": stored.stat().st_size, "name": name})


# --8<-- [end:upload]
# --8<-- [start:download]
class File:
    def GET(self, stored):
        file = UPLOADS / stored
        if not file.is_file():
            raise web.notfound()
        web.header("Content-Type", ALLOWED[file.suffix])
        web.header("Content-Disposition", f'attachment; filename="{stored}"')
        web.header("X-Content-Type-Options", "nosniff")
        return file.read_bytes()


# --8<-- [end:download]
app = web.application(urls, globals()).wsgifunc()

if __name__ == "__main__":
    web.httpserver.runsimple(app, ("127.0.0.1", 8000))
