import sys

from django.conf import settings
from django.core.management import execute_from_command_line
from django.core.wsgi import get_wsgi_application

settings.configure(
    ALLOWED_HOSTS=["localhost", "127.0.0.1"],
    DATA_UPLOAD_MAX_MEMORY_SIZE=16 * 1024,
    ROOT_URLCONF="api",  # Ninja asks for settings when it is imported, so it has a file of its own
)

app = get_wsgi_application()

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
