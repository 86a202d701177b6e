"""What a contract's assertions say, and that they keep their meaning."""

from __future__ import annotations

import ast
import contextlib
from types import SimpleNamespace
from typing import Any

import pytest

from fieldguide.worker.contract.assertions import CheckFailed, compile_contract, hooks
from fieldguide.worker.values import SHOWN, show

RESPONSE = SimpleNamespace(
    status=500, text="Hello", body=b"", headers=["Allow"], media_type="text/html"
)


def run(source: str, **names: Any) -> dict[str, Any]:
    space = {**hooks(), "response": RESPONSE, **names}
    exec(compile_contract(source, "contract.py"), space)
    return space


def failure(source: str, **names: Any) -> CheckFailed:
    with pytest.raises(CheckFailed) as caught:
        run(source, **names)
    return caught.value


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("response.status == 404", "expected 404, got 500"),
        ("404 == response.status", "expected 404, got 500"),
        ("response.status != 500", "expected anything but 500, got 500"),
        ("response.status < 500", "expected less than 500, got 500"),
        ("response.status <= 499", "expected at most 499, got 500"),
        ("response.status > 500", "expected more than 500, got 500"),
        ("response.status >= 501", "expected at least 501, got 500"),
        ("600 < response.status", "expected more than 600, got 500"),
        ("600 <= response.status", "expected at least 600, got 500"),
        ("200 <= response.status < 300", "expected less than 300, got 500"),
        ("501 <= response.status < 600", "expected at least 501, got 500"),
        ("response.text is None", "response.text: expected None, got 'Hello'"),
        ("None is not None", "None: expected anything but None, got None"),
        ("response.status in (200, 201)", "expected one of (200, 201), got 500"),
        ("response.status not in {500}", "expected none of {500}, got 500"),
        (
            "response.media_type in ('a/b', 'c/d')",
            "response.media_type: expected one of ('a/b', 'c/d'), got 'text/html'",
        ),
        ("'x' in response.text", "response.text: expected 'x' in it, got 'Hello'"),
        ("word in response.text", "response.text: expected 'w' in it, got 'Hello'"),
        ("'Hell' not in response.text", "response.text: expected no 'Hell' in it, got 'Hello'"),
        ("'Vary' in response.headers", "response.headers: expected 'Vary' in it, got ['Allow']"),
        ("'GET' in methods('POST')", "methods('POST'): expected 'GET' in it, got {'POST'}"),
        ("methods('A') == {'B'}", "methods('A'): expected {'B'}, got {'A'}"),
        ("response.text.isdigit()", "expected `response.text.isdigit()`, got False"),
        ("response.body", "expected `response.body`, got b''"),
        ("not response.text", "expected `not response.text`, got 'Hello'"),
        ("False or response.body", "expected `False or response.body`, got b''"),
        ("response.text and response.body", "expected `response.body`, got b''"),
        ("response.status == 500 and response.status == 404", "expected 404, got 500"),
        ("response.status == 404, 'the missing page'", "the missing page: expected 404, got 500"),
        ("response.body, f'{response.status}'", "500, got b''"),
    ],
)
def test_the_message(source: str, message: str) -> None:
    error = failure(f"assert {source}", word="w", methods=lambda text: {text})
    assert str(error) == message


def test_both_sides_are_kept_apart() -> None:
    error = failure("assert response.status == 404")
    assert (error.expected, error.actual) == ("404", "500")


@pytest.mark.parametrize(
    "source",
    [
        "assert response.status == 500",
        "assert 500 == response.status != 404",
        "assert 100 <= response.status < 600, fail('not evaluated')",
        "assert 'Hell' in response.text and response.text",
        "assert not response.body",
        "assert response.body or response.text",
        "assert (n := response.status) == 500 and n == 500",
        "if response.text:\n    assert response.status == 500\nelse:\n    assert False",
    ],
)
def test_what_holds_says_nothing(source: str) -> None:
    run(source)


def test_each_side_is_evaluated_once_and_in_order() -> None:
    calls: list[int] = []

    def call(value: int) -> int:
        calls.append(value)
        return value

    run("assert call(1) < call(2) < call(3)", call=call)
    assert calls == [1, 2, 3]
    calls.clear()
    failure("assert call(1) == call(2)", call=call)
    assert calls == [1, 2]


