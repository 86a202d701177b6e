import colander
from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config, view_defaults
from waitress import serve

ENTRIES = [{"name": "Host", "message": "Welcome", "pinned": True}]  # a database would keep them


# --8<-- [start:form]
def stripped(text):
    return (text or "").strip() or colander.null  # what is null is missing


def text(length):
    rule = colander.Length(max=length)
    missing = "This field is required."
    return colander.SchemaNode(
        colander.String(), preparer=stripped, validator=rule, missing_msg=missing
    )


class Entry(colander.Schema):
    name = text(40)
    message = text(200)


# --8<-- [end:form]
@view_config(route_name="entries", request_method="GET", renderer="templates/entries.jinja2")
def entries(request):
    return {"entries": ENTRIES}


# --8<-- [start:handler]
@view_defaults(route_name="new", renderer="templates/new.jinja2")
class New:
    def __init__(self, request):
        self.request = request

    @view_config(request_method="GET")
    def blank(self):
        return {"entry": {}}

    @view_config(request_method="POST")
    def new(self):
        try:
            entry = Entry().deserialize(self.request.POST)  # drops what the schema lacks
        except colander.Invalid as invalid:
            self.request.response.status = 422
            return {"entry": self.request.POST, "problems": invalid.asdict()}
        ENTRIES.append({**entry, "pinned": False})
        return HTTPSeeOther(self.request.route_url("entries"))


# --8<-- [end:handler]
with Configurator() as config:
    config.include("pyramid_jinja2")
    config.add_route("entries", "/")
    config.add_route("new", "/new")
    config.scan(__name__)
    app = config.make_wsgi_app()

if __name__ == "__main__":
    serve(app, host="127.0.0.1", port=8000)
