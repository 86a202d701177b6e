"""Every problem a user can see: located, worded once, with the next act.

A function a problem; nothing else in the engine words one. ``line()`` is the one form in which
they are printed: ``path:line: message. Next: act.``
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from .model import Location, Mismatch, Problem, Raised
from .text import count, visible


class ProblemError(Exception):
    """Work cannot go on; carries the problems that say why."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(line(problem) for problem in problems))
        self.problems = problems


class Problems:
    """What a reader meets that is wrong: its first argument, under the name ``collector``.

    A rule yields its problems; a reader, which has something else to give back, adds them here.
    Whoever has to know whether one part is whole gives that part a collector of its own.
    """

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    def add(self, *problems: Problem) -> None:
        """Take problems in, in the order in which they were met."""
        self._problems += problems

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._problems)

    def __len__(self) -> int:
        return len(self._problems)


def line(problem: Problem) -> str:
    """The problem in one line, as terminals and logs show it."""
    where = problem.location.path
    if problem.location.line is not None:
        where = f"{where}:{problem.location.line}"
    text = f"{where}: {problem.message.rstrip('.')}. Next: {problem.next.rstrip('.')}."
    return visible(text).replace("\n", " ")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`` (did you mean "x"?)``, or nothing when no known word is near."""
    near = get_close_matches(word, list(known), n=1)
    return f' (did you mean "{near[0]}"?)' if near else ""


# Sections of files.


def section_missing(asked: Location, path: str, name: str, known: list[str]) -> Problem:
    """A section that the file does not have."""
    has = f"it has: {', '.join(known)}" if known else "it has no section"
    return Problem(
        asked,
        f'{path} has no section "{name}"{did_you_mean(name, known)}; {has}',
        f'name one of them, or mark the lines with "--8<-- [start:{name}]" and '
        f'"--8<-- [end:{name}]" in comments',
    )


def section_unclosed(location: Location, name: str) -> Problem:
    """A start marker without its end."""
    return Problem(
        location,
        f'the section "{name}" starts here and never ends',
        f'write "--8<-- [end:{name}]" in a comment after its last line',
    )


def section_without_start(location: Location, name: str) -> Problem:
    """An end marker without its start."""
    return Problem(
        location,
        f'the section "{name}" ends here and never started',
        f'write "--8<-- [start:{name}]" in a comment before its first line, or delete this one',
    )


def section_twice(location: Location, name: str) -> Problem:
    """A second start marker of one name: only the first section would ever be shown."""
    return Problem(
        location,
        f'a second section "{name}" starts here; a page would only ever show the first',
        "give it a name of its own",
    )


def section_misspelt(location: Location, name: str, meant: str) -> Problem:
    """A section whose lines were meant to count as done by hand."""
    return Problem(
        location,
        f'the section "{name}" looks like one that is done by hand, and would not be counted',
        f"call it {meant}, and a second one in the file {meant}-2",
    )


def marker_on_page(location: Location, name: str) -> Problem:
    """A marker in Markdown: the site drops the whole line, wherever on the page it stands."""
    return Problem(
        location,
        f'this line holds the marker of a section "{name}", so the page is shown without the line',
        "write ;--8<-- with a semicolon before it, or describe the marker in words",
    )


# Directives in guides.


def directive_syntax(location: Location, text: str) -> Problem:
    """A line that starts as a directive does and is none."""
    return Problem(
        location,
        f'"{text}" cannot be read as a directive',
        'write ":::", a space, a word and a name, such as "::: snippets routing"',
    )


# The built site.


def proof_missing(location: Location, html: str) -> Problem:
    """A guide asks for snippets, and its built page has no proof."""
    return Problem(
        location,
        f"{html} was built without proof: the directive was not expanded",
        "list `fieldguide` under markdown_extensions in mkdocs.yml",
    )


# The tree


def no_project(at: Location) -> Problem:
    return Problem(
        at, "this folder holds no project", "run fieldguide in the folder that holds pyproject.toml"
    )


def bad_toml(at: Location, error: str) -> Problem:
    return Problem(at, f"this is not TOML: {error}", "correct the syntax at this line")


def no_frameworks(at: Location) -> Problem:
    return Problem(
        at,
        "no framework is configured",
        "add a table [tool.fieldguide.frameworks.NAME] with title, distribution, server and docs",
    )


def bad_framework(at: Location, name: str, reason: str) -> Problem:
    return Problem(
        at,
        f"the framework {name} is not described as it should be: {reason}",
        "give it title, distribution, server, docs and, if needed, preload",
    )


def framework_name(at: Location, name: str) -> Problem:
    return Problem(
        at,
        f'"{name}" cannot name a framework: it also names folders and addresses',
        f"use lower case, digits and hyphens, such as {slug(name)}",
    )


def unknown_setting(at: Location, key: str, known: Iterable[str]) -> Problem:
    known = list(known)
    return Problem(
        at,
        f'unknown key "{key}"{did_you_mean(key, known)}',
        f"use only {', '.join(known)}",
    )


def bad_limit(at: Location, key: str, kind: str, example: str) -> Problem:
    return Problem(at, f"the limit {key} has to be {kind}", f"write {example}, for example")


def no_folder(at: Location) -> Problem:
    return Problem(at, "this folder is missing or cannot be read", f"create {at.path}/")


def no_place(at: Location) -> Problem:
    return Problem(
        at,
        "a file with no place here: snippets are files of snippets/CONCEPT/FRAMEWORK/",
        "move it into the folder of its snippet, or remove it",
    )


def concept_name(at: Location) -> Problem:
    return Problem(
        at,
        "a concept's folder is named in lower case, digits and hyphens, as its guide's address is",
        f"rename it, for example to snippets/{slug(at.path.rpartition('/')[2])}",
    )


def slug(text: str) -> str:
    """The text as the name of a concept's folder."""
    kept = "".join(c.lower() if c.isalnum() and c.isascii() else "-" for c in text)
    return "-".join(part for part in kept.split("-") if part) or "concept"


