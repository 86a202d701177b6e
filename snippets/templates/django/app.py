import sys
from pathlib import Path

from django.conf import settings
from django.core.management import execute_from_command_line
from django.core.wsgi import get_wsgi_application
from django.shortcuts import render
from django.urls import path

# --8<-- [start:setup]
settings.configure(
    ALLOWED_HOSTS=["localhost", "127.0.0.1"],
    ROOT_URLCONF=__name__,
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [Path(__file__).parent / "templates"],
        }
    ],
)
# --8<-- [end:setup]

BOOKS = {"Ada": ["Emma", "War & Peace"]}


# --8<-- [start:render]
def books(request):
    name = request.GET.get("name", "Ada")
    return render(request, "books.html", {"name": name, "books": BOOKS.get(name, [])})


# --8<-- [end:render]
urlpatterns = [path("", books)]

app = get_wsgi_application()

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
