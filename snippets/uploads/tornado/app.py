import asyncio
from pathlib import Path, PureWindowsPath
from uuid import uuid4

from tornado.web import Application, HTTPError, RequestHandler, StaticFileHandler, url

MAX_BYTES = 2**20  # a megabyte
ALLOWED = {".txt", ".png"}
UPLOADS = Path(__file__).parent / "uploads"


# --8<-- [start:upload]
class Files(RequestHandler):
    def post(self):
        # --8<-- [start:by-hand]
        # The body is in memory by now. What the server takes at all is `max_body_size`, below.
        if len(self.request.body) > MAX_BYTES:
            raise HTTPError(413)
        # --8<-- [end:by-hand]
        files = self.request.files.get("file")
        if not files:
            raise HTTPError(400)
        # --8<-- [start:by-hand-2]
        name = PureWindowsPath(files[0].filename).name  # what follows the last / or \
        # --8<-- [end:by-hand-2]
        suffix = PureWindowsPath(name).suffix.lower()
        if suffix not in ALLOWED:
            raise HTTPError(415)
        UPLOADS.mkdir(exist_ok=True)
        stored = UPLOADS / f"{uuid4().hex}{suffix}"
        stored.write_bytes(files[0].body)
        self.set_status(201)
        self.set_header("Location", self.reverse_url("file", stored.name))
        self.write({"size": len(files[0].body), "name": name})


# --8<-- [end:upload]
# --8<-- [start:download]
class File(StaticFileHandler):
    def set_extra_headers(self, path):
        self.set_header("Content-Disposition", f'attachment; filename="{path}"')
        self.set_header("X-Content-Type-Options", "nosniff")


# --8<-- [end:download]
app = Application(
    [
        url("/files", Files),
        url("/files/([^/]+)", File, {"path": UPLOADS}, name="file"),
    ]
)


async def main():
    app.listen(8000, "127.0.0.1", max_body_size=10 * MAX_BYTES)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