def unknown_framework(at: Location, known: Iterable[str]) -> Problem:
    name = at.path.rpartition("/")[2]
    known = list(known)
    return Problem(
        at,
        f'unknown framework "{name}"{did_you_mean(name.lower(), known)}; '
        f"the frameworks are {', '.join(known)}",
        "rename the folder, or add the framework as CONTRIBUTING.md describes",
    )


def same_id(at: Location, concept: str, other: str) -> Problem:
    name = at.path.rpartition("/")[2]
    return Problem(
        at,
        f"two snippets with one id: {concept}/{name} and {concept}/{other} "
        "(ids ignore case, because some file systems do)",
        "remove or rename one of the two folders",
    )


def no_entry(at: Location, id: str) -> Problem:
    return Problem(at, f"{id} has no app.py", "write the application there and export it as `app`")


def not_shown(at: Location, id: str) -> Problem:
    concept = id.partition("/")[0]
    return Problem(
        at,
        f"{id} is a snippet that no guide shows",
        f"put the line `::: snippets {concept}` into docs/concepts/{concept}.md",
    )


def not_utf8(at: Location) -> Problem:
    return Problem(at, "this file is not UTF-8", "save it as UTF-8")


def byte_order_mark(at: Location) -> Problem:
    return Problem(
        at,
        "this file starts with a byte order mark, which TOML does not allow",
        'save it as plain UTF-8 (editors offer "UTF-8" and "UTF-8 with BOM": the first)',
    )


def no_file(at: Location) -> Problem:
    return Problem(at, "this is a folder where a file belongs", "remove or rename the folder")


def symbolic_link(at: Location) -> Problem:
    return Problem(
        at,
        "this is a symbolic link; a reader copies files, and some systems have no links",
        "put the file or folder itself here",
    )


def unreadable(at: Location, error: str) -> Problem:
    return Problem(at, f"this file cannot be read: {error}", "make it readable")


# Fences of a guide


def unaccounted(at: Location, language: str, act: str) -> Problem:
    """Code that a reader would take for true, and that nothing has run; ``act`` runs it."""
    return Problem(
        at,
        f"this {language} fence is neither run nor shown from a snippet, and says no reason",
        f'{act}; or say why it is not: ```{language} {{.norun data-reason="..."}}',
    )


def output_of_nothing(at: Location) -> Problem:
    return Problem(
        at,
        "an expected output without the code that prints it",
        "put it right after its ```python {.run}, with no other fence between",
    )


def file_of_no_group(at: Location, name: str) -> Problem:
    return Problem(
        at,
        f"{name} is written for no other fence: it has no group",
        'give it and the fence that uses it the same data-group="..."',
    )


def group_runs_nothing(at: Location, name: str) -> Problem:
    return Problem(
        at,
        f"the group {name} writes files, and nothing in it runs",
        f'add a fence with .run and data-group="{name}", or leave data-file out',
    )


def group_disagrees(at: Location, what: str, values: Iterable[str]) -> Problem:
    return Problem(
        at,
        f"the fences of one group run together, and these name more than one {what}: "
        f"{', '.join(values)}",
        "name one, or make two groups",
    )


def unknown_environment(at: Location, name: str, known: Iterable[str]) -> Problem:
    known = list(known)
    return Problem(
        at,
        f'data-env="{name}" names no framework{did_you_mean(name, known)}',
        f"use one of {', '.join(known)}, or leave it out for a Python with nothing installed",
    )


def same_fence(at: Location, name: str) -> Problem:
    return Problem(
        at,
        f'a second fence or group of this page is called "{name}"',
        "give it a name of its own",
    )


def bad_fence(at: Location, message: str, next: str) -> Problem:
    """A transcript, a doctest or an exchange that cannot be read."""
    return Problem(at, message, next)


def fence_differs(at: Location, id: str, message: str, more: int, acceptable: bool) -> Problem:
    """A line of the page says something else than what came."""
    others = f" (and {more} more)" if more else ""
    accept = f"; to accept what came: fieldguide bless {id}" if acceptable else ""
    return Problem(at, f"{id}: {message}{others}", f"correct the code or this line{accept}")


