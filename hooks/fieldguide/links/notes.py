"""What a person is told of one link, in words: why there is no answer, or what is amiss."""

from __future__ import annotations

from collections.abc import Iterable

# Why there is no answer

NO_ADDRESS = "it is no address"
WITH_PASSWORD = "it holds a name or a password"  # a sentence
NO_CONNECTION = "no connection can be made"
CUT = "it ends the connection in the middle"
CIRCLE = "its redirects lead in a circle"
ROBOTS = "its robots.txt does not want us there"


def port(number: int) -> str:
    """An address with a port that is not asked."""
    return f"port {number} is not asked"


def scheme(name: str) -> str:
    """An address with a scheme that is not asked: ``ftp:``."""
    return f'"{name}:" is not asked'


def private(host: str, address: str) -> str:
    """A host whose name leads into somebody's own network."""
    return f"{host} is {address}, which is no public address"


def unresolved(host: str) -> str:
    """A name that no IP address is known for."""
    return f"{host} has no address"


def silent(seconds: float) -> str:
    """A host that takes too long."""
    return f"no answer within {seconds:.0f} s"


def certificate(reason: str) -> str:
    """A host that cannot show that it has its name."""
    return f"its certificate does not hold: {reason}"


def redirects(most: int) -> str:
    """An address that leads on and on."""
    return f"it redirects more than {most} times"


# What a verdict says


def not_asked(reason: str) -> str:
    """An address that no request is sent to."""
    return f"not asked for: {reason}"


def unchecked(reason: str) -> str:
    """An address of which nothing can be said."""
    return f"could not be checked: {reason}"


def not_for_programs(code: int | None) -> str:
    """A status that says something of us, not of the page."""
    return f"{code}: it does not answer programs"


def absent(code: int) -> str:
    """A status that says that the page is gone."""
    return f"{code}: the page is not there"


def status(code: int) -> str:
    """A status that says that something failed."""
    return f"its status is {code}"


def absent_in_words(code: int, words: str) -> str:
    """A page that is gone and says so only in its text."""
    return f'it answers {code} and says that there is nothing: "{words}"'


def front_page(url: str) -> str:
    """A page that is gone and leads to the front page instead."""
    return f"it leads to the front page, {url}: the page itself is gone"


def no_place(names: Iterable[str]) -> str:
    """A page without the places that are linked to."""
    return f"the page has no place named {', '.join(names)}"


def moved(url: str) -> str:
    """An address that redirects for good."""
    return f"it has moved to {url}"


# What looks as if the page were another one now

OTHER_TEXT = "its text is not the one that it had"


def other_owner(domain: str) -> str:
    """An address that leads to somebody else."""
    return f"it leads to another owner's site, {domain}: perhaps it was sold or taken over"


def other_title(now: str, then: str | None) -> str:
    """A page whose title has no word in common with the one that it had."""
    return f'its title is "{now}", and it was "{then}"'
