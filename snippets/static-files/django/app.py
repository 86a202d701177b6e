import sys
from pathlib import Path

from django.conf import settings
from django.core.management import execute_from_command_line
from django.core.wsgi import get_wsgi_application
from django.shortcuts import render
from django.urls import path

BASE_DIR = Path(__file__).parent

# --8<-- [start:static]
settings.configure(
    ALLOWED_HOSTS=["localhost", "127.0.0.1"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=["django.contrib.staticfiles"],
    # Django serves files only while DEBUG is on. WhiteNoise does it in production.
    MIDDLEWARE=["whitenoise.middleware.WhiteNoiseMiddleware"],
    STATIC_URL="/static/",
    STATICFILES_DIRS=[BASE_DIR / "static"],
    WHITENOISE_USE_FINDERS=True,  # no `collectstatic` needed, and no hashed names made
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [BASE_DIR / "templates"],
        }
    ],
)
# --8<-- [end:static]


# --8<-- [start:page]
def index(request):
    return render(request, "index.html")  # {% static 'style.css' %} writes the address


# --8<-- [end:page]
urlpatterns = [path("", index)]

app = get_wsgi_application()

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