def fence_unlike(at: Location, id: str) -> Problem:
    """A fence whose code failed, though all that came is as expected."""
    return Problem(
        at, f"{id}: its code failed, and nothing that it left tells how", "correct the code"
    )


def group_without_app() -> Mismatch:
    """An ``http`` fence that nothing answers."""
    return Mismatch(
        -1,
        "the group has no `app`",
        next="bind the application to `app` in a fence of the group before this one, "
        'or name a snippet: data-app="CONCEPT/FRAMEWORK"',
    )


def fence_raises(raised: Raised) -> Mismatch:
    """Code of a guide that raises, or an ``assert`` of it that does not hold."""
    name = raised.names[0]
    if name == "AssertionError":
        text = raised.text.removeprefix(name).removeprefix(": ")
        words = f"the assertion does not hold{f': {text}' if text else ''}"
        return _of(raised, words, "correct the code or the assertion")
    act = f'correct it at this line, or, if that is meant, write data-raises="{name}"'
    return _of(raised, f"it raises {raised.text}", act)


def fence_raises_in_thread(raised: Raised) -> Mismatch:
    return _of(raised, f"a thread of it raises {raised.text}", "correct it at this line")


def fence_does_not_raise(name: str, instead: Raised | None) -> Mismatch:
    """A fence with data-raises that raised something else, or nothing."""
    act = "correct the code, or leave data-raises out"
    if instead is None:
        return Mismatch(-1, f"expected {name}, and it ended without an exception", next=act)
    return _of(instead, f"expected {name}, and it raised {instead.text}", act)


def _of(raised: Raised, words: str, act: str) -> Mismatch:
    line = (raised.line or 1) - 1
    return Mismatch(line, words, next=act, step=raised.step, traceback=raised.traceback)


def for_snippets(at: Location, option: str) -> Problem:
    return Problem(
        at,
        f"fences and probes are never run with {option}: it is for snippets",
        f"leave {option} out, or name a snippet",
    )


def changed_meanwhile(path: str) -> Problem:
    return Problem(Location(path), "this file was changed meanwhile", "run fieldguide bless again")


def expectation_ends_fence(at: Location) -> Problem:
    return Problem(
        at,
        "what came holds the marks of a fence, which would end this one",
        "open and close the fence with more marks than that, then run fieldguide bless again",
    )


def expectation_included(at: Location) -> Problem:
    return Problem(
        at,
        "what this fence expects is included from another file, and would have to be changed there",
        "correct it there, or write it here",
    )


# Contracts and deviations


def no_contract(at: Location, concept: str) -> Problem:
    return Problem(
        at,
        f"the concept {concept} has no contract, so nothing can be checked",
        "write one: test functions over `client`, each with a docstring that is its claim",
    )


def contract_syntax(at: Location, error: str) -> Problem:
    place = "at this line" if at.line else "there"
    return Problem(at, f"the contract has a syntax error: {error}", f"correct it {place}")


def no_checks(at: Location) -> Problem:
    return Problem(
        at,
        "the contract has no checks",
        "add a function whose name starts with test_ and that takes `client`",
    )


def same_check(at: Location, name: str, other: Location) -> Problem:
    return Problem(
        at,
        f"a second check named {name}, so that the one at line {other.line} would never run",
        "rename one of the two",
    )


def no_claim(at: Location, name: str) -> Problem:
    return Problem(
        at,
        f"the check {name} has no docstring, so the page could not say what it proves",
        "write the claim in one line as its docstring",
    )


def unknown_fixture(at: Location, check: str, name: str, known: Iterable[str]) -> Problem:
    return Problem(
        at,
        f'the check {check} asks for "{name}", which no fixture provides'
        f"{did_you_mean(name, known)}",
        f"use one of: {', '.join(known)}",
    )


def no_plain_check(at: Location, name: str) -> Problem:
    return Problem(
        at,
        f"{name} is no plain function, so it would never run",
        "write it at the top level as `def test_...(client):`",
    )


def no_client(at: Location, name: str) -> Problem:
    return Problem(
        at,
        f"the check {name} has to take `client` and nothing else",
        f"write def {name}(client):",
    )


def contract_import(at: Location, name: str) -> Problem:
    return Problem(
        at,
        f"the contract imports {name}, which is not in the standard library",
        "do without it: a contract runs in every framework's environment, and in the browser",
    )


def contract_raises(at: Location, message: str) -> Problem:
    return Problem(at, f"the contract cannot be loaded: {message}", "correct it at this line")


def unknown_check(at: Location, name: str, known: Iterable[str]) -> Problem:
    return Problem(
        at,
        f'a deviation for "{name}", which is no check of this contract{did_you_mean(name, known)}',
        "name a check of contract.py, or remove the entry",
    )


def no_reason(at: Location, name: str) -> Problem:
    return Problem(
        at,
        f"the deviation for {name} gives no reason",
        'add a line reason = "..." that says why the framework cannot pass it',
    )


