"""Pages of any kind: what is scanned is what the site shows."""

from __future__ import annotations

from collections import Counter

import any_file
import oracle
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pymdownx.snippets import SnippetMissingError  # type: ignore[import-untyped]

from fieldguide.base import bounds, problems
from fieldguide.base.problems import ProblemError, Problems
from fieldguide.model import Location
from fieldguide.pages.fences import info_string
from fieldguide.pages.fences import scan as fences_scan

FEW = settings(max_examples=25, deadline=None, derandomize=True)
MANY = settings(max_examples=150, deadline=None, derandomize=True)

MARKS = st.sampled_from(["```", "```", "```", "~~~", "````", "~~~~~"])
INFOS = st.sampled_from(
    [
        "", "python", " python", "py", ".python", "{.python}", "python {.run}", "python run",
        "python{.run}", 'python title="a"', 'python title="a" {.run}', "python {.run",
        "text {.output}", 'console {.run data-exit="1"}', "c++", "html+jinja",
        'python hl_lines="x"', 'python hl_lines="1-2" linenums="1"', "python {: .x }", "`x`", "!",
        "python {.a #b c=d}",
    ]
)  # fmt: skip
WORDS = st.sampled_from(
    [
        "text", "# Title", "a | b", "--- | ---", "Title", "===", "---", "    code", "\ttab",
        "* * *", "[^1]", "[link](x)", "![image](x)", "`code`", "```", "~~~", "term",
        ": what it is", "> quote", "1. one", "* item", "::: totals", '--8<-- "x.py"', "a  b\x0cc",
        "x\x1cy\u2028z\x85", "\x0b",
        "print()", "  two", "`` a ``", "*a*", "key: value", "\u00e9t\u00e9", "===  \"x\"",
    ]
)  # fmt: skip
LINES = st.lists(WORDS | st.just(""), max_size=3)
CONTAINERS = st.sampled_from(
    [
        ("", ""), ("- a", "    "), ("- ", "  "), ("1. a", "    "), ("1. a", "   "),
        ('!!! note "a"', "    "), ("??? tip", "    "), ("???+ tip", "    "), ('=== "a"', "    "),
        ('=== "b"', "    "), ("[^1]: note", "    "), ("[^2]:", "    "), ("term", ":   "),
        ("term", "    "), ("> a", "> "), ("> a", ">"), (">", "> "), ("text", ""), ("text", "    "),
        ("- a", "\t"), ('!!! note "a"', "\t"), ("", "  "), ("", "   "), ("", "    "),
    ]
)  # fmt: skip
HTML = st.sampled_from(
    [
        ("<!--", "-->"), ("<div>", "</div>"), ("<div markdown>", "</div>"), ("<p>", "</p>"),
        ("<details markdown><summary>a</summary>", "</details>"), ("<pre>", "</pre>"),
        ("<!-- a -->", ""), ("<hr>", "<br>"), ("text <!-- a", "b -->"), ("<span>", "</span>"),
        ("<div markdown=block>\n<p markdown=span>", "</p>\n</div>"), ("  <!--", "  -->"),
    ]
)  # fmt: skip


def indented(lines: list[str], by: str) -> list[str]:
    return [line and by + line for line in lines]


@st.composite
def fence(draw: st.DrawFn) -> list[str]:
    marks, info = draw(MARKS), draw(INFOS)
    closing = draw(st.sampled_from([marks, marks, marks, marks, marks + marks[0], f" {marks}", ""]))
    inner = draw(st.lists(st.sampled_from(["x = 1", "", "  y", "\tz", "> q", "# a"]), max_size=3))
    return [marks + info, *inner, *([closing] if closing else [])]


def nested(inner: st.SearchStrategy[list[str]]) -> st.SearchStrategy[list[str]]:
    @st.composite
    def container(draw: st.DrawFn) -> list[str]:
        head, by = draw(CONTAINERS)
        blank = draw(st.sampled_from([[""], [""], []]))
        body = indented([line for part in draw(st.lists(inner, max_size=3)) for line in part], by)
        if by.startswith(":") and body:
            body = [body[0], *(line.replace(":", " ", 1) for line in body[1:])]
        return [*([head] if head else []), *blank, *body, *draw(st.sampled_from([[""], []]))]

    @st.composite
    def html(draw: st.DrawFn) -> list[str]:
        opens, closes = draw(HTML)
        blank = draw(st.sampled_from([[""], []]))
        return [opens, *blank, *draw(inner), *blank, *([closes] if closes else [])]

    return container() | container() | html()


BLOCKS = st.recursive(
    fence() | fence() | LINES.map(lambda lines: [*lines, ""]), nested, max_leaves=6
)
PAGES = st.builds(
    lambda front, parts, newline, last, bom: (
        bom + newline.join([*front, *(line for part in parts for line in part)]) + last
    ),
    st.sampled_from([[], [], [], ["---", "title: a", "---", ""], ["a: b", "c: d", ""]]),
    st.lists(BLOCKS, max_size=5),
    st.sampled_from(["\n", "\n", "\r\n", "\r"]),
    st.sampled_from(["", "\n", "\n\n"]),
    st.sampled_from(["", "", "\ufeff"]),
)


