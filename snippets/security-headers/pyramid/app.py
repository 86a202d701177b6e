import secrets

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPBadRequest
from pyramid.view import view_config
from waitress import serve

HOSTS = {"localhost", "127.0.0.1"}
ORIGINS = {"https://shop.example", "https://admin.example"}


# --8<-- [start:hosts]
# --8<-- [start:by-hand]
def known_hosts(handler, registry):
    def tween(request):
        if request.domain not in HOSTS:
            return HTTPBadRequest("Unknown host.")
        return handler(request)

    return tween


# --8<-- [end:by-hand]
# --8<-- [end:hosts]
# --8<-- [start:headers]
def csp_nonce(request):
    return secrets.token_urlsafe(16)


# --8<-- [start:by-hand-2]
def security_headers(handler, registry):
    def tween(request):
        response = handler(request)
        headers = response.headers
        headers["Content-Security-Policy"] = (
            f"default-src 'self'; script-src 'nonce-{request.csp_nonce}'; "
            "base-uri 'none'; frame-ancestors 'none'"
        )
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin"
        if request.scheme == "https":
            headers["Strict-Transport-Security"] = "max-age=3600"  # a year once everything works
        return response

    return tween


# --8<-- [end:by-hand-2]
# --8<-- [end:headers]
# --8<-- [start:cors]
# --8<-- [start:by-hand-3]
def cors(handler, registry):
    def tween(request):
        response = handler(request)
        if request.path.startswith("/api/"):
            response.vary = ("Origin",)
            if request.headers.get("Origin") in ORIGINS:
                response.headers["Access-Control-Allow-Origin"] = request.headers["Origin"]
                response.headers["Access-Control-Allow-Credentials"] = "true"
                if request.method == "OPTIONS":
                    response.headers["Access-Control-Allow-Methods"] = "GET, PUT"
                    response.headers["Access-Control-Allow-Headers"] = "Content-Type"
        return response

    return tween


@view_config(route_name="stock", request_method="OPTIONS")
def preflight(request):
    request.response.status_int = 204
    return request.response


# --8<-- [end:by-hand-3]
# --8<-- [end:cors]
@view_config(route_name="page", renderer="templates/page.jinja2")
def page(request):
    return {}


@view_config(route_name="stock", request_method="GET", renderer="json")
def stock(request):
    return {"tea": 3}


@view_config(route_name="stock", request_method="PUT")
def change_stock(request):
    request.response.status_int = 204  # a database would keep it
    return request.response


with Configurator() as config:
    config.include("pyramid_jinja2")
    config.add_request_method(csp_nonce, reify=True)
    # The last one is the outermost. All three are outside of the views of errors.
    config.add_tween(f"{__name__}.cors")
    config.add_tween(f"{__name__}.known_hosts")
    config.add_tween(f"{__name__}.security_headers")
    config.add_route("page", "/")
    config.add_route("stock", "/api/stock")
    config.scan(__name__)
    app = config.make_wsgi_app()

if __name__ == "__main__":
    serve(app, host="127.0.0.1", port=8000)
