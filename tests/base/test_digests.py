"""Digests: the same for the same content, another for every part that matters."""

from __future__ import annotations

from dataclasses import replace

from fieldguide.base import digests
from fieldguide.base.paths import ENGINE
from fieldguide.model import Contract, Deviation, Location, Snippet

AT = Location("snippets/routing/flask/app.py")
SNIPPET = Snippet("routing/flask", "routing", "flask", {"app.py": b"app = 1"}, "app.py", AT)
CONTRACT = Contract("routing", (), "def test_a(client): ...", Location("snippets/contract.py"))


def test_the_digest_of_a_content() -> None:
    assert digests.digest(b"") == "e3b0c44298fc1c149afbf4c8996fb924"
    assert digests.digest(b"a") != digests.digest(b"b")


def test_files_count_with_their_names_and_not_by_their_order() -> None:
    digest = digests.files_digest({"a": b"1", "b": b"2"})
    assert digest == digests.files_digest({"b": b"2", "a": b"1"})
    others = [{"a": b"2", "b": b"1"}, {"a": b"1", "c": b"2"}, {"a": b"1"}, {"a": b"1b", "": b"2"}]
    assert digest not in map(digests.files_digest, others)


def test_the_source_of_a_snippet_is_all_that_a_page_shows_of_it() -> None:
    deviation = Deviation("test_a", "it cannot", AT, "https://a.example", (404,), "404")
    changed = [
        (SNIPPET, replace(CONTRACT, source="def test_b(client): ...")),
        (replace(SNIPPET, files={"app.py": b"app = 2"}), CONTRACT),
        (replace(SNIPPET, main="main.py"), CONTRACT),
        (replace(SNIPPET, deviations=(deviation,)), CONTRACT),
        (replace(SNIPPET, deviations=(replace(deviation, reason="never"),)), CONTRACT),
        (replace(SNIPPET, deviations=(replace(deviation, source="https://b.example"),)), CONTRACT),
        (replace(SNIPPET, deviations=(replace(deviation, answers=(500,)),)), CONTRACT),
        (replace(SNIPPET, deviations=(replace(deviation, got="500"),)), CONTRACT),
    ]
    values = [digests.source_digest(SNIPPET, CONTRACT)]
    values += [digests.source_digest(snippet, contract) for snippet, contract in changed]
    assert len(set(values)) == len(values)
    moved = replace(SNIPPET, location=replace(AT, line=9))
    assert digests.source_digest(moved, CONTRACT) == values[0]


def test_what_judges_is_digested_by_folder() -> None:
    assert all((ENGINE / part).is_dir() for part in digests.JUDGING)
    assert digests.engine_digest() == digests.engine_digest()
    assert len(digests.engine_digest()) == 32
