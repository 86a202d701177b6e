import sys

from django.conf import settings
from django.core.management import execute_from_command_line
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

settings.configure(
    ALLOWED_HOSTS=["localhost", "127.0.0.1"],  # without DEBUG, `runserver` asks for them
    ROOT_URLCONF=__name__,  # `urlpatterns` stands in this very file
)

PLAIN = "text/plain; charset=utf-8"


# --8<-- [start:hello]
@require_safe  # GET and HEAD; a view answers every method unless it says otherwise
def hello(request):
    return HttpResponse("Hello, world!", content_type=PLAIN)


# --8<-- [end:hello]
# --8<-- [start:handler]
@require_POST
def shout(request):
    text = request.body.decode(errors="replace")  # the body is bytes, and may be any bytes
    if not text:
        return HttpResponse("Send some text.", content_type=PLAIN, status=400)
    request_id = request.headers.get("X-Request-ID", "none")
    return HttpResponse(text.upper(), content_type=PLAIN, headers={"X-Request-ID": request_id})


# --8<-- [end:handler]
urlpatterns = [path("", hello), path("shout", shout)]

app = get_wsgi_application()

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
