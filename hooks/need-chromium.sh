#!/bin/sh
# The tests look at the built pages in Chromium. Install it where it is lacking and that can be done:
# from the system's packages as root, else through Playwright into the user's cache.
#
#   sh hooks/need-chromium.sh .venv/bin/python

python=$1

for name in chromium chromium-browser google-chrome google-chrome-stable; do
    if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done

if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "Installing chromium for the browser tests"
    install="apt-get install --yes --quiet --no-install-recommends chromium"
    DEBIAN_FRONTEND=noninteractive
    export DEBIAN_FRONTEND
    $install >/dev/null 2>&1 || { apt-get update --quiet >/dev/null && $install >/dev/null; }
    if command -v chromium >/dev/null 2>&1; then exit 0; fi
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
