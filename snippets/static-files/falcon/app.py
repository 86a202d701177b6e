from pathlib import Path

import falcon
import falcon.asgi
import uvicorn

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


# --8<-- [start:page]
class Index:
    async def on_get(self, req, resp):
        resp.content_type = falcon.MEDIA_HTML
        resp.text = PAGE.format(stylesheet=f"{STATIC_URL}/style.css")  # built by hand


# --8<-- [end:page]
# --8<-- [start:static]
STATIC_URL = "/static"

app = falcon.asgi.App()
app.add_static_route(STATIC_URL, Path(__file__).parent / "static")
# --8<-- [end:static]
app.add_route("/", Index())

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=8000)
