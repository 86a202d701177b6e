import os


def opens(path):
    os.close(os.open(path, os.O_WRONLY))


FILES = (
    "/proc/sysrq-trigger",
    "/proc/sys/kernel/hostname",
    "/proc/sys/kernel/core_pattern",
    "/proc/sys/kernel/modprobe",
    "/proc/sys/vm/drop_caches",
    "/proc/sys/fs/binfmt_misc/register",
    "/proc/1/oom_score_adj",
    "/proc/1/uid_map",
    "/proc/1/comm",
    "/sys/kernel/uevent_helper",
    "/sys/fs/cgroup/cgroup.procs",
)


def allowed(deed):
    try:
        return deed() is not False
    except Exception:
        return False


DEEDS = {
    **{path: lambda path=path: opens(path) for path in FILES},
}


def app(environ, start_response):
    got = [what for what, deed in DEEDS.items() if allowed(deed)]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("; ".join(got) or "ok").encode()]
