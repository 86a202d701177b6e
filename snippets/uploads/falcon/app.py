import re
from pathlib import Path, PureWindowsPath
from uuid import uuid4

import falcon
import falcon.asgi
import uvicorn
from falcon.media import Handlers, MultipartFormHandler

MAX_BYTES = 2**20  # a megabyte
ALLOWED = {".txt": "text/plain", ".png": "image/png"}
STORED = re.compile(r"[0-9a-f]{32}\.(txt|png)")
UPLOADS = Path(__file__).parent / "uploads"


# --8<-- [start:upload]
class Files:
    async def on_post(self, req, resp):
        content = None
        # To the end of the form: only there does Falcon notice that a part was cut off.
        async for part in await req.get_media():
            if part.name == "file" and part.filename:
                # --8<-- [start:by-hand]
                name = PureWindowsPath(part.filename).name  # what follows the last / or \
                content = await part.stream.read(MAX_BYTES + 1)
                if len(content) > MAX_BYTES:
                    raise falcon.HTTPContentTooLarge
                # --8<-- [end:by-hand]
        if content is None:
            raise falcon.HTTPBadRequest
        suffix = PureWindowsPath(name).suffix.lower()
        if suffix not in ALLOWED:
            raise falcon.HTTPUnsupportedMediaType
        UPLOADS.mkdir(exist_ok=True)
        stored = UPLOADS / f"{uuid4().hex}{suffix}"
        stored.write_bytes(content)
        resp.status = falcon.HTTP_201
        resp.location = f"/files/{stored.name}"
        resp.media = {"size": len(content), "name": name}


# --8<-- [end:upload]
# --8<-- [start:download]
class File:
    async def on_get(self, req, resp, stored):
        file = UPLOADS / stored
        if not STORED.fullmatch(stored) or not file.is_file():
            raise falcon.HTTPNotFound
        resp.content_type = ALLOWED[file.suffix]
        resp.downloadable_as = stored
        resp.set_header("X-Content-Type-Options", "nosniff")
        resp.data = file.read_bytes()


# --8<-- [end:download]
app = falcon.asgi.App()
# Any other kind of body is answered 415.
app.req_options.media_handlers = Handlers({falcon.MEDIA_MULTIPART: MultipartFormHandler()})
app.add_route("/files", Files())
app.add_route("/files/{stored}", File())

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=8000)
