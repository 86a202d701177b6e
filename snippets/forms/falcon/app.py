from pathlib import Path

import falcon
import falcon.asgi
import uvicorn
from jinja2 import Environment, FileSystemLoader

templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True
)

ENTRIES = [{"name": "Host", "message": "Welcome", "pinned": True}]  # a database would keep them

# --8<-- [start:form]
LENGTHS = {"name": 40, "message": 200}


# --8<-- [start:by-hand]
def cleaned(sent):
    entry = {}
    problems = {}
    for field, length in LENGTHS.items():  # what is not named here is not read
        text = sent.get(field, "")
        entry[field] = text.strip() if isinstance(text, str) else ""  # sent twice, it is a list
        if not entry[field]:
            problems[field] = "This field is required."
        elif len(entry[field]) > length:
            problems[field] = f"At most {length} characters."
    return entry, problems


# --8<-- [end:by-hand]
# --8<-- [end:form]
def html(resp, name, **values):
    resp.content_type = falcon.MEDIA_HTML
    resp.text = templates.get_template(name).render(values)


class Entries:
    async def on_get(self, req, resp):
        html(resp, "entries.html", entries=ENTRIES)


# --8<-- [start:handler]
class New:
    async def on_get(self, req, resp):
        html(resp, "new.html", entry={})

    async def on_post(self, req, resp):
        entry, problems = cleaned(await req.get_media())
        if not problems:
            ENTRIES.append({**entry, "pinned": False})
            raise falcon.HTTPSeeOther("/")
        resp.status = falcon.HTTP_422
        html(resp, "new.html", entry=entry, problems=problems)


# --8<-- [end:handler]
app = falcon.asgi.App()
app.add_route("/", Entries())
app.add_route("/new", New())

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=8000)
