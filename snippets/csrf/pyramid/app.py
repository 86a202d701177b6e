import os

from pyramid.config import Configurator
from pyramid.exceptions import BadCSRFToken
from pyramid.httpexceptions import HTTPForbidden, HTTPSeeOther
from pyramid.session import SignedCookieSessionFactory
from pyramid.view import exception_view_config, view_config
from waitress import serve

NOTES = []  # a database would keep them, for each user


# --8<-- [start:handler]
@view_config(route_name="notes", request_method="GET", renderer="templates/notes.jinja2")
def notes(request):
    return {"notes": NOTES}


@view_config(route_name="notes", request_method="POST")
def add(request):  # runs only if the token was right
    NOTES.append(request.POST.get("text", ""))
    return HTTPSeeOther(request.route_url("notes"))


# --8<-- [end:handler]
# --8<-- [start:setup]
@exception_view_config(BadCSRFToken)  # its own answer would be a 400
def refused(request):
    return HTTPForbidden("The form has expired. Open its page again.")


with Configurator() as config:
    secret = os.environ.get("SECRET_KEY", "for development only")
    # Renew the cookie of a busy session every two minutes; without this, every second.
    session = SignedCookieSessionFactory(secret, httponly=True, reissue_time=120)
    config.set_session_factory(session)
    config.set_default_csrf_options(require_csrf=True)  # by default, no view asks for a token
    config.include("pyramid_jinja2")
    config.add_route("notes", "/")
    config.scan(__name__)
    app = config.make_wsgi_app()
# --8<-- [end:setup]

if __name__ == "__main__":
    serve(app, host="127.0.0.1", port=8000)
