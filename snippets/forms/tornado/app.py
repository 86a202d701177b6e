import asyncio
from pathlib import Path

from tornado.web import Application, RequestHandler, url

ENTRIES = [{"name": "Host", "message": "Welcome", "pinned": True}]  # a database would keep them

# --8<-- [start:form]
LENGTHS = {"name": 40, "message": 200}


# --8<-- [start:by-hand]
def problems_of(entry):
    problems = {}
    for field, length in LENGTHS.items():
        if not entry[field]:
            problems[field] = "This field is required."
        elif len(entry[field]) > length:
            problems[field] = f"At most {length} characters."
    return problems


# --8<-- [end:by-hand]
# --8<-- [end:form]
class Entries(RequestHandler):
    def get(self):
        self.render("entries.html", entries=ENTRIES)


# --8<-- [start:handler]
class New(RequestHandler):
    def get(self):
        self.render("new.html", entry=dict.fromkeys(LENGTHS, ""), problems={})

    def post(self):
        # Without the default "", a missing argument would be a bare 400. Blanks are stripped.
        entry = {field: self.get_body_argument(field, "") for field in LENGTHS}
        if problems := problems_of(entry):
            self.set_status(422)
            self.render("new.html", entry=entry, problems=problems)
        else:
            ENTRIES.append({**entry, "pinned": False})
            self.redirect(self.reverse_url("entries"), status=303)


# --8<-- [end:handler]
app = Application(
    [url("/", Entries, name="entries"), url("/new", New, name="new")],
    template_path=Path(__file__).parent / "templates",
)


async def main():
    app.listen(8000, "127.0.0.1")
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
