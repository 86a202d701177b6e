import sys
import threading


def deeper(value):
    return sorted([value], key=deeper)


def app(environ, start_response):
    sys.setrecursionlimit(2**31 - 1)
    threading.stack_size(65536)
    thread = threading.Thread(target=deeper, args=[0])
    thread.start()
    thread.join()
    start_response("500 Internal Server Error", [("Content-Type", "text/plain")])
    return [b"no"]
