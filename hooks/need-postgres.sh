#!/bin/sh
# `make test-postgres` starts a server of its own. Install PostgreSQL's programs where they are
# lacking and that can be done.
#
#   sh hooks/need-postgres.sh [FOLDER]    where Debian puts them, each version in a folder of its own

folder=${1:-/usr/lib/postgresql}

here() {
    for initdb in "$folder"/*/bin/initdb; do
        if [ -x "$initdb" ]; then return 0; fi
    done
    command -v initdb >/dev/null 2>&1
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

install() {
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install --yes --quiet --no-install-recommends postgresql >/dev/null
}

if here; then exit 0; fi

if command -v apt-get >/dev/null 2>&1; then
    echo "Installing postgresql"
    install 2>/dev/null || { as_root apt-get update --quiet >/dev/null && install; }
    if here; then exit 0; fi
fi

echo "PostgreSQL is missing, and it could not be installed." >&2
echo "Next: install its server (Debian: apt install postgresql; macOS: brew install postgresql), then run this again." >&2
exit 2
