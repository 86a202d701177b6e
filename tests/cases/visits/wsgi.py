import json
import threading
import time

job = {"state": "none"}
ticks = [0]
meeting = threading.Barrier(2)


def work():
    time.sleep(0.25)
    job["state"] = "done"


def tick():
    while True:
        time.sleep(0.01)
        ticks[0] += 1


def app(environ, start_response):
    path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
    fields, status, answer = [("Content-Type", "application/json")], "200 OK", None
    if path == "/who":
        answer = {
            "address": environ["REMOTE_ADDR"],
            "scheme": environ["wsgi.url_scheme"],
            "cookie": environ.get("HTTP_COOKIE", ""),
        }
    elif path == "/mark":
        fields.append(("Set-Cookie", "mark=1"))
        if environ["QUERY_STRING"]:
            fields.append(("Set-Cookie", "secret=1; Secure"))
    elif path == "/job" and method == "POST":
        status, job["state"] = "202 Accepted", "waiting"
        threading.Thread(target=work, daemon=True).start()
    elif path == "/job":
        answer = job["state"]
    elif path == "/ticks":
        if not ticks[0]:
            ticks[0] = 1
            threading.Thread(target=tick, daemon=True).start()
        answer = ticks[0]
    elif path == "/meet":
        meeting.wait(3)
        answer = 2
    elif path == "/length":
        answer = len(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
    else:
        status = "404 Not Found"
    body = json.dumps(answer).encode()
    start_response(status, [*fields, ("Content-Length", str(len(body)))])
    return [body]