def no_table(at: Location, name: str) -> Problem:
    return Problem(
        at,
        f"{name} stands outside of a check's table",
        "put it under the name of its check, such as [test_name_of_check]",
    )


def no_source(at: Location, name: str) -> Problem:
    return Problem(
        at,
        f"the source of the deviation for {name} is no text",
        'write it as source = "https://..."',
    )


def needless_deviation(at: Location, id: str, name: str) -> Problem:
    return Problem(
        at,
        f"{id} passes {name}, which is declared as a deviation",
        "remove the entry: a deviation is only for a check that fails",
    )


# Cells: one concept in one framework


def cell_empty(at: Location) -> Problem:
    return Problem(
        at, "this file says nothing", "remove it: the kind is told from what the snippet imports"
    )


def cell_no_text(at: Location, key: str) -> Problem:
    return Problem(at, f"{key} is no text", f'write it as {key} = "..."')


def cell_kind(at: Location, kind: str, known: Iterable[str]) -> Problem:
    known = list(known)
    return Problem(
        at,
        f'unknown kind "{kind}"{did_you_mean(kind.lower(), known)}',
        'write "by hand" or "not possible"; the others are told from what the snippet imports',
    )


def cell_without_why(at: Location, kind: str) -> Problem:
    return Problem(
        at,
        f'the kind "{kind}" gives no reason',
        'add a line why = "..." with one sentence that a reader understands',
    )


def cell_without_kind(at: Location, key: str) -> Problem:
    return Problem(
        at, f"{key} explains a kind, and the file declares none", "add the kind, or remove the line"
    )


def cell_not_possible(at: Location, id: str, file: str) -> Problem:
    return Problem(
        at,
        f"{id} is declared as not possible, and {file} stands beside it",
        "remove the one or the other",
    )


def cell_requires_nothing(at: Location) -> Problem:
    return Problem(at, "what is not possible runs nowhere, and requires nothing", "remove the line")


def cell_unmarked(at: Location, id: str, name: str) -> Problem:
    return Problem(
        at,
        f"{id} is declared as done by hand, and none of its lines is marked so",
        f'mark them with "--8<-- [start:{name}]" and "--8<-- [end:{name}]" in comments',
    )


def cell_redundant(at: Location, id: str, kind: str) -> Problem:
    return Problem(
        at,
        f'what {id} imports already says "{kind}"',
        "remove the kind: cell.toml is for what imports cannot tell",
    )


def cell_contradicts(at: Location, id: str, kind: str, shown: str) -> Problem:
    return Problem(
        at,
        f'{id} is declared as "{kind}", and nothing that it imports is; its imports say "{shown}"',
        "correct the kind, or remove it",
    )


def cell_selected(at: Location, id: str, why: str) -> Problem:
    """Somebody wants to verify what is declared as not possible."""
    return Problem(
        at,
        f"{id} is declared as not possible, so that there is nothing to verify: {why}",
        "write app.py and remove the file if that has changed",
        "warning",
    )


def requires_unreadable(at: Location, text: str) -> Problem:
    return Problem(
        at,
        f'"{text}" cannot be read as the name of a distribution and its versions',
        'write it as requires = "django>=6"',
    )


def requires_unknown(at: Location, name: str, environment: str, known: Iterable[str]) -> Problem:
    return Problem(
        at,
        f"environments/{environment}.txt has no {name}{did_you_mean(name.lower(), known)}, "
        "so that the snippet would never run",
        "name a distribution that the environment holds",
    )


def requires_too_much(
    at: Location, text: str, environment: str, versions: Iterable[str]
) -> Problem:
    return Problem(
        at,
        f'no Python has "{text}": environments/{environment}.txt pins {" and ".join(versions)}',
        f"ask for less, or run fieldguide lock --upgrade {environment}",
    )


def requires_needless(
    at: Location, text: str, environment: str, versions: Iterable[str]
) -> Problem:
    return Problem(
        at,
        f'every Python has "{text}": environments/{environment}.txt pins {" and ".join(versions)}',
        "remove the line",
    )


def skipped(at: Location, id: str, reason: str) -> Problem:
    """What was not run, and is no failure."""
    return Problem(
        at,
        f"{id} is skipped: {reason}",
        "verify it with a newer Python, such as make test PYTHON=python3.13",
        "warning",
    )


# Guides


def unknown_directive(at: Location, word: str, known: Iterable[str]) -> Problem:
    return Problem(
        at,
        f'unknown directive "{word}"{did_you_mean(word, known)}',
        f"use one of: {', '.join(known)}",
    )


def directive_name(at: Location, word: str, needs: bool) -> Problem:
    message = f'the directive "{word}" ' + ("needs a name" if needs else "takes no name")
    name = "routing/flask" if word == "snippet" else "routing"
    return Problem(at, message, f"write ::: {word}" + (f" {name}, for example" if needs else ""))


def unknown_concept(at: Location, name: str, known: Iterable[str]) -> Problem:
    known = sorted(known)
    return Problem(
        at,
        f'no concept "{name}" in snippets/{did_you_mean(name, known)}',
        f"name one of: {', '.join(known)}" if known else "write snippets/CONCEPT/contract.py first",
    )


