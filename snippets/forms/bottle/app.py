from pathlib import Path

from bottle import TEMPLATE_PATH, Bottle, redirect, request, response, template
from wtforms import Form, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

TEMPLATE_PATH[:] = [str(Path(__file__).parent / "templates")]

ENTRIES = [{"name": "Host", "message": "Welcome", "pinned": True}]  # a database would keep them

app = Bottle()


# --8<-- [start:form]
class EntryForm(Form):
    name = StringField("Name", [DataRequired(), Length(max=40)])
    message = TextAreaField("Message", [DataRequired(), Length(max=200)])


# --8<-- [end:form]
@app.get("/")
def entries():
    return template("entries", entries=ENTRIES)


# --8<-- [start:handler]
@app.get("/new")
def blank():
    return template("new", form=EntryForm())


@app.post("/new")
def new():
    form = EntryForm(request.forms.decode())  # undecoded, "Zoë" would be "ZoÃ«"
    if form.validate():
        ENTRIES.append({**form.data, "pinned": False})  # holds the form's fields alone
        redirect("/")  # 303 for HTTP/1.1; it raises, so nothing below runs
    response.status = 422
    return template("new", form=form)


# --8<-- [end:handler]
if __name__ == "__main__":
    app.run(host="127.0.0.1", port=8000)
