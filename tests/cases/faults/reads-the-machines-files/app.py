import json
from pathlib import Path

HOST = json.loads(Path("host.json").read_text())
FILES = [
    "/etc/passwd",
    "/etc/shadow",
    "/etc/hosts",
    "/etc/machine-id",
    "/var/log/dpkg.log",
    f"{HOST['checkout']}/pyproject.toml",
    f"{HOST['project']}/pyproject.toml",
    f"{HOST['checkout']}/.git/HEAD",
    HOST["canary_file"],
    *HOST["home_files"],
]


def reader(path):
    return lambda: Path(path).read_bytes()


def allowed(deed):
    try:
        return deed() is not False
    except Exception:
        return False


DEEDS = {
    **{path: reader(path) for path in FILES},
}


def app(environ, start_response):
    got = [what for what, deed in DEEDS.items() if allowed(deed)]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("; ".join(got) or "ok").encode()]
