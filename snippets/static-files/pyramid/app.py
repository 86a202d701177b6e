from pyramid.config import Configurator
from pyramid.response import Response
from pyramid.view import view_config
from waitress import serve

PAGE = """<!doctype html>
<html lang="en">
  <head>
    <title>Tea</title>
    <link rel="stylesheet" href="{stylesheet}">
  </head>
  <body>
    <h1>Tea</h1>
  </body>
</html>
"""


# --8<-- [start:page]
@view_config(route_name="index")
def index(request):
    return Response(PAGE.format(stylesheet=request.static_path("static/style.css")))


# --8<-- [end:page]
with Configurator() as config:
    # --8<-- [start:static]
    config.add_static_view(name="static", path="static")  # static/ beside this module
    # --8<-- [end:static]
    config.add_route("index", "/")
    config.scan(__name__)
    app = config.make_wsgi_app()

if __name__ == "__main__":
    serve(app, host="127.0.0.1", port=8000)
