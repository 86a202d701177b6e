#!/bin/sh
# What has to hold before .venv is believed or made: the part of the gate on the tree that needs no
# Python. The rest is `fieldguide lint`, and the first act of whatever runs anything.
#
#   sh hooks/check-tree.sh    in the project's folder

LC_ALL=C
export LC_ALL
status=0

# What commands make is believed without being made again, so no clone may bring it along.
made=$(git -c safe.directory='*' -c core.fsmonitor=false ls-files -- ':(icase).venv' ':(icase).fieldguide' ':(icase)site' 2>/dev/null | sed 's:/.*::' | sort -u)
for folder in $made; do
    echo "$folder: git tracks files here, and what commands make is believed. Next: git rm -r --force $folder." >&2
    status=2
done

# pip obeys options, addresses and paths in a lock: only names, versions and hashes may stand there.
lock=environments/site.txt
name='[A-Za-z0-9][A-Za-z0-9._-]*(\[[A-Za-z0-9., _-]*\])?'
marker="( *; *([A-Za-z0-9_. ()'\"<>=!,]|[A-Za-z0-9_.]-)+)?"
pin="$name==[A-Za-z0-9.!+_]+$marker "
hash=' +--hash=sha256:[0-9a-f]{64}( \\)?'
grep -nvE "^( *(#[ -~]*)?|$pin\\\\|$hash)$" "$lock" 2>/dev/null | {
    found=0
    while IFS= read -r line; do
        printf '%s:%s: this line is no pin with hashes. Next: fieldguide lock site.\n' "$lock" "${line%%:*}" >&2
        found=2
    done
    exit $found
} || status=2

exit $status
