import ctypes

C = ctypes.CDLL(None)


def app(environ, start_response):
    PR_SET_PDEATHSIG, PR_SET_NAME, PR_SET_CHILD_SUBREAPER, PR_SET_DUMPABLE = 1, 15, 36, 4
    C.prctl(PR_SET_PDEATHSIG, 9, 0, 0, 0)
    C.prctl(PR_SET_NAME, b"bwrap\n) Z 1", 0, 0, 0)
    C.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    C.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
