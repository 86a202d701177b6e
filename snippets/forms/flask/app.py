import os

from flask import Flask, redirect, render_template, url_for
from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length

app = Flask(__name__)
app.secret_key = os.environ.get("SECRET_KEY", "for development only")  # signs the form's token

ENTRIES = [{"name": "Host", "message": "Welcome", "pinned": True}]  # a database would keep them


# --8<-- [start:form]
class EntryForm(FlaskForm):
    name = StringField("Name", [DataRequired(), Length(max=40)])
    message = TextAreaField("Message", [DataRequired(), Length(max=200)])


# --8<-- [end:form]
@app.get("/")
def entries():
    return render_template("entries.html", entries=ENTRIES)


# --8<-- [start:handler]
@app.route("/new", methods=["GET", "POST"])
def new():
    form = EntryForm()  # takes the fields of a POST by itself
    if form.validate_on_submit():
        ENTRIES.append({"name": form.name.data, "message": form.message.data, "pinned": False})
        return redirect(url_for("entries"), code=303)
    return render_template("new.html", form=form), 422 if form.is_submitted() else 200


# --8<-- [end:handler]
if __name__ == "__main__":
    app.run(port=8000)
