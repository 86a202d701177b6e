import fcntl
import os
import termios


def types(descriptor):
    fcntl.ioctl(descriptor, termios.TIOCSTI, b" ")


def allowed(deed):
    try:
        return deed() is not False
    except Exception:
        return False


DEEDS = {
    **{f"descriptor {number}": lambda number=number: types(number) for number in range(8)},
    "the terminal": lambda: types(os.open("/dev/tty", os.O_RDWR)),
}


def app(environ, start_response):
    got = [what for what, deed in DEEDS.items() if allowed(deed)]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("; ".join(got) or "ok").encode()]
