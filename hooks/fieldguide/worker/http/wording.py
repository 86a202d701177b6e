"""Every sentence about a request or a response that breaks a rule of HTTP, and about frames."""

from __future__ import annotations

from collections.abc import Sequence

from ..values import show

_SHORT = 200
"""Characters of a text in a sentence."""

# Of an answer.


def bad_status(status: object) -> str:
    """A status outside of the five classes, or no whole number."""
    return f"expected a status from 100 to 599, got {show(status)}"


def not_final(status: int) -> str:
    """A status of 1xx, after which an answer is still to come."""
    after = "another protocol, which no check speaks" if status == 101 else "the answer itself"
    return f"{status} is no answer yet: after it comes {after}"


def bad_reason(reason: str) -> str:
    """A reason phrase that would end the status line, or that HTTP cannot send."""
    return f"the reason phrase is not one line of Latin-1: {show(reason)}"


def no_text() -> str:
    """A reason or a header that is no text."""
    return "expected texts as reason and headers, got something else"


def head_too_long(fields: int, length: int, most_fields: int, most: int) -> str:
    """A status line with headers that no client takes."""
    return (
        f"expected at most {most_fields} headers of {most} bytes together, "
        f"got {fields} of {length} bytes"
    )


def more_headers(count: int) -> str:
    """In place of headers that are not shown."""
    return f"{count} more"


def bad_name(name: str) -> str:
    """A header's name holds a character that no name may have."""
    return f"expected a header's name as in RFC 9110, got {show(name)}"


def hop_by_hop(name: str) -> str:
    """A header that speaks of one connection only."""
    return f"the header {name} is the server's to set, not the application's"


def broken_value(name: str, value: str) -> str:
    """A header's value would end the header."""
    return f"the header {name} has a line break or NUL in it: {show(value)}"


def wide_value(name: str, value: str) -> str:
    """A header's value has a character above U+00FF."""
    return f"the header {name} is not Latin-1, as HTTP sends it: {show(value)}"


def bad_lengths(lengths: Sequence[str]) -> str:
    """Several lengths, or one that is no number."""
    return f"expected one Content-Length, got {lengths}"


def wrong_length(declared: str, length: int) -> str:
    """The body is shorter or longer than the response says."""
    return f"Content-Length says {declared[:_SHORT]} bytes, the body has {length}"


# Of what a check asks of a response.


def no_header(name: str) -> str:
    """A check reads a header that is not there."""
    return f"expected a header {name}, got none"


def not_text(error: Exception) -> str:
    """A check reads a body as text that cannot be decoded."""
    return f"expected a body of text, got: {error}"


def unknown_charset(charset: str) -> str:
    """A body is in a charset that only Python knows, or nobody."""
    return f"expected a body of text, got one in {show(charset)}, which no browser reads"


def no_number(name: str) -> str:
    """A body of JSON holds what only looks like a number of it: NaN, Infinity."""
    return f"{name} is no number of JSON"


def nested_too_deeply() -> str:
    """A body of JSON nests deeper than Python can follow."""
    return "it is nested too deeply"


def not_json(start: bytes, media_type: str, error: object) -> str:
    """A check reads a body as JSON that is not JSON."""
    return f"expected a JSON body, got {start!r} ({media_type or 'no type'}): {error}"


def too_many_redirects(most: int) -> str:
    """Redirects lead to redirects without end."""
    return f"expected at most {most} redirects, got one more"


def redirect_elsewhere(origin: str, location: str) -> str:
    """A redirect leads to another host or scheme."""
    return f"expected a redirect on {origin}, got {location}"


def redirect_nowhere(location: str, error: Exception) -> str:
    """A redirect to what is no address."""
    return f"expected a redirect to an address, got {show(location)}: {error}"


# Of a request that cannot be sent.


def bad_target(target: str) -> str:
    """A request's target is no path."""
    return f'a target starts with "/", got {target!r}'


def too_many_exchanges(most: int) -> str:
    """A check asks for ever."""
    return f"a check sends at most {most} requests"


def too_many_together(most: int) -> str:
    """More requests at once than any check needs."""
    return f"a check sends at most {most} requests together"


def waits_too_long(seconds: float, most: float) -> str:
    """A check waits longer than all of its waits may take, or back in time."""
    return f"a check waits at most {most:g} s in all, got {seconds!r} more"


def waited_in_vain(seconds: float, answer: object) -> str:
    """What a check waits for did not come."""
    return f"expected it within {seconds:g} s, got {show(answer)}"


def unknown_scheme(scheme: object) -> str:
    """A visitor comes over what is no HTTP."""
    return f"a visitor comes over http or https, got {show(scheme)}"


def bad_root(root: str) -> str:
    """The path that an application is mounted at cannot be one."""
    return f'a root starts with "/" and does not end with it, got {root!r}'


def outside_of_root(root: str, target: str) -> str:
    """A request goes past the application: the server would answer it."""
    return f"a target of this visitor starts with {root!r}, got {target!r}"


def several_bodies() -> str:
    """A request was given two bodies."""
    return "a request has one body: form and files, json, or body"


def unsendable_header(name: str, value: str) -> str:
    """A header that cannot be sent as it is."""
    return f"a header is one line of Latin-1, got {name}: {value!r}"


# Beside an exchange: whose it is, and when it was.


def visitor(number: int, address: str, scheme: str, root: str) -> str:
    """Who asks, where that is not the first visitor."""
    over = ", over https" if scheme == "https" else ""
    below = f", below {root}" if root else ""
    return f"visitor {number}, from {address}{over}{below}"


def waited(seconds: float) -> str:
    """The check waited before it."""
    return f"{seconds:g} s later"


def within(seconds: float) -> str:
    """The check asked again and again until it came."""
    return f"within {seconds:g} s"


def together(number: int, of: int) -> str:
    """It was one of several requests that were under way at once."""
    return f"{number} of {of} at once"


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
