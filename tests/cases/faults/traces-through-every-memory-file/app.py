import os


def opens():
    own = str(os.getpid())
    for process in os.listdir("/proc"):
        if process.isdigit() and process != own:
            with open(f"/proc/{process}/mem", "r+b"):
                return True
    return False


def allowed(deed):
    try:
        return deed() is not False
    except Exception:
        return False


DEEDS = {
    "another's memory": opens,
}


def app(environ, start_response):
    got = [what for what, deed in DEEDS.items() if allowed(deed)]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("; ".join(got) or "ok").encode()]
