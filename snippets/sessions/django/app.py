import os
import sys
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.core.management import call_command, execute_from_command_line
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_POST

FOLDER = Path(__file__).parent
YEAR = 365 * 24 * 60 * 60
THEMES = ["light", "dark"]

# --8<-- [start:setup]
settings.configure(
    SECRET_KEY=os.environ.get("SECRET_KEY", "for development only, change me"),
    ALLOWED_HOSTS=["localhost", "127.0.0.1"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=["django.contrib.sessions", "django.contrib.messages"],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ],
    DATABASES={  # where the sessions are; the cookie holds an id only
        "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": FOLDER / "db.sqlite3"}
    },
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [FOLDER / "templates"],
            "OPTIONS": {
                "context_processors": ["django.contrib.messages.context_processors.messages"]
            },
        }
    ],
)
# --8<-- [end:setup]


# --8<-- [start:session]
def home(request):
    request.session["visits"] = request.session.get("visits", 0) + 1
    chosen = request.COOKIES.get("theme")
    theme = chosen if chosen in THEMES else "light"
    return render(request, "home.html", {"theme": theme, "visits": request.session["visits"]})


@require_POST
def clear(request):
    request.session.flush()  # out of the database, and the cookie with it
    return redirect_home()


# --8<-- [end:session]
# --8<-- [start:flash]
@require_POST
def hello(request):
    messages.info(request, f"Hello, {request.POST.get('name', '')}!")
    return redirect_home()


# --8<-- [end:flash]
@require_POST
def theme(request):
    if request.POST.get("theme") not in THEMES:
        return HttpResponseBadRequest()
    response = redirect_home()
    response.set_cookie("theme", request.POST["theme"], max_age=YEAR, samesite="Lax")
    return response


def redirect_home():
    return HttpResponseRedirect("/", status=303)


urlpatterns = [path("", home), path("clear", clear), path("hello", hello), path("theme", theme)]

app = get_wsgi_application()
call_command("migrate", verbosity=0)  # makes the table of the sessions, once

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