def unknown_framework_named(at: Location, name: str, known: Iterable[str]) -> Problem:
    """A directive names a framework that is not configured."""
    known = list(known)
    return Problem(
        at,
        f'no framework "{name}" in pyproject.toml{did_you_mean(name, known)}',
        f"name one of: {', '.join(known)}",
    )


def unknown_subject(at: Location, name: str, known: Iterable[str]) -> Problem:
    known = list(known)
    return Problem(
        at,
        f'no reading list knows "{name}"{did_you_mean(name, known)}',
        "name a framework or a concept of this site, or of docs/reading/topics.yml",
    )


def unknown_snippet(at: Location, name: str, known: Iterable[str]) -> Problem:
    return Problem(
        at,
        f'no snippet "{name}" in snippets/{did_you_mean(name, known)}',
        "name one as concept/framework, such as routing/flask",
    )


def include_missing(at: Location, path: str) -> Problem:
    return Problem(
        at,
        f"the include names {path}, which is no file of this project",
        "name a file below snippets/, such as routing/flask/app.py:route",
    )


def footnote_missing(at: Location, name: str) -> Problem:
    return Problem(
        at,
        f"the mark [^{name}] leads to no note of this page, so readers see it as it stands",
        f"write the note, [^{name}]: and its text, at the end of the page",
    )


def footnote_unused(at: Location, name: str) -> Problem:
    return Problem(
        at,
        f"nothing on this page leads to the note [^{name}]",
        f"put [^{name}] behind the sentence that it belongs to, or remove the note",
    )


def line_range(at: Location, name: str) -> Problem:
    return Problem(
        at,
        f"the include {name} names lines, which move without anybody noticing",
        "mark a section in the file and name it",
    )


# Fences

_CLOSING = "close it with the same marks, indented alike"


def unknown_class(at: Location, name: str, known: Iterable[str]) -> Problem:
    """A class of a fence that means nothing here."""
    known = [f".{one}" for one in known]
    return Problem(
        at,
        f'the fence has an unknown class ".{name}"{did_you_mean(f".{name}", known)}',
        f"use only {', '.join(known)}",
    )


def class_without_dot(at: Location, name: str) -> Problem:
    """A known class, written as a key."""
    return Problem(at, f'"{name}" stands in the braces without its dot', f"write {{.{name}}}")


def class_as_language(at: Location, name: str) -> Problem:
    """The first class of a fence without a language is taken for the language."""
    return Problem(
        at,
        f'the fence has no language, so that ".{name}" is taken for it',
        f"name the language before the braces, such as python {{.{name}}}",
    )


def unknown_key(at: Location, key: str, known: Iterable[str]) -> Problem:
    """A key of a fence that means nothing here."""
    known = list(known)
    near = f"data-{key}" if f"data-{key}" in known else key
    return Problem(
        at,
        f'the fence has an unknown key "{key}"{did_you_mean(near, known)}',
        f"use only {', '.join(known)}",
    )


def key_twice(at: Location, key: str) -> Problem:
    """A key with two values."""
    return Problem(at, f"the fence has {key} twice", "delete one of the two")


def key_without_value(at: Location, key: str) -> Problem:
    """A key that needs a value."""
    return Problem(at, f"the fence has {key} without a value", f'write {key}="..."')


_VALUES = {
    "data-env": ("the name of a framework", 'data-env="flask"'),
    "data-reason": ("a reason in words", 'data-reason="needs a mail server"'),
    "hl_lines": ("numbers of lines", 'hl_lines="1 3-5"'),
    "linenums": ("the number of the first line", 'linenums="1"'),
}


def bad_value(at: Location, key: str, value: str) -> Problem:
    """A value that a key of all languages does not take."""
    return bad_option(at, key, value, *_VALUES[key])


def bad_option(at: Location, key: str, value: str, wanted: str, example: str) -> Problem:
    """A value that its key does not take: what it has to be in words, and a right use of it."""
    return Problem(at, f'{key} has to be {wanted}, not "{value}"', f"write {example}, for example")


def no_slug(at: Location, key: str, value: str) -> Problem:
    """A name that could be no part of an address."""
    what = "the fence's name" if key == "#" else key
    written = f"{{#{slug(value)}}}" if key == "#" else f'{key}="{slug(value)}"'
    return Problem(
        at, f'{what} has to be lower case, digits and hyphens, not "{value}"', f"write {written}"
    )


def file_outside(at: Location, value: str) -> Problem:
    """A file that would not be in the folder of its group."""
    return Problem(
        at,
        f'data-file names no file of the folder that the fences run in: "{value}"',
        'write a relative path with forward slashes, such as data-file="templates/a.html"',
    )


def run_and_norun(at: Location) -> Problem:
    return Problem(at, "the fence is .run and .norun", "delete one of the two")


