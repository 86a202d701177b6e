import hmac
import os
import re
import sys
import time
from uuid import uuid4

from django.conf import settings
from django.core.management import execute_from_command_line
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.http import require_safe

settings.configure(
    ALLOWED_HOSTS=["localhost", "127.0.0.1"],
    ROOT_URLCONF=__name__,
    # --8<-- [start:order]
    MIDDLEWARE=[f"{__name__}.outer", f"{__name__}.inner"],
    # --8<-- [end:order]
)

API_KEY = os.environ.get("API_KEY", "for-development-only")
CONNECTIONS = list("abcd")  # in place of a database's


# --8<-- [start:outer]
def outer(get_response):
    def middleware(request):
        given = request.headers.get("X-Request-ID", "")
        request.id = given if re.fullmatch("[A-Za-z0-9._-]{1,64}", given) else uuid4().hex
        request.trace = ["outer"]
        start = time.perf_counter()
        response = get_response(request)
        milliseconds = (time.perf_counter() - start) * 1000
        request.trace.append("outer")
        response["X-Request-ID"] = request.id
        response["X-Trace"] = ", ".join(request.trace)
        response["Server-Timing"] = f"app;dur={milliseconds:.1f}"
        return response

    return middleware


# --8<-- [end:outer]
# --8<-- [start:inner]
def inner(get_response):
    def middleware(request):
        request.trace.append("inner")
        key = request.headers.get("Authorization", "").encode()
        private = request.path.startswith("/private")
        if private and not hmac.compare_digest(key, f"Bearer {API_KEY}".encode()):
            return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
        request.connection = CONNECTIONS.pop()
        response = get_response(request)  # an exception of the view comes back as a 500
        CONNECTIONS.append(request.connection)
        request.trace.append("inner")
        return response

    return middleware


# --8<-- [end:inner]
# --8<-- [start:handler]
@require_safe
def index(request):
    request.trace.append("handler")
    return JsonResponse({"id": request.id, "trace": request.trace, "free": len(CONNECTIONS)})


@require_safe
def boom(request):
    request.trace.append("handler")
    raise RuntimeError


# --8<-- [end:handler]
@require_safe
def slow(request):
    time.sleep(0.02)
    return JsonResponse({})


@require_safe
def private(request):
    request.trace.append("handler")
    return JsonResponse({"private": True})


urlpatterns = [path("", index), path("boom", boom), path("slow", slow), path("private", private)]

app = get_wsgi_application()

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
