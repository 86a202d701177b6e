from pyramid.config import Configurator
from pyramid.view import view_config
from waitress import serve

BOOKS = {"Ada": ["Emma", "War & Peace"]}


# --8<-- [start:render]
@view_config(route_name="books", request_method="GET", renderer="templates/books.jinja2")
def books(request):
    name = request.params.get("name", "Ada")
    return {"name": name, "books": BOOKS.get(name, [])}  # the renderer makes the response


# --8<-- [end:render]
# --8<-- [start:setup]
with Configurator() as config:
    config.include("pyramid_jinja2")  # renders files that end in .jinja2
    config.add_route("books", "/")
    config.scan(__name__)  # finds the view above by its decorator
    app = config.make_wsgi_app()
# --8<-- [end:setup]

if __name__ == "__main__":
    serve(app, host="127.0.0.1", port=8000)
