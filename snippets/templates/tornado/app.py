import asyncio
from pathlib import Path

from tornado.web import Application, RequestHandler

BOOKS = {"Ada": ["Emma", "War & Peace"]}


# --8<-- [start:render]
class Books(RequestHandler):
    def get(self):
        name = self.get_query_argument("name", "Ada")
        self.render("books.html", name=name, books=BOOKS.get(name, []))


# --8<-- [end:render]
# --8<-- [start:setup]
app = Application([("/", Books)], template_path=Path(__file__).parent / "templates")
# --8<-- [end:setup]


async def main():
    app.listen(8000, "127.0.0.1")
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
