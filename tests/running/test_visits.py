"""A second visitor, time that passes, requests at once: the same wherever an application runs."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest
from miniature import ROOT, by_id, miniature

from fieldguide.commands.verify.options import VerifyOptions
from fieldguide.commands.verify.run import verify
from fieldguide.model import CheckResult, Outcome, Result
from fieldguide.running.sandbox import Mode

CASES = Path(__file__).parents[1] / "cases" / "visits"
SERVED = {
    "flask": "wsgi.py",  # under gunicorn
    "bottle": "wsgi.py",  # under waitress
    "falcon": "asgi.py",  # under uvicorn
    "tornado": "tornado_app.py",
}
STRICT = VerifyOptions(mode=Mode.STRICT)
PLACES = {
    "in process": VerifyOptions(mode=Mode.OFF),
    "judge apart": STRICT,
    "fresh": VerifyOptions(mode=Mode.OFF, fork=False),
    "sockets": VerifyOptions(server=True),
}
LEFT_OUT = {
    "test_over_https": "the server is asked without TLS here, so nobody comes over https",
    "test_from_elsewhere": "over a socket nobody on this machine can ask from 203.0.113.9",
}
ONE_AT_A_TIME = "gunicorn answers 1 at once as its page starts it, and the check sends 2"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {"visits/contract.py": (CASES / "contract.py").read_bytes()}
    files |= {f"visits/{name}/app.py": (CASES / file).read_bytes() for name, file in SERVED.items()}
    return miniature(tmp_path_factory.mktemp("visits"), SERVED, files, preload=False)


@pytest.fixture(scope="module", params=PLACES)
def ran(request: pytest.FixtureRequest, root: Path) -> tuple[str, dict[str, Result]]:
    """The results of one place, by framework."""
    place: str = request.param
    return place, by_id(verify(root, ["visits"], PLACES[place]))


@pytest.mark.parametrize("name", SERVED)
def test_every_place_gives_the_same(name: str, ran: tuple[str, dict[str, Result]]) -> None:
    place, results = ran
    result = results[f"visits/{name}"]
    assert result.failure is None, result.failure
    left_out = dict(LEFT_OUT) if place == "sockets" else {}
    if place == "sockets" and name == "flask":
        left_out["test_two_together"] = ONE_AT_A_TIME
    found = {check.check.name: check.left_out for check in result.checks if check.left_out}
    assert found == left_out
    failed = [
        (check.check.name, check.failure and check.failure.message)
        for check in result.checks
        if check.outcome is not Outcome.PASSED and not check.left_out
    ]
    assert failed == [("test_a_wait_in_vain", "expected it within 0.1 s, got False")]


def notes(check: CheckResult) -> list[str]:
    return [exchange.note for exchange in check.exchanges]


def test_what_was_done_is_told_with_the_exchanges(ran: tuple[str, dict[str, Result]]) -> None:
    _, results = ran
    for result in results.values():
        checks = {check.check.name: check for check in result.checks}
        second, third = "visitor 2, from 127.0.0.2", "visitor 3, from 127.0.0.9"
        assert notes(checks["test_a_second_visitor"]) == ["", second, third, "", "", second]
        assert notes(checks["test_time_passes"]) == ["", "", "0.5 s later"]
        assert notes(checks["test_until"]) == ["", "within 1.5 s"]
        if not checks["test_two_together"].left_out:
            at_once = ["1 of 2 at once", f"{second}; 2 of 2 at once"]
            assert notes(checks["test_two_together"]) == at_once


def test_what_contributing_shows_runs(tmp_path: Path) -> None:
    """Its contract is held against the applications here, with the judge apart."""
    written = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    start = written.index('    """What several visitors see')
    source = dedent(written[start : written.index("    ```", start)])
    files = {"shown/contract.py": source}
    files |= {f"shown/{name}/app.py": (CASES / file).read_text() for name, file in SERVED.items()}
    report = verify(miniature(tmp_path, SERVED, files, preload=False), ["shown"], STRICT)
    assert [result.failure for result in report.results] == [None] * len(SERVED)
    assert {result.outcome for result in report.results} == {Outcome.PASSED}
    assert {len(result.checks) for result in report.results} == {4}