def test_a_chain_stops_where_it_breaks() -> None:
    calls: list[int] = []

    def call(value: int) -> int:
        calls.append(value)
        return value

    failure("assert call(5) < call(2) < call(3)", call=call)
    assert calls == [5, 2]
    calls.clear()
    failure("assert call(0) and call(1)", call=call)
    assert calls == [0]


def test_the_message_is_evaluated_only_on_failure() -> None:
    calls: list[str] = []
    source = "assert response.status == {}, calls.append('message') or 'said'"
    run(source.format(500), calls=calls)
    assert calls == []
    assert str(failure(source.format(404), calls=calls)) == "said: expected 404, got 500"
    assert calls == ["message"]


def test_an_assertion_inside_a_function_knows_its_names() -> None:
    source = """
def check(client):
    wanted = 404
    for status in (404, 500):
        assert status == wanted, f"of {client}"
check("a client")
"""
    assert str(failure(source)) == "of a client: expected 404, got 500"


def test_an_exception_inside_keeps_its_type() -> None:
    with pytest.raises(TypeError):
        run("assert None < 3")
    with pytest.raises(NameError):
        run("assert nothing == 3")


def test_a_failure_names_the_line_of_the_contract() -> None:
    with pytest.raises(CheckFailed) as caught:
        run("\n\nassert (\n    response.status\n    == 404\n)")
    lines = [entry.lineno + 1 for entry in caught.traceback if str(entry.path) == "contract.py"]
    assert lines == [3]


def test_a_syntax_error_stays_one() -> None:
    with pytest.raises(SyntaxError):
        compile_contract("assert (", "contract.py")


class Hostile:
    def __repr__(self) -> str:
        raise RuntimeError("no repr")


def test_a_repr_that_raises_is_named() -> None:
    message = "value: expected 1, got <Hostile whose repr raises RuntimeError>"
    assert str(failure("assert value == 1", value=Hostile())) == message


def test_a_huge_repr_is_cut() -> None:
    assert len(str(failure("assert value == ''", value="x" * 10_000_000))) < 2 * SHOWN
    assert show("x" * 1000) == f"'{'x' * (SHOWN - 1)}... (1002 characters)"


def test_an_unusual_comparison_does_not_break_the_message() -> None:
    class Truthless:
        def __eq__(self, other: object) -> Any:
            return []

        __hash__ = None  # type: ignore[assignment]

    assert "expected 1" in str(failure("assert value == 1", value=Truthless()))


@pytest.mark.parametrize(
    "expression",
    ["-" * 2500 + "1", "a" + ".b" * 1500, "+".join(["a"] * 3000), "(a" * 190 + ")" * 190],
    ids=["unary", "attributes", "sums", "calls"],
)
def test_what_is_nested_too_deeply_is_a_syntax_error_or_runs(expression: str) -> None:
    """Which of the two, depends on the Python; never is it another exception."""
    with contextlib.suppress(SyntaxError):
        compile_contract(f"def test_it(client):\n    assert {expression}\n", "contract.py")


def test_what_python_cannot_follow_says_so() -> None:
    with pytest.raises(SyntaxError, match="nested too deeply"):
        compile_contract(f"assert a{'.b' * 20_000}\n", "contract.py")


def test_a_condition_over_several_lines_is_told_as_it_stands() -> None:
    source = "assert (\n    'ü' == 'ü' and  # ü\n    'ü'.isdigit(\n    )\n)"
    assert str(failure(source)) == "expected `'ü'.isdigit(\n    )`, got False"


def test_the_source_is_split_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else ten thousand assertions take minutes."""
    split: list[str] = []

    def once(source: str, *_: object, **__: object) -> None:
        split.append(source)

    monkeypatch.setattr(ast, "get_source_segment", once)
    run("assert 1\n" * 10_000)
    assert split == []


@pytest.mark.parametrize("source", [f"x = a{'.b' * 20_000}\n", "x = 1\n" * 20_000])
def test_a_contract_that_is_not_for_people_is_left_to_the_children(source: str) -> None:
    """Nobody watches the warm process, which compiles the others for all of them."""
    zygote = pytest.importorskip("fieldguide.worker.process.zygote")
    before = compile_contract.cache_info().currsize
    zygote._remember_contract(source)
    assert compile_contract.cache_info().currsize == before
