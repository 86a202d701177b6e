import os
import sys
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.conf import settings
from django.core.management import call_command, execute_from_command_line
from django.core.wsgi import get_wsgi_application

DATABASE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": Path(__file__).parent / "items.sqlite3",
}
if "DATABASE_URL" in os.environ:
    # --8<-- [start:by-hand]
    url = urlsplit(os.environ["DATABASE_URL"])
    DATABASE = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": url.path.removeprefix("/"),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": url.hostname or "",
        "PORT": url.port or "",
        "OPTIONS": dict(parse_qsl(url.query)),
    }
    # --8<-- [end:by-hand]

settings.configure(
    ALLOWED_HOSTS=["localhost", "127.0.0.1"],
    DATABASES={"default": DATABASE},
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    INSTALLED_APPS=["shop"],
    ROOT_URLCONF="shop.urls",
)
app = get_wsgi_application()

call_command("migrate", run_syncdb=True, verbosity=0)  # makes the tables that are missing

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
