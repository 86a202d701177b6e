import os


def app(environ, start_response):
    os.makedirs("a/b/c", exist_ok=True)
    open("a/b/c/file", "w").close()
    for path in ("a/b/c/file", "a/b/c", "a/b", "a", "."):
        os.chmod(path, 0)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
