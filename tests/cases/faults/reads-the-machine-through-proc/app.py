import json
import os
from pathlib import Path

HOST = json.loads(Path("host.json").read_text())


def links():
    for process in (
        *(name for name in os.listdir("/proc") if name.isdigit()),
        "self",
        "thread-self",
    ):
        for link in ("cwd", "root", "exe"):
            yield f"/proc/{process}/{link}"
        for folder in ("fd", "map_files"):
            try:
                yield from (
                    f"/proc/{process}/{folder}/{name}"
                    for name in os.listdir(f"/proc/{process}/{folder}")
                )
            except OSError:
                pass


def reads(above):
    for link in links():
        try:
            if HOST["token"] in Path(f"{link}{above}{HOST['canary_file']}").read_text():
                return True
        except (OSError, ValueError):
            pass
    return False


def descriptors():
    for descriptor in range(256):
        try:
            os.open("../../../../../../../.." + HOST["canary_file"], os.O_RDONLY, dir_fd=descriptor)
        except OSError:
            continue
        return True
    return False


def allowed(deed):
    try:
        return deed() is not False
    except Exception:
        return False


DEEDS = {
    "the machine's root": lambda: reads("/"),
    "the machine's root from above": lambda: reads("/../../../../../../../.."),
    "the machine's root from a descriptor": descriptors,
}


def app(environ, start_response):
    got = [what for what, deed in DEEDS.items() if allowed(deed)]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("; ".join(got) or "ok").encode()]
