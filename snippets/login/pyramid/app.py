import os
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from pyramid.authentication import SessionAuthenticationHelper
from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.security import Allowed, Denied, forget, remember
from pyramid.session import SignedCookieSessionFactory
from pyramid.view import forbidden_view_config, view_config
from waitress import serve

# --8<-- [start:setup]
SECRET_KEY = os.environ.get("SECRET_KEY", "for development only, change me")
hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)  # OWASP's minimum

# Both are tables in a real application.
USERS = {"ada": hasher.hash("correct horse battery staple")}
LOGINS = {}
NOBODY = hasher.hash(secrets.token_urlsafe())


# --8<-- [start:by-hand-2]
class SecurityPolicy:
    """The cookie holds the id of a login, and LOGINS says whose it is, so a logout can end it."""

    helper = SessionAuthenticationHelper()

    def identity(self, request):
        return LOGINS.get(self.helper.authenticated_userid(request))

    def authenticated_userid(self, request):
        return request.identity

    def permits(self, request, context, permission):
        return Allowed("logged in") if request.identity else Denied("not logged in")

    def remember(self, request, userid, **options):
        request.session.invalidate()
        login_id = secrets.token_urlsafe()
        LOGINS[login_id] = userid
        return self.helper.remember(request, login_id, **options)

    def forget(self, request, **options):
        LOGINS.pop(self.helper.authenticated_userid(request), None)
        request.session.invalidate()
        return self.helper.forget(request, **options)


# --8<-- [end:by-hand-2]
# --8<-- [end:setup]
# --8<-- [start:private]
@view_config(route_name="private", permission="view", renderer="templates/private.jinja2")
def private(request):
    return {}


@forbidden_view_config()
def ask_to_log_in(request):
    return HTTPSeeOther(request.route_path("login", _query={"next": request.path_qs}))


# --8<-- [end:private]
# --8<-- [start:by-hand]
def is_right(name, password):
    """An unknown name has a password that nobody knows, so that it takes as long."""
    try:
        return hasher.verify(USERS.get(name, NOBODY), password)
    except VerifyMismatchError:
        return False


def safe(address):
    """A path of this site, or the private page. Browsers read \\ as / and drop tabs."""
    on_this_site = address.startswith("/") and address[1:2] not in ("/", "\\")
    return address if on_this_site and address.isascii() and address.isprintable() else "/private"


# --8<-- [end:by-hand]
# --8<-- [start:login]
@view_config(route_name="login", request_method="GET", renderer="templates/login.jinja2")
def show_login(request):
    return {"next": request.GET.get("next", ""), "error": False}


@view_config(route_name="login", request_method="POST", renderer="templates/login.jinja2")
def login(request):
    form = request.POST
    name, password, target = (form.get(key, "") for key in ("username", "password", "next"))
    if not is_right(name, password):
        return {"next": target, "error": True}
    return HTTPSeeOther(safe(target), headers=remember(request, name))


@view_config(route_name="logout", request_method="POST")
def logout(request):
    return HTTPSeeOther("/login", headers=forget(request))


# --8<-- [end:login]
with Configurator() as config:
    # Renew the cookie of a busy session every two minutes; without this, every second.
    session = SignedCookieSessionFactory(SECRET_KEY, httponly=True, reissue_time=120)
    config.set_session_factory(session)
    config.set_security_policy(SecurityPolicy())
    config.include("pyramid_jinja2")
    config.add_route("private", "/private")
    config.add_route("login", "/login")
    config.add_route("logout", "/logout")
    config.scan(__name__)
    app = config.make_wsgi_app()

if __name__ == "__main__":
    serve(app, host="127.0.0.1", port=8000)
