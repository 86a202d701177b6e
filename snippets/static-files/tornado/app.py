import asyncio
from pathlib import Path

from tornado.web import Application, RequestHandler

BASE_DIR = Path(__file__).parent


# --8<-- [start:page]
class Index(RequestHandler):
    def get(self):
        self.render("index.html")  # static_url('style.css') adds a hash: style.css?v=...


# --8<-- [end:page]
# --8<-- [start:static]
app = Application(
    [("/", Index)],
    static_path=BASE_DIR / "static",  # served under /static/
    template_path=BASE_DIR / "templates",
)
# --8<-- [end:static]


async def main():
    app.listen(8000, "127.0.0.1")
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
