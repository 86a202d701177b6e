import sys
from http import HTTPStatus
from pathlib import Path

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.management import execute_from_command_line
from django.core.wsgi import get_wsgi_application
from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST

settings.configure(
    ALLOWED_HOSTS=["localhost", "127.0.0.1"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[f"{__name__}.OutOfStockMiddleware"],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [Path(__file__).parent / "templates"],
        }
    ],
    # Without DEBUG, Django mails errors to ADMINS and prints nothing. This prints them.
    LOGGING={
        "version": 1,
        "disable_existing_loggers": False,
        "handlers": {"stderr": {"class": "logging.StreamHandler"}},
        "root": {"handlers": ["stderr"]},
    },
)

IN_STOCK = {"assam": True, "oolong": False}


class OutOfStockError(Exception):
    """Raised by code that knows nothing of HTTP."""


def take(tea):
    if not IN_STOCK[tea]:
        raise OutOfStockError(f"{tea} is out of stock.")


# --8<-- [start:handler]
@require_POST
def order(request, tea):
    if tea not in IN_STOCK:
        raise Http404(f"No tea is called {tea}.")
    take(tea)
    return JsonResponse({"ordered": tea}, status=201)


def staff(request):
    raise PermissionDenied("Only staff may enter.")


def report(request):
    raise RuntimeError("no connection to shop:hunter2@db.internal")


# --8<-- [end:handler]
# --8<-- [start:answer]
def error_page(request, status, detail):
    error = {"status": status, "title": HTTPStatus(status).phrase, "detail": detail}
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        response = JsonResponse(error, status=status, content_type="application/problem+json")
    else:
        response = render(request, "error.html", error, status=status)
    patch_vary_headers(response, ["Accept"])
    return response


# --8<-- [end:answer]
# --8<-- [start:map]
def not_found(request, exception):
    reason = exception.args[0]  # text from a view; a dictionary of routes from the resolver
    if not isinstance(reason, str):
        reason = f"There is nothing at {request.path}."
    return error_page(request, 404, reason)


def forbidden(request, exception):
    return error_page(request, 403, str(exception))


def server_error(request):
    return error_page(request, 500, "Something went wrong here.")


handler403, handler404, handler500 = forbidden, not_found, server_error


class OutOfStockMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, OutOfStockError):
            return error_page(request, 409, str(exception))


# --8<-- [end:map]
urlpatterns = [
    path("orders/<str:tea>", order),
    path("staff", staff),
    path("report", report),
]

app = get_wsgi_application()

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
