"""What the options of a verification mean together."""

from __future__ import annotations

from fieldguide.commands.verify.options import VerifyOptions
from fieldguide.running.sandbox import Mode


def options(**changes: object) -> VerifyOptions:
    return VerifyOptions(mode=Mode.OFF, **changes)  # type: ignore[arg-type]


def test_a_plain_run_reads_and_keeps_passes_and_is_rendered() -> None:
    plain = options()
    assert (plain.reads_cache, plain.writes_cache, plain.renders) == (True, True, True)
    assert plain.for_snippets == ""


def test_results_under_a_server_are_kept_and_not_rendered() -> None:
    served = options(server=True)
    assert (served.reads_cache, served.writes_cache, served.renders) == (True, True, False)
    assert served.for_snippets == "--server"


def test_results_on_a_database_are_neither_kept_nor_rendered() -> None:
    filled = options(database="postgresql://db/x")
    assert (filled.reads_cache, filled.writes_cache, filled.renders) == (False, False, False)
    assert filled.for_snippets == "--database"


def test_an_environment_is_checked_where_nothing_else_is_believed_either() -> None:
    assert not options().checks_environments
    assert options(use_cache=False).checks_environments
    assert VerifyOptions(mode=Mode.STRICT).checks_environments


def test_without_the_cache_passes_are_still_kept() -> None:
    afresh = options(use_cache=False)
    assert (afresh.reads_cache, afresh.writes_cache) == (False, True)
