import os


def app(environ, start_response):
    made = 0
    try:
        for number in range(400_000):
            os.close(os.open(f"file-{number}", os.O_CREAT))
            made += 1
    except OSError:
        pass
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok" if made < 100_000 else f"{made} files".encode()]
