#!/bin/sh
# The tests look at the built pages in Chromium. Install it where it is lacking and that can be done:
# from the system's packages as root, else through Playwright into the user's cache.
#
#   sh hooks/need-chromium.sh .venv/bin/python

python=$1

there() {
    for name in chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable; do
        if command -v "$name" >/dev/null 2>&1; then return 0; fi
    done
    return 1
}

# Without windows it takes half the time, but not every system has it without.
install() {
    for package in chromium-headless-shell chromium; do
        if apt-get install --yes --quiet --no-install-recommends "$package" >/dev/null 2>&1; then return 0; fi
    done
    return 1
}

if there; then exit 0; fi

if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "Installing chromium for the browser tests"
    DEBIAN_FRONTEND=noninteractive
    export DEBIAN_FRONTEND
    install || { apt-get update --quiet >/dev/null && install; }
    if there; then exit 0; fi
fi

built_in='
from pathlib import Path
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    raise SystemExit(not Path(playwright.chromium.executable_path).exists())
'
if "$python" -c "$built_in" 2>/dev/null; then exit 0; fi
echo "Fetching Chromium through Playwright for the browser tests"
if "$python" -m playwright install chromium; then exit 0; fi

echo "The browser tests need Chromium, and it could not be installed." >&2
echo "Next: install it (Debian: apt install chromium; macOS: brew install --cask chromium), then run this again." >&2
exit 2
