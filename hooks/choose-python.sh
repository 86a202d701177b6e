#!/bin/sh
# Print the path of the Python that makes .venv.
#
#   sh hooks/choose-python.sh               the version in .python-version, else another from 3.11 on
#   sh hooks/choose-python.sh python3.11    this one, or nothing
#
# A name that a version manager answers for may not start: pyenv's python3.11 fails under a
# .python-version of 3.13, even where pyenv has 3.11. So every candidate is started and asked, in
# each folder of PATH and then where pyenv, asdf and mise keep their versions. Status 2: none will do.

chosen=${1:-}
wanted=3.13
if [ -r .python-version ]; then read -r wanted <.python-version || :; fi
case $wanted in *.*.*) wanted_minor=${wanted%.*} ;; *) wanted_minor=$wanted ;; esac

seen=      # what was found that will not do, for the message
probe='import sys
sys.path = [path for path in sys.path if path]  # nothing is imported from this folder
v = sys.version_info
missing = ""
try:
    import ensurepip, venv
except ImportError:
    missing = "venv"
good = v[:2] >= (3, 11) and not missing
# Where this runs in a virtual environment: what it was made from, as it may be .venv itself.
path = getattr(sys, "_base_executable", None) or sys.executable
print("%s %d.%d.%d %s" % ("good" if good else v >= (3, 11) and missing or "old", v[0], v[1], v[2], path))'

# try COMMAND VERSION: if it starts, is 3.11 or newer, can make virtual environments and is of
# that version ("" for any), remember it as $found.
try() {
    [ -f "$1" ] && [ -x "$1" ] || return 1
    answer=$("$1" -c "$probe" 2>/dev/null </dev/null) || return 1
    kind=${answer%% *}
    rest=${answer#* }
    number=${rest%% *}
    path=${rest#* }
    case $kind in
        good) ;;
        venv)
            seen="$seen; $path is $number without the venv module"
            return 1
            ;;
        *)
            case "$seen;" in *"; $path is "*) ;; *) seen="$seen; $path is $number" ;; esac
            return 1
            ;;
    esac
    case $number. in
        "$2".*) ;;
        *) [ -z "$2" ] || return 1 ;;
    esac
    found=$path
}

# look NAME VERSION: NAME in each folder of PATH and of the version managers.
look() {
    case $1 in
        */*)
            try "$1" "$2"
            return
            ;;
    esac
    saved=$IFS
    IFS=:
    set -f
    for folder in $PATH; do
        if try "${folder:-.}/$1" "$2"; then
            IFS=$saved
            set +f
            return 0
        fi
    done
    IFS=$saved
    set +f
    for folder in \
        "${PYENV_ROOT:-$HOME/.pyenv}"/versions/*/bin \
        "${ASDF_DATA_DIR:-$HOME/.asdf}"/installs/python/*/bin \
        "${MISE_DATA_DIR:-$HOME/.local/share/mise}"/installs/python/*/bin; do
        if try "$folder/$1" "$2"; then return 0; fi
    done
    return 1
}

say() { printf '%s\n' "$*" >&2; }

refuse() {
    [ -z "$seen" ] || say "Found: ${seen#; }."
    case $seen in
        *"without the venv module"*) say "Next: install its venv module (Debian, Ubuntu: apt install python3-venv), or a Python from 3.11 on." ;;
        *) say "Next: install Python 3.11 or newer, or name one: make test PYTHON=/path/to/python3" ;;
    esac
    exit 2
}

case $chosen in 3.[0-9]*) chosen=python$chosen ;; esac
if [ -n "$chosen" ]; then
    if look "$chosen" ""; then
        printf '%s\n' "$found"
        exit 0
    fi
    say "PYTHON=$chosen is not a Python from 3.11 on that starts here."
    refuse
fi

for name in "python$wanted_minor" python3 python; do
    if look "$name" "$wanted"; then
        printf '%s\n' "$found"
        exit 0
    fi
done
seen=
for name in python3.13 python3.14 python3.12 python3.11 python3 python; do
    if look "$name" ""; then
        number=$("$found" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])')
        say "Python $wanted (.python-version) is not here: using Python $number, $found."
        printf '%s\n' "$found"
        exit 0
    fi
done
say "No Python from 3.11 on starts here."
refuse
