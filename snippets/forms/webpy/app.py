from pathlib import Path

import web
from web import form

web.config.debug = False

urls = ("/", "Entries", "/new", "New")
render = web.template.render(str(Path(__file__).parent / "templates"))

ENTRIES = [{"name": "Host", "message": "Welcome", "pinned": True}]  # a database would keep them


# --8<-- [start:form]
required = form.Validator("This field is required.", lambda text: text.strip())


def field(kind, name, length):
    at_most = form.Validator(f"At most {length} characters.", lambda text: len(text) <= length)
    browser = {"required": "required", "maxlength": length}
    return kind(name, required, at_most, description=name.capitalize(), **browser)


entry_form = form.Form(field(form.Textbox, "name", 40), field(form.Textarea, "message", 200))


# --8<-- [end:form]
class Entries:
    def GET(self):
        return render.entries(ENTRIES)


# --8<-- [start:handler]
class New:
    def GET(self):
        return render.new(entry_form(), [])

    def POST(self):
        entry = entry_form()
        sent = web.input(_method="post")  # without the method, the query would count as well
        # entry.validates() would stop at the first problem, and lose what the fields after it held.
        problems = [field for field in entry.inputs if not field.validate(sent.get(field.name))]
        if problems:
            web.ctx.status = "422 Unprocessable Content"
            return render.new(entry, problems)
        ENTRIES.append({**entry.d, "pinned": False})  # `d` holds the form's fields alone
        raise web.seeother("/")


# --8<-- [end:handler]
app = web.application(urls, globals()).wsgifunc()

if __name__ == "__main__":
    web.httpserver.runsimple(app, ("127.0.0.1", 8000))
