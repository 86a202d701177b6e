import os
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command, execute_from_command_line
from django.core.wsgi import get_wsgi_application

DATABASE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": Path(__file__).parent / "items.sqlite3",
}
if "DATABASE_URL" in os.environ:
    # --8<-- [start:by-hand]
    from psycopg.conninfo import conninfo_to_dict

    parts = conninfo_to_dict(os.environ["DATABASE_URL"])
    DATABASE = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname"),
        "OPTIONS": parts,  # the user, the password and the host, as psycopg calls them
    }
    # --8<-- [end:by-hand]

settings.configure(
    ALLOWED_HOSTS=["localhost", "127.0.0.1"],
    DATABASES={"default": DATABASE},
    INSTALLED_APPS=["shop"],
    ROOT_URLCONF="shop.urls",
)
app = get_wsgi_application()

call_command("migrate", run_syncdb=True, verbosity=0)  # makes the tables that are missing

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