def norun_without_reason(at: Location) -> Problem:
    """A fence that is not run, and nobody knows why."""
    return Problem(
        at,
        "the fence is not run, and does not say why",
        'write {.norun data-reason="..."} with the reason that the reader is to see',
    )


def reason_without_norun(at: Location) -> Problem:
    return Problem(
        at,
        "the fence has a data-reason, which is only for one that is not run",
        'write {.norun data-reason="..."}, or delete the reason',
    )


def hide_without_run(at: Location) -> Problem:
    return Problem(
        at,
        "the fence is hidden and not run, so it does nothing",
        "write {.run .hide}, or delete .hide",
    )


def output_not_text(at: Location, language: str) -> Problem:
    """Expected output in another language than ``text``."""
    named = f"in {language}" if language else "without a language"
    return Problem(
        at, f"expected output is plain text, and the fence is {named}", "write text {.output}"
    )


def cannot_run(at: Location, language: str, known: Iterable[str]) -> Problem:
    """A language that nothing runs."""
    known = list(known)
    named = f"in {language}{did_you_mean(language, known)}" if language else "without a language"
    return Problem(
        at,
        f"the fence is .run and {named}, which nothing can run",
        f"name one of {', '.join(known)}, or delete .run",
    )


def key_without_run(at: Location, key: str) -> Problem:
    """A key that does nothing, because the fence takes no part in a run."""
    return Problem(
        at,
        f"the fence has {key} and is not run, so it does nothing",
        f"write {{.run {key}=...}}, or delete {key}",
    )


def key_of_language(at: Location, key: str, language: str, given: str) -> Problem:
    """A key that only one language has."""
    named = f"in {given}" if given else "without a language"
    return Problem(
        at,
        f"{key} is only for {language}, and the fence is {named}",
        f"delete {key}, or make it a {language} fence",
    )


def _as_text(info: str) -> str:
    return f'the page shows this fence as a paragraph, because of "{info}"'


def brace_missing(at: Location, info: str, written: str) -> Problem:
    """One brace of the two."""
    return Problem(at, f"{_as_text(info)}: a brace is missing", f"write {written}")


def space_missing(at: Location, info: str, written: str) -> Problem:
    """A language and braces without a space between them."""
    return Problem(at, f"{_as_text(info)}: a space is missing before the brace", f"write {written}")


def outside_braces(at: Location, info: str, written: str) -> Problem:
    """Options beside the braces."""
    return Problem(
        at, f"{_as_text(info)}: only a language may stand outside the braces", f"write {written}"
    )


def no_braces(at: Location, info: str, written: str) -> Problem:
    """Words after the language that are no option."""
    return Problem(
        at,
        f"{_as_text(info)}: what follows the language has to be in braces",
        f"write {written}",
    )


def no_language(at: Location, info: str) -> Problem:
    """One word that can be no language."""
    return Problem(
        at,
        f"{_as_text(info)}: it is no language and no option",
        "write a language of letters, digits and #.+-, such as python",
    )


def marks_after_marker(at: Location, text: str) -> Problem:
    """A fence on the line of its list item, definition or footnote."""
    return Problem(
        at,
        f'the page shows this fence as text, because its marks do not start their line: "{text}"',
        "put the marks on a line of their own after an empty line, indented by four spaces",
    )


def fence_unclosed(at: Location, marks: str) -> Problem:
    """An opening without its end."""
    return Problem(
        at,
        "the fence starts here and never ends, so the page shows it as text",
        f"write {marks} after its last line, indented as this line is",
    )


def closing_length(at: Location, marks: str, opening: int, longer: bool) -> Problem:
    """Closing marks of another length."""
    than = "longer" if longer else "shorter"
    return Problem(
        at,
        f"these marks are {than} than those of line {opening}, so they do not close its fence",
        f"write {marks}",
    )


def closing_indent(at: Location, opening: int, indent: int) -> Problem:
    """Closing marks with another indentation."""
    return Problem(
        at,
        f"these marks are not indented as those of line {opening}, so they do not close its fence",
        f"indent them by {count(indent, 'space')}" if indent else "write them without indentation",
    )


def content_indent(at: Location, opening: int, indent: int) -> Problem:
    """A line that ends a fence, because it stands further left."""
    return Problem(
        at,
        f"this line stands further left than the marks of line {opening}, "
        "so the page shows their fence as text",
        f"indent every line of the fence by {count(indent, 'space')} or more, and {_CLOSING}",
    )


def quote_in_fence(at: Location, opening: int) -> Problem:
    """A line of a block quote in a fence that is in none."""
    return Problem(
        at,
        f"this line starts with >, so the page shows the fence of line {opening} as text",
        "write the whole fence inside of the block quote, or none of it",
    )


def fence_not_shown(at: Location, error: Exception) -> Problem:
    """A fault of ours while a page is rendered."""
    return Problem(
        at,
        f"a fence cannot be shown with its proof ({type(error).__name__}: {error})",
        "report this with the page's source",
    )


# Running


