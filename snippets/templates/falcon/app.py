from pathlib import Path

import falcon
import falcon.asgi
import uvicorn
from jinja2 import Environment, FileSystemLoader

# --8<-- [start:setup]
# Falcon has no templates of its own. Jinja2 by itself escapes nothing: ask for it.
templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True
)
# --8<-- [end:setup]

BOOKS = {"Ada": ["Emma", "War & Peace"]}


# --8<-- [start:render]
class Books:
    async def on_get(self, req, resp):
        name = req.get_param("name", default="Ada")
        page = templates.get_template("books.html")
        resp.content_type = falcon.MEDIA_HTML  # the default is JSON
        resp.text = page.render(name=name, books=BOOKS.get(name, []))


# --8<-- [end:render]
app = falcon.asgi.App()
app.add_route("/", Books())

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=8000)
