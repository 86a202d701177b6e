from pathlib import Path

import web

web.config.debug = False  # before the application: it is on by default, and shows tracebacks

urls = ("/", "Books")

# --8<-- [start:setup]
# Every page that `render` makes is handed to templates/base.html as its `content`.
render = web.template.render(str(Path(__file__).parent / "templates"), base="base")
# --8<-- [end:setup]

BOOKS = {"Ada": ["Emma", "War & Peace"]}


# --8<-- [start:render]
class Books:
    def GET(self):
        name = web.input(name="Ada").name
        web.header("Content-Type", "text/html; charset=utf-8")
        return render.books(name, BOOKS.get(name, []))


# --8<-- [end:render]
app = web.application(urls, globals()).wsgifunc()

if __name__ == "__main__":
    web.httpserver.runsimple(app, ("127.0.0.1", 8000))
