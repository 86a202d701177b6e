import os
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command, execute_from_command_line
from django.core.wsgi import get_wsgi_application

FOLDER = Path(__file__).parent

# --8<-- [start:setup]
settings.configure(
    SECRET_KEY=os.environ.get("SECRET_KEY", "for development only, change me"),
    ALLOWED_HOSTS=["localhost", "127.0.0.1"],
    ROOT_URLCONF="urls",
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": FOLDER / "db.sqlite3"}},
    PASSWORD_HASHERS=["hashers.Argon2"],  # the default is PBKDF2, which needs no memory to attack
    LOGIN_URL="login",
    LOGIN_REDIRECT_URL="private",
    LOGOUT_REDIRECT_URL="login",
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [FOLDER / "templates"],
            "OPTIONS": {"context_processors": ["django.contrib.auth.context_processors.auth"]},
        }
    ],
)
# --8<-- [end:setup]

app = get_wsgi_application()

call_command("migrate", verbosity=0)
users = get_user_model().objects
if not users.exists():
    users.create_user("ada", password="correct horse battery staple")

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