def agrees(text: str) -> None:
    """The scan holds what a reader sees, and points at the lines where it stands."""
    page = fences_scan.scan("page.md", text)
    shown = oracle.shown(text)
    assert Counter((fence.language, fence.source) for fence in page.fences) == Counter(shown)
    lines = oracle.lines(text)
    for fence in page.fences:
        assert fence.location.line is not None
        assert fence.location.end_line is not None
        source = fence.source.split("\n") if fence.lines else []
        assert len(source) == len(fence.lines)
        numbers = [place.line or 0 for place in fence.lines]
        assert numbers == list(range(fence.location.line + 1, fence.location.end_line))
        for number, line in zip(numbers, source, strict=True):
            assert lines[number - 1].strip("\t >").endswith(line.strip("\t >").split("\t")[-1])
        assert fence.info in lines[fence.location.line - 1].expandtabs(4)
        assert info_string.parse(Problems(), fence.info, Location("x"))[0] == fence.language
    for problem in page.problems:
        assert 1 <= (problem.location.line or 0) <= len(lines)
        assert problems.line(problem)


@FEW
@given(PAGES)
@example("a\n\n    ```\n    code\n    ```\n")
def test_any_page(text: str) -> None:
    agrees(text)


@pytest.mark.whole
@MANY
@given(PAGES)
def test_any_of_many_pages(text: str) -> None:
    agrees(text)


@MANY
@given(
    st.text(st.sampled_from('`~>- \t\r\n{}.="ab:!?[]^<#1|\\*_&;\x0c\x02\x03\u2028'), max_size=80)
)
def test_any_text_is_scanned(text: str) -> None:
    page = fences_scan.scan("page.md", text)
    for problem in page.problems:
        assert problems.line(problem)
    assert "".join(line for _, line, _ in fences_scan.lines("docs/page.md", text)) == "".join(
        oracle.lines(text.removeprefix("\ufeff"))
    )


INCLUDING = st.lists(
    st.sampled_from(
        [
            '--8<-- "a.py"', '    --8<-- "a.py:one"', '--8<-- "b.md"', "  --8<-- 'b.md:two'",
            '\t--8<-- "a.py"', ';--8<-- "a.py"', ';;--8<-- "a.py"', '--8<-- ";a.py"', "--8<--",
            "-8<-", "a.py", "  b.md:two", "; a.py", "# --8<-- [start:one]", "# --8<-- [end:one]",
            "  # --8<-- [start:two]", "# -8<- [ END : two ]", ";--8<-- [start:one]", "```py", "```",
            "    ~~~", "x = 1", "    y", "", "- a", "\tz", "a\x0cb", "> q", '--8<-- "a.py" ',
        ]
    ),
    max_size=8,
)  # fmt: skip


PARTS = (INCLUDING, INCLUDING, INCLUDING, st.sampled_from(["\n", "\r\n"]))


@FEW
@given(*PARTS)
def test_any_include(
    tmp_path_factory: pytest.TempPathFactory,
    page: list[str],
    code: list[str],
    other: list[str],
    newline: str,
) -> None:
    includes_agree(tmp_path_factory, page, code, other, newline)


@pytest.mark.whole
@MANY
@given(*PARTS)
def test_any_of_many_includes(
    tmp_path_factory: pytest.TempPathFactory,
    page: list[str],
    code: list[str],
    other: list[str],
    newline: str,
) -> None:
    includes_agree(tmp_path_factory, page, code, other, newline)


def includes_agree(
    tmp_path_factory: pytest.TempPathFactory,
    page: list[str],
    code: list[str],
    other: list[str],
    newline: str,
) -> None:
    """The fences of a page with includes are those that a reader sees, each line at its place."""
    root = tmp_path_factory.getbasetemp() / "including"
    (root / "snippets").mkdir(parents=True, exist_ok=True)
    files = {
        "page.md": newline.join(["", *page]),
        "snippets/a.py": newline.join(code),
        "b.md": newline.join(other) + newline,
    }
    for path, text in files.items():
        (root / path).write_bytes(text.encode())
    try:
        shown = oracle.shown(files["page.md"], root)
    except SnippetMissingError:
        fences_scan.scan("page.md", files["page.md"], any_file.including(root))
        return
    scanned = fences_scan.scan("page.md", files["page.md"], any_file.including(root))
    assert sorted((fence.language, fence.source) for fence in scanned.fences) == shown
    for fence in scanned.fences:
        source = fence.source.split("\n") if fence.lines else []
        for place, line in zip(fence.lines, source, strict=True):
            written = oracle.lines(files[place.path])[(place.line or 0) - 1]
            if "8<-" not in written:
                assert written.split("\t")[-1].endswith(line.strip(" >"))


def test_a_page_that_is_nested_too_deep_harms_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bound keeps Python-Markdown from it; without the bound the page is refused as well."""
    monkeypatch.setattr(bounds, "NESTING", 10_000)
    with pytest.raises(ProblemError, match=r"^page\.md:1: this page is nested too deeply"):
        fences_scan.scan("page.md", f"{'- ' * 1500}a\n\n    ```\n    ```\n")
    agrees("- a\n\n    ```py\n    x\n    ```\n")
