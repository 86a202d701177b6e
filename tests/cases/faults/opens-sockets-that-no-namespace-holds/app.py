import socket

FAMILIES = {
    "AX.25": 3, "key management": 15, "packets": 17, "RDS": 21, "LLC": 26, "CAN": 29, "TIPC": 30,
    "Bluetooth": 31, "ALG": 38, "NFC": 39, "VSOCK": 40, "KCM": 41, "QIPCRTR": 42, "SMC": 43,
    "XDP": 44, "MCTP": 45,
}


def opens(family, kind=socket.SOCK_STREAM, protocol=0):
    socket.socket(family, kind, protocol).close()


def any_kind(family):
    got = []
    for kind in (1, 2, 3, 5):
        try:
            opens(family, kind)
            got.append(kind)
        except OSError:
            pass
    return bool(got)


def allowed(deed):
    try:
        return deed() is not False
    except Exception:
        return False


DEEDS = {
    **{name: lambda number=number: any_kind(number) for name, number in FAMILIES.items()},
    "SCTP": lambda: opens(socket.AF_INET, socket.SOCK_STREAM, 132),
    "MPTCP": lambda: opens(socket.AF_INET, socket.SOCK_STREAM, 262),
    "UDP-Lite": lambda: opens(socket.AF_INET, socket.SOCK_DGRAM, 136),
    "the kernel's audit": lambda: opens(socket.AF_NETLINK, socket.SOCK_RAW, 9),
    "the kernel's events": lambda: opens(socket.AF_NETLINK, socket.SOCK_RAW, 15),
    "the kernel's sockets": lambda: opens(socket.AF_NETLINK, socket.SOCK_RAW, 4),
    "a pair": lambda: socket.socketpair(30, socket.SOCK_STREAM),
}


def app(environ, start_response):
    got = [what for what, deed in DEEDS.items() if allowed(deed)]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("; ".join(got) or "ok").encode()]
