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
NO_RULES = "its robots.txt cannot be read"
CHALLENGE = "it asks whether a person reads it, and answers no programs"
NO_REDIRECT = "it redirects to what is no address"


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


def tired(seconds: float) -> str:
    """A host that takes too long in all."""
    return f"its host took more than {seconds:.0f} s in all, and is asked for nothing more"


def strange(error: str) -> str:
    """An answer that is not even wrong in a way that is known."""
    return f"it answers in a way that cannot be read ({error})"


# Why a page cannot tell what is gone

TOO_LONG = "more than 2 MiB of it are not read"
PART = "only a part of it was sent"
NO_END = "nothing says where it ends"
EMPTY = "it is empty"
NOT_UNPACKED = "it cannot be unpacked whole"
LEADS_ON = "it leads on to another page by itself"
PERHAPS_CHALLENGE = "perhaps it asks whether a person reads it"
MANY_UNREADABLE = "pages of its host could not be read before"


def packed(name: str) -> str:
    """A page that came packed as nobody asked for."""
    return f'it is packed as "{name}", which was not asked for'


def unread_characters(name: str) -> str:
    """A page whose bytes are not in the encoding that it names."""
    return f'its characters cannot be read as "{name}"'


def unreadable(reason: str) -> str:
    """A page of which the program that reads pages has died."""
    return f"its page cannot be read: {reason}"


# Why the program that reads pages has died

NO_READER = "the program that reads pages cannot be started"
DIED = "the program that reads it has died of it"


def too_slow(seconds: float) -> str:
    """A page that takes a reader too long."""
    return f"it takes more than {seconds:.0f} s of processor time"


def too_large(megabytes: int) -> str:
    """A page that takes a reader too much memory."""
    return f"it takes more than {megabytes} MiB of memory"


def too_many_bytes(megabytes: int) -> str:
    """A built page that is larger than any page."""
    return f"it has more than {megabytes} MiB"


# What a verdict says


def doubtful_place(names: Iterable[str], reason: str) -> str:
    """A page that does not tell whether it has the places that are linked to."""
    return f"whether the page has a place named {', '.join(names)} cannot be told: {reason}"


MADE_BY_PROGRAM = "a program makes the page"


def refused_redirect(url: str, reason: str) -> str:
    """A page that leads where no request is sent to."""
    return f"it redirects to {url}, which is not asked for: {reason}"


def front_page_unread(url: str) -> str:
    """A redirect to the front page that nobody has seen as a page."""
    return f"it leads to the front page, {url}, which could not be read"


def unjudged(error: str) -> str:
    """An answer that the rules below do not know what to do with."""
    return f"its answer cannot be judged ({error})"


def nowhere(code: int) -> str:
    """A redirect to nothing, or an answer to a question that was not asked."""
    return f"its status is {code}, which says nothing here"


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
