import os

RECORD = (
    b'{"error": null, "checks": [{"name": "test_it_answers_ok", "exchanges": [], '
    b'"outcome": "failed", "failure": {"message": "x", "file": "app.py", "line": true}}]}'
)


def app(environ, start_response):
    try:
        os.write(4, RECORD)
    except OSError:
        pass
    os._exit(0)
