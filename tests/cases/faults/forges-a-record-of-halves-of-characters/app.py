import os

RECORD = (
    b'{"error": {"kind": "raised", "message": "\\ud800", "file": "\\udfff"}, "checks": []}'
)


def app(environ, start_response):
    try:
        os.write(4, RECORD)
    except OSError:
        pass
    os._exit(0)
