import os

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPBadRequest, HTTPSeeOther
from pyramid.session import SignedCookieSessionFactory
from pyramid.view import view_config
from waitress import serve

YEAR = 365 * 24 * 60 * 60
THEMES = ["light", "dark"]


# --8<-- [start:session]
@view_config(route_name="home", request_method="GET", renderer="templates/home.jinja2")
def home(request):
    request.session["visits"] = request.session.get("visits", 0) + 1
    chosen = request.cookies.get("theme")
    theme = chosen if chosen in THEMES else "light"
    return {"theme": theme, "visits": request.session["visits"]}


@view_config(route_name="clear", request_method="POST")
def clear(request):
    request.session.invalidate()  # the cookie stays, with nothing in it
    return HTTPSeeOther("/")


# --8<-- [end:session]
# --8<-- [start:flash]
@view_config(route_name="hello", request_method="POST")
def hello(request):
    request.session.flash(f"Hello, {request.POST.get('name', '')}!")
    return HTTPSeeOther("/")


# --8<-- [end:flash]
@view_config(route_name="theme", request_method="POST")
def theme(request):
    if request.POST.get("theme") not in THEMES:
        raise HTTPBadRequest()
    response = HTTPSeeOther("/")
    response.set_cookie("theme", request.POST["theme"], max_age=YEAR, samesite="Lax")
    return response


# --8<-- [start:setup]
SECRET_KEY = os.environ.get("SECRET_KEY", "for development only, change me")

with Configurator() as config:
    # SameSite=Lax is there by default; HttpOnly has to be asked for.
    config.set_session_factory(SignedCookieSessionFactory(SECRET_KEY, httponly=True))
    config.include("pyramid_jinja2")
    config.add_route("home", "/")
    config.add_route("clear", "/clear")
    config.add_route("hello", "/hello")
    config.add_route("theme", "/theme")
    config.scan(__name__)
    app = config.make_wsgi_app()
# --8<-- [end:setup]

if __name__ == "__main__":
    serve(app, host="127.0.0.1", port=8000)
