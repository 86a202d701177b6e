"""The lines of a run card as HTML: how a reader installs, starts and serves a snippet."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from ...base.html.markup import element, fragment
from .start import PORT

_SERVE = {
    "gunicorn": "gunicorn app:app",
    "waitress": "waitress-serve app:app",
    "uvicorn": "uvicorn app:app",
    "tornado": "python app.py",
}
"""How a snippet is started in production, by its framework's server."""


def install(versions: Mapping[str, str]) -> Markup:
    """The line that installs what the snippet imports, with a button that copies it."""
    wanted = [f'"{name}=={number}"' for name, number in versions.items() if name != "python"]
    if not wanted:
        return Markup("")
    command = "pip install " + " ".join(wanted)
    button = element(
        "button",
        type="button",
        class_="md-code__button",
        data_md_type="copy",
        title="Copy to clipboard",
        aria_label="Copy the install line",
        data_clipboard_text=command,
    )
    return _line("Install", command, button)


def development(command: str) -> Markup:
    """The line that starts the snippet to try it."""
    note = element("span", f"on http://127.0.0.1:{PORT}", class_="fg-install__note")
    return _line("Try it", command, fragment(" ", note))


def production(server: str, served: str) -> Markup:
    """The line that serves the snippet in production; ``served`` is the server it passed under."""
    proven = f"Same results under {served}." if served else ""
    note = element("span", proven, class_="fg-install__note")
    return _line("Production", _SERVE.get(server, server), fragment(" ", note))


def _line(label: str, command: str, after: Markup) -> Markup:
    named = element("span", label, class_="fg-install__label")
    return element("div", named, " ", element("code", command), after, class_="fg-install")
