import asyncio
from pathlib import Path

from tornado.web import Application, RequestHandler

NOTES = []  # a database would keep them, for each user


# --8<-- [start:handler]
class Notes(RequestHandler):
    def get(self):
        self.render("notes.html", notes=NOTES)

    def post(self):  # runs only if the token was right
        NOTES.append(self.get_body_argument("text"))
        self.redirect("/", status=303)


# --8<-- [end:handler]
# --8<-- [start:setup]
app = Application(
    [("/", Notes)],
    template_path=Path(__file__).parent / "templates",
    xsrf_cookies=True,
    xsrf_cookie_kwargs={"httponly": True, "samesite": "Lax"},
)
# --8<-- [end:setup]


async def main():
    app.listen(8000, "127.0.0.1")
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
