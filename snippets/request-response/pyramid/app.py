from pyramid.config import Configurator
from pyramid.response import Response
from pyramid.view import view_config
from waitress import serve


# --8<-- [start:hello]
@view_config(route_name="hello", request_method="GET")
def hello(request):
    return Response("Hello, world!", content_type="text/plain", charset="utf-8")


# --8<-- [end:hello]
# --8<-- [start:handler]
@view_config(route_name="shout", request_method="POST")
def shout(request):
    response = request.response
    response.content_type = "text/plain"
    text = request.body.decode(errors="replace")  # the body is bytes, and may be any bytes
    if not text:
        response.status_int = 400
        response.text = "Send some text."
        return response
    response.headers["X-Request-ID"] = request.headers.get("X-Request-ID", "none")
    response.text = text.upper()
    return response


# --8<-- [end:handler]
with Configurator() as config:
    config.add_route("hello", "/")
    config.add_route("shout", "/shout")
    config.scan(__name__)  # finds the views above by their decorators
    app = config.make_wsgi_app()

if __name__ == "__main__":
    serve(app, host="127.0.0.1", port=8000)