def unknown_selection(name: str, known: Iterable[str]) -> Problem:
    known = list(known)
    example = f", such as {known[0]}" if known else ""
    return Problem(
        Location(name),
        f"no snippet, concept, framework, fence or path of this project{did_you_mean(name, known)}",
        f"name one{example}, or none for everything",
    )


def not_written(path: str, error: str) -> Problem:
    return Problem(
        Location(path),
        f"this file cannot be written: {error}",
        "name a file in a folder that exists and can be written",
    )


def did_not_pass(at: Location, id: str, message: str, next: str | None = None) -> Problem:
    return Problem(at, f"{id}: {message}", next or f"fieldguide explain {id}")


def check_failed(at: Location, id: str, claim: str, message: str, contract: Location) -> Problem:
    where = f" ({contract.path}:{contract.line})" if contract.line else ""
    claim = claim.rstrip(".")
    return Problem(at, f'{id}: "{claim}": {message}{where}', f"fieldguide explain {id}")


def import_missing(at: Location, id: str, name: str, environment: str) -> Problem:
    return Problem(
        at,
        f"{id}: no module named {name!r} in the environment {environment}",
        f"use what environments/{environment}.txt holds, or add the distribution to the group "
        f"{environment} in pyproject.toml and run fieldguide lock {environment}",
    )


def no_app(at: Location, id: str) -> Problem:
    return Problem(at, f"{id}: app.py exports no `app`", "bind the application to the name `app`")


def unknown_app(at: Location, id: str, message: str) -> Problem:
    return Problem(
        at,
        f"{id}: {message}",
        "bind `app` to a WSGI callable, an ASGI callable or a Tornado application",
    )


def ended_early(at: Location, id: str, how: str) -> Problem:
    return Problem(
        at,
        f"{id}: it ended without a result ({how})",
        f"find what ends the process, such as os._exit or a crash; fieldguide explain {id} "
        "shows what it printed",
    )


def timed_out(at: Location, id: str, time: str) -> Problem:
    return Problem(
        at,
        f"{id}: it did not end within {time}",
        f"find what it waits for or repeats for ever; fieldguide explain {id} "
        "shows what it printed",
    )


def over_limit(at: Location, id: str, what: str) -> Problem:
    return Problem(
        at,
        f"{id}: it {what}, and was stopped",
        f"find what repeats itself; fieldguide explain {id} shows what it printed, and the limits",
    )


def contract_endless(at: Location, time: str) -> Problem:
    return Problem(
        at,
        f"the contract's checks did not end within {time}",
        "find what they wait for or repeat for ever",
    )


def contract_ended(at: Location, how: str) -> Problem:
    return Problem(
        at,
        f"the contract's checks ended without a result ({how})",
        "let every check end by returning or by a failed assertion",
    )


# The sandbox


def no_boundary_here(at: Location, platform: str) -> Problem:
    return Problem(
        at,
        f"not a sandbox: on {platform} a snippet can reach this machine's files and network",
        "run only snippets that you have read; on Linux, and in CI, bubblewrap is the boundary",
        severity="warning",
    )


def no_bubblewrap(at: Location) -> Problem:
    return Problem(
        at,
        "not a sandbox: the program bwrap is missing, so a snippet can reach files and network",
        "install bubblewrap (Debian, Ubuntu: apt install bubblewrap; Fedora: dnf install "
        "bubblewrap; Arch: pacman -S bubblewrap)",
        severity="warning",
    )


def bubblewrap_refused(at: Location, error: str) -> Problem:
    return Problem(
        at,
        f"not a sandbox: bubblewrap cannot make namespaces here ({error})",
        "allow them: sysctl -w kernel.unprivileged_userns_clone=1 where that setting exists, on "
        "Ubuntu sysctl -w kernel.apparmor_restrict_unprivileged_userns=0; a container needs to be "
        "started with them",
        severity="warning",
    )


def no_database(at: Location) -> Problem:
    return Problem(
        at,
        "--database hands this variable to the snippets, and it is not set",
        "set it to the URL of a database that may be filled, or run make test-postgres",
    )


def bad_mode(at: Location, given: str, known: Iterable[str]) -> Problem:
    known = list(known)
    return Problem(
        at,
        f'unknown sandbox mode "{given}"{did_you_mean(given, known)}',
        f"set FIELDGUIDE_SANDBOX to one of: {', '.join(known)}",
    )


def preload_missing(at: Location, framework: str, names: Iterable[str]) -> Problem:
    return Problem(
        at,
        f"the framework {framework} preloads what its environment does not have: "
        f"{', '.join(names)}",
        "correct `preload` in its table",
    )


def cache_unwritable(path: str, error: str) -> Problem:
    return Problem(
        Location(path),
        f"the results cannot be kept: {error}",
        "make the folder writable; until then every run starts afresh",
        severity="warning",
    )


def environment_unknown(name: str, known: Iterable[str]) -> Problem:
    """An environment was asked for that is no framework's."""
    known = list(known)
    return Problem(
        Location("pyproject.toml"),
        f'no environment is named "{name}"{did_you_mean(name, known)}',
        f"use one of {', '.join(known)}, or add [tool.fieldguide.frameworks.{name}]",
    )


