import os

RECORD = b'{"error": NaN, "checks": [Infinity, -Infinity]}'


def app(environ, start_response):
    try:
        os.write(4, RECORD)
    except OSError:
        pass
    os._exit(0)
