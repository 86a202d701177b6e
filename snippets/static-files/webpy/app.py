import mimetypes
from pathlib import Path

import web

web.config.debug = False  # before the application: it is on by default, and shows tracebacks

STATIC = Path(__file__).parent.resolve() / "static"

PAGE = """<!doctype html>
<html lang="en">
  <head>
    <title>Tea</title>
    <link rel="stylesheet" href="{stylesheet}">
  </head>
  <body>
    <h1>Tea</h1>
  </body>
</html>
"""

urls = (
    "/", "Index",
    "/static/(.+)", "Static",
)  # fmt: skip


# --8<-- [start:page]
class Index:
    def GET(self):
        web.header("Content-Type", "text/html; charset=utf-8")
        return PAGE.format(stylesheet=web.url("/static/style.css"))


# --8<-- [end:page]
# --8<-- [start:static]
# --8<-- [start:by-hand]
class Static:
    """web.py serves static/ only in its own server; under another one this class does."""

    def GET(self, name):
        if "\0" in name or "\\" in name:
            raise web.notfound()
        file = (STATIC / name).resolve()  # without `..` and links: where it really lies
        if not file.is_relative_to(STATIC) or not file.is_file():
            raise web.notfound()
        stat = file.stat()
        web.modified(etag=f"{stat.st_mtime_ns:x}-{stat.st_size:x}")  # may end here, with 304
        media_type, _ = mimetypes.guess_type(file.name)
        web.header("Content-Type", media_type or "application/octet-stream")
        web.header("Content-Length", str(stat.st_size))
        return file.read_bytes()


# --8<-- [end:by-hand]
# --8<-- [end:static]
app = web.application(urls, globals()).wsgifunc()

if __name__ == "__main__":
    web.httpserver.runsimple(app, ("127.0.0.1", 8000))