def group_missing(name: str) -> Problem:
    """A framework has no dependency group, so nothing says what its environment holds."""
    return Problem(
        Location("pyproject.toml"),
        f'the framework "{name}" has no dependency group',
        f'write {name} = ["..."] under [dependency-groups], then: fieldguide lock {name}',
    )


def group_invalid(at: Location, name: str, reason: str) -> Problem:
    """A dependency group that is not as PEP 735 has them."""
    return Problem(
        at,
        f'the dependency group "{name}" cannot be read ({reason})',
        f'write requirements such as "flask>=3" and {{include-group = "..."}} in it, '
        f"then: fieldguide lock {name}",
    )


def lock_missing(name: str) -> Problem:
    """A framework's environment has not been resolved yet."""
    return Problem(
        Location(f"environments/{name}.txt"),
        f"the environment {name} has no lock",
        f"fieldguide lock {name}",
    )


def uv_missing() -> Problem:
    """uv, which makes environments, is not installed."""
    return Problem(
        Location("environments"),
        "uv is not installed beside the engine, so no environment can be made",
        "make test, or: python -m pip install --require-hashes -r environments/site.txt",
    )


def index_unreachable(path: str, name: str, quoted: str) -> Problem:
    """No network, or the package index does not answer."""
    return Problem(
        Location(path),
        f'the environment {name} cannot be made: the package index does not answer ("{quoted}")',
        "check the network and the index settings of uv, then run this again",
    )


def lock_does_not_match(where: Location, name: str, quoted: str) -> Problem:
    """A downloaded file is not the one that was locked."""
    return Problem(
        where,
        f"the environment {name} cannot be made: a file is not the one that was locked"
        f' ("{quoted}")',
        f"find out why it changed; if the change is meant: fieldguide lock {name}",
    )


def lock_unreadable(where: Location, name: str, quoted: str) -> Problem:
    """A lock holds something else than pinned and hashed requirements."""
    return Problem(
        where,
        f'the lock of {name} is broken ("{quoted}")',
        f"fieldguide lock {name}",
    )


def no_such_version(where: Location, name: str, python: str, quoted: str) -> Problem:
    """The index has nothing that fits the lock and this Python."""
    return Problem(
        where,
        f'nothing on the package index fits the environment {name} on Python {python} ("{quoted}")',
        f"fieldguide lock {name} --upgrade, or choose another Python: make test PYTHON=python3.13",
    )


def disk_full(path: str, name: str, quoted: str) -> Problem:
    """No room is left for an environment."""
    return Problem(
        Location(path),
        f'the environment {name} cannot be made: the disk is full ("{quoted}")',
        "make room, then run this again; .fieldguide and .venv can be made anew at any time",
    )


def environment_not_made(path: str, name: str, quoted: str) -> Problem:
    """An environment could not be made, for a reason that only uv or the system knows."""
    return Problem(
        Location(path),
        f'the environment {name} cannot be made ("{quoted}")',
        "put that right, then run this again",
    )


def group_unresolvable(name: str, quoted: str) -> Problem:
    """A dependency group has no solution, or the resolver failed on it."""
    return Problem(
        Location("pyproject.toml"),
        f'the group "{name}" cannot be resolved ("{quoted}")',
        f"change it under [dependency-groups], then: fieldguide lock {name}",
    )


def lock_has_address(name: str, requirement: str) -> Problem:
    """A resolved requirement names an address; a lock must work with everybody's own index."""
    return Problem(
        Location("pyproject.toml"),
        f'the lock of {name} would hold an address: "{requirement}"',
        f"ask for it by name and version under [dependency-groups], then: fieldguide lock {name}",
    )


def bad_shard(text: str) -> Problem:
    """A part of the snippets that is not one of any number of parts."""
    return Problem(
        Location(f"--shard {text}"),
        "no part of a whole: it is written NUMBER/COUNT, and counted from 1",
        "write --shard 1/4 for the first of four",
    )


# Probes and their answers


def no_probes(at: Location) -> Problem:
    return Problem(
        at,
        "there are applications to probe, and no probes",
        "write the requests into this file, as probes/README.md describes",
    )


def bad_probe(at: Location, name: str, reason: str) -> Problem:
    return Problem(
        at,
        f"the probe {name} is not described as it should be: {reason}",
        "write it as probes/README.md describes",
    )


def bad_answers(at: Location, reason: str) -> Problem:
    return Problem(
        at,
        f"the answers that were accepted cannot be read: {reason}",
        "restore the file from version control, or remove it and run fieldguide bless probes",
    )


def answer_changed(
    at: Location, framework: str, asks: str, new: str, old: str | None, since: str
) -> Problem:
    """An answer is another than the one that somebody has accepted; the page shows the new one."""
    where = f" in {since}" if since else ""
    was = f", was {old}{where}" if old is not None else ", which nobody has accepted yet"
    return Problem(
        at,
        f"{framework}: {asks}: {new}{was}",
        "look at the page, and accept it: fieldguide bless probes",
        severity="warning",
    )
