import os

RECORD = b'{"error": null, "checks": ' + b"[" * 10_000 + b"]" * 10_000 + b"}"


def app(environ, start_response):
    try:
        os.write(4, RECORD)
    except OSError:
        pass
    os._exit(0)
