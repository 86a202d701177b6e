import os

RECORD = (
    b'{"error": null, "checks": [{"name": "test_of_somebody_else", "exchanges": [], '
    b'"outcome": "passed"}]}'
)


def app(environ, start_response):
    try:
        os.write(4, RECORD)
    except OSError:
        pass
    os._exit(0)
