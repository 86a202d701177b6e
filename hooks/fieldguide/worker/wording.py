"""Every sentence that the worker says of an application, a contract or a fence, in words."""

from __future__ import annotations

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


def other_count(requests: int) -> str:
    """It answered more or less often than it was asked."""
    return f"expected an answer to each of {requests}"


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


def no_tls_here() -> str:
    """Why a check with a visitor over https is left out over sockets."""
    return "the server is asked without TLS here, so nobody comes over https"


def no_mount_here() -> str:
    """Why a check with a mounted application is left out over sockets."""
    return "the server serves the application alone here, mounted at no path"


def no_address_here(address: str) -> str:
    """Why a check with a visitor from elsewhere is left out over sockets."""
    return f"over a socket nobody on this machine can ask from {address}"


def at_once_here(server: str, most: int, requests: int) -> str:
    """Why a check with requests that are under way at once is left out over sockets."""
    return f"{server} answers {most} at once as its page starts it, and the check sends {requests}"


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


# Of a contract and its checks.


def nested_too_deeply() -> str:
    """Python can read a contract, and not follow it."""
    return "its expressions or blocks are nested too deeply"


def check_returned() -> str:
    """A check is a generator, or returns what nobody reads."""
    return "a check returns nothing"


# Of a fence.


def no_step(language: str) -> str:
    """The engine knows a language that the worker does not run."""
    return f"the worker has no step for {language} fences"


def file_unwritten(path: str, error: OSError) -> str:
    """A fence that is a file cannot be laid out."""
    return f"{path} cannot be written: {error.strerror or error}"


def no_shell() -> str:
    """Commands have nothing to run them."""
    return "this machine has no shell with a terminal to run commands in"


def port_taken(port: int, process: int, name: str, own: bool) -> str:
    """Who listens at a port that a command wanted to have; ``process`` is 0 for an unknown one."""
    if own:
        return f"port {port} is held by {name}, which an earlier command of this group started"
    if process:
        return f"port {port} is held by {name}, process {process} of this machine"
    return f"port {port} is held by a process of somebody else"


# Of its own process.


def not_alone() -> str:
    """The engine believes in a boundary that is not there."""
    return "the sandbox is none: the process is not process 1 of a process table of its own"
