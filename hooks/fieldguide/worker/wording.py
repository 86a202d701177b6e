"""Every sentence that the worker says of an application, a contract or a fence, in words."""

from __future__ import annotations

from collections.abc import Sequence

# Of an application that could not be loaded.


def no_app() -> str:
    """The entry has no name ``app``."""
    return "it exports no `app`"


def unknown_app(type_name: str, called: bool) -> str:
    """The application is none that a driver knows; ``called`` says that it can be called."""
    why = "; it cannot be called as app(environ, start_response)" if called else ""
    return f"`app` is of an unknown kind: {type_name}{why}"


def syntax_error(message: str) -> str:
    """A file of the snippet is not Python."""
    return f"syntax error: {message}"


def no_module(name: str | None) -> str:
    """An import found nothing."""
    return f"no module named {name!r}"


def exits(code: object) -> str:
    """The entry ends the process when it is imported."""
    return f"it exits ({code!r}) while it is imported"


def startup_failed(why: str) -> str:
    """An ASGI application answered its lifespan's startup with a failure."""
    return f"its startup failed: {why or 'it gives no reason'}"


# Of an application in another process.


def ended() -> str:
    """Its end of the stream is closed."""
    return "its process ended"


def spoke_early() -> str:
    """It answered a request that nobody sent."""
    return "it sent a response before it was asked"


def no_response(why: object) -> str:
    """It sent what cannot be read as a response."""
    return f"it sent anything but a response: {why}"


def no_refusal() -> str:
    """It refuses, and what it says of the reason cannot be read."""
    return "it tells nothing that can be understood"


def unsendable_answer(why: object) -> str:
    """An answer does not fit into a frame."""
    return f"expected an answer, got one of {why}"


# Of an application's answers.


def no_answer(error: str) -> str:
    """The driver raised in place of an answer."""
    return f"expected an answer, got {error}"


def no_answer_of_server(error: Exception, status: int | None) -> str:
    """A production server did not answer; ``status`` is that of its process, once it has ended."""
    end = "" if status is None else f"; the server ended with status {status}"
    return f"expected an answer from the server, got {error!r}{end}"


def raised_in_response() -> str:
    """Part of a response was sent already."""
    return "the application raised in the middle of its response"


def raised_outside() -> str:
    """Tornado's application raised where no handler could answer."""
    return "the application raised outside of its handler"


def finished_without_response() -> str:
    """Tornado's handler ended and had sent nothing."""
    return "the application finished without a response"


def breaks(interface: str, rule: str) -> str:
    """A rule of WSGI or ASGI is broken."""
    return f"the application breaks {interface}: {rule}"


# Of HTTP.


def bad_status(status: int) -> str:
    """A status outside of the five classes."""
    return f"expected a status from 100 to 599, got {status}"


def bad_name(name: str) -> str:
    """A header's name holds a character that no name may have."""
    return f"expected a header's name as in RFC 9110, got {name!r}"


def hop_by_hop(name: str) -> str:
    """A header that speaks of one connection only."""
    return f"the header {name} is the server's to set, not the application's"


def broken_value(name: str, value: str) -> str:
    """A header's value would end the header."""
    return f"the header {name} has a line break or NUL in it: {value!r}"


def wide_value(name: str, value: str) -> str:
    """A header's value has a character above U+00FF."""
    return f"the header {name} is not Latin-1, as HTTP sends it: {value!r}"


def bad_lengths(lengths: Sequence[str]) -> str:
    """Several lengths, or one that is no number."""
    return f"expected one Content-Length, got {lengths}"


def wrong_length(declared: int, length: int) -> str:
    """The body is shorter or longer than the response says."""
    return f"Content-Length says {declared} bytes, the body has {length}"


# Of what a check asks of a response.


def no_header(name: str) -> str:
    """A check reads a header that is not there."""
    return f"expected a header {name}, got none"


def not_text(error: Exception) -> str:
    """A check reads a body as text that cannot be decoded."""
    return f"expected a body of text, got: {error}"


def not_json(start: bytes, media_type: str, error: Exception) -> str:
    """A check reads a body as JSON that is not JSON."""
    return f"expected a JSON body, got {start!r} ({media_type or 'no type'}): {error}"


def too_many_redirects(most: int) -> str:
    """Redirects lead to redirects without end."""
    return f"expected at most {most} redirects, got one more"


def redirect_elsewhere(origin: str, location: str) -> str:
    """A redirect leads to another host or scheme."""
    return f"expected a redirect on {origin}, got {location}"


# Of a check's own mistakes.


def check_returned() -> str:
    """A check is a generator, or returns what nobody reads."""
    return "a check returns nothing"


def bad_target(target: str) -> str:
    """A request's target is no path."""
    return f'a target starts with "/", got {target!r}'


def several_bodies() -> str:
    """A request was given two bodies."""
    return "a request has one body: form and files, json, or body"


def unsendable_header(name: str, value: str) -> str:
    """A header that cannot be sent as it is."""
    return f"a header is one line of Latin-1, got {name}: {value!r}"


# Of what passes between two processes.


def frame_too_long(length: int) -> str:
    """A frame that is received says that it is longer than any may be."""
    return f"a frame of {length} bytes"


def frame_unsendable(length: int, most: int) -> str:
    """A frame that is to be sent would be longer than any may be."""
    return f"{length} bytes, more than the {most} that can be passed on"


def frame_too_deep() -> str:
    """A frame's JSON nests deeper than Python can follow."""
    return "a frame that is nested too deeply"


def frame_not_object() -> str:
    """A frame's JSON is a list, a number, a text."""
    return "a frame that is no object"


def half_a_frame() -> str:
    """The stream ends in the middle of a frame."""
    return "half a frame"


# Of a fence.


def no_step(language: str) -> str:
    """The engine knows a language that the worker does not run."""
    return f"the worker has no step for {language} fences"


def file_unwritten(path: str, error: OSError) -> str:
    """A fence that is a file cannot be laid out."""
    return f"{path} cannot be written: {error.strerror or error}"


def no_shell() -> str:
    """Commands have nothing to run them."""
    return "this machine has no `sh` to run commands with"


# Of its own process.


def not_alone() -> str:
    """The engine believes in a boundary that is not there."""
    return "the sandbox is none: the process is not process 1 of a process table of its own"
