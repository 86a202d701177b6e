"""Why a fence cannot be read: every sentence on the writing of commands, sessions and exchanges."""

from __future__ import annotations

from collections.abc import Iterable

from ...base.problems import did_you_mean
from ..comparing.problems import quoted


class SourceError(Exception):
    """A fence cannot be read: at which of its lines, what is wrong, and the next act."""

    def __init__(self, line: int, message: str, next: str) -> None:
        super().__init__(message)
        self.line = line
        """Counted from 0."""
        self.message = message
        self.next = next
        """Without a full stop, as in `model.Problem`."""


# ``console``


def no_command() -> SourceError:
    return SourceError(0, "there is no command in this fence", 'write one after "$ "')


def before_the_first_command(line: int) -> SourceError:
    return SourceError(
        line,
        "this line stands before the first command",
        'write "$ " before a command; what it prints follows it',
    )


def session_after_command(line: int) -> SourceError:
    return SourceError(
        line,
        "a session of Python begins here, and a command cannot be typed into",
        "end this fence before the command, and write the session as a fence of its own: ```pycon",
    )


def output_without_command(line: int) -> SourceError:
    return SourceError(
        line, "output follows a prompt without a command", "write the command after the prompt"
    )


def quote_never_closes(line: int) -> SourceError:
    return SourceError(
        line,
        "a quote opens in this command and never closes",
        "close it, or write a backslash before it",
    )


def ends_with_backslash(line: int) -> SourceError:
    return SourceError(
        line,
        "this command ends with a backslash, and no line of it follows",
        "write the line that it goes on with, or remove the backslash",
    )


def ends_with_operator(line: int) -> SourceError:
    return SourceError(
        line,
        "this command ends with an operator, and no line of it follows",
        "write the line that it goes on with, or remove the operator",
    )


def block_never_ends(line: int) -> SourceError:
    return SourceError(
        line,
        "a block opens in this command and never ends",
        "write what ends it, such as done, fi, } or )",
    )


def heredoc_never_ends(line: int, delimiter: str) -> SourceError:
    return SourceError(
        line,
        f'the text after "<<" never ends: no line is {delimiter}',
        f"write {delimiter} on a line of its own after its last line",
    )


# ``pycon``


def no_example() -> SourceError:
    return SourceError(0, "there is no example in this fence", 'write one after ">>> "')


def prompt_without_space(line: int) -> SourceError:
    return SourceError(
        line, "the prompt has no space after it", 'write a space after ">>>" and "..."'
    )


def example_not_aligned(line: int) -> SourceError:
    return SourceError(
        line,
        "this line is indented less than its prompt, or its prompt is not in line",
        "indent all lines of an example alike",
    )


def doctest_option_unknown(line: int, option: str, known: Iterable[str]) -> SourceError:
    return SourceError(
        line, f"doctest knows no option {option}", f"write + or - and one of {', '.join(known)}"
    )


def doctest_option_alone(line: int) -> SourceError:
    return SourceError(
        line,
        "an option of doctest stands where nothing is run",
        "write it at the end of the line of its example",
    )


def before_the_first_prompt(line: int) -> SourceError:
    return SourceError(
        line,
        "this line stands before the first prompt",
        'write ">>> " before what is run, and prose outside of the fence',
    )


def printed_by_nothing(line: int) -> SourceError:
    return SourceError(
        line,
        "nothing that is run prints this line",
        'write ">>> " before what is run, and its output after it',
    )


# ``http``

_REQUEST_FIRST = "start with a request line, such as GET /items/7 HTTP/1.1"


def no_request() -> SourceError:
    return SourceError(0, "there is no request in this fence", _REQUEST_FIRST)


def response_without_request(line: int) -> SourceError:
    return SourceError(line, "this response follows no request", _REQUEST_FIRST)


def request_without_response(line: int) -> SourceError:
    return SourceError(
        line,
        "this request has no response",
        "write a blank line, the status line such as HTTP/1.1 200 OK, and what follows it",
    )


def not_a_status_line(line: int, text: str) -> SourceError:
    return SourceError(
        line,
        f"{quoted(text)} is not a status line of HTTP/1.1",
        "write HTTP/1.1, a status from 100 to 599 and its phrase, such as HTTP/1.1 200 OK",
    )


def not_a_request_line(line: int, text: str) -> SourceError:
    return SourceError(
        line, f"{quoted(text)} is not a request line", "write it as GET /items/7 HTTP/1.1"
    )


def method_unknown(line: int, method: str, known: Iterable[str]) -> SourceError:
    known = list(known)
    return SourceError(
        line,
        f'unknown method "{method}"{did_you_mean(method.upper(), known)}',
        f"use one of {', '.join(known)}",
    )


def version_not_text(line: int, version: str) -> SourceError:
    return SourceError(line, f"HTTP/{version} is not written as text on the wire", "write HTTP/1.1")


def target_without_slash(line: int, target: str) -> SourceError:
    return SourceError(
        line,
        f"the target {quoted(target)} does not start with a slash",
        "write the path and the query alone, and a Host header for the host",
    )


def target_not_encoded(line: int, target: str) -> SourceError:
    return SourceError(
        line,
        f"the target {quoted(target)} has characters that no target on the wire has",
        "percent-encode them, a space as %20",
    )


def message_after_message(line: int) -> SourceError:
    return SourceError(
        line, "a message starts in the line after another", "write a blank line before it"
    )


def header_without_colon(line: int, text: str) -> SourceError:
    return SourceError(
        line,
        f"{quoted(text)} is not a header line: it has no colon",
        "write a name, a colon and a value, or a blank line before the body",
    )


def not_a_header_name(line: int, name: str) -> SourceError:
    return SourceError(
        line,
        f"{quoted(name)} is not the name of a header",
        "write the name, a colon and a value, with no space before the colon",
    )


def header_not_latin_1(line: int, name: str) -> SourceError:
    return SourceError(
        line,
        f"the value of {name} is not Latin-1, as HTTP sends it",
        "percent-encode it, or write it as RFC 8187 has it",
    )


def length_not_true(line: int, written: str, size: int) -> SourceError:
    return SourceError(
        line,
        f"the Content-Length is {written}, and the body has {size} bytes",
        f"write Content-Length: {size}, or leave it out: it is added when it is sent",
    )
