import sys
from pathlib import Path

from django.conf import settings
from django.core.management import execute_from_command_line
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import path

# --8<-- [start:setup]
settings.configure(
    ALLOWED_HOSTS=["localhost", "127.0.0.1"],
    CSRF_COOKIE_HTTPONLY=True,  # no script here needs to read it
    MIDDLEWARE=["django.middleware.csrf.CsrfViewMiddleware"],  # startproject's default has it too
    ROOT_URLCONF=__name__,
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [Path(__file__).parent / "templates"],
        }
    ],
)
# --8<-- [end:setup]

NOTES = []  # a database would keep them, for each user


# --8<-- [start:handler]
def notes(request):
    if request.method == "POST":  # the middleware has checked the token
        NOTES.append(request.POST.get("text", ""))
        response = HttpResponseRedirect("/")
        response.status_code = 303
        return response
    return render(request, "notes.html", {"notes": NOTES})


# --8<-- [end:handler]
urlpatterns = [path("", notes)]

app = get_wsgi_application()

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
