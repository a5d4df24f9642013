"""The examples in READMEs and introductions: what a line of code is said to give, and whether it does."""

from __future__ import annotations

import ast
import contextlib
import doctest
import io
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from grader.catalogue.exercise import READMES, Exercise
from grader.catalogue.rules import Broken
from grader.yamlfile import read_text

BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
SECTION = re.compile(r"^## (?:Example|示例)[ \t]*$", re.MULTILINE)
VALUE = re.compile(r"tensor|\[|\(|\{|True|False|None|-?\d|['\"<]")
ERROR = re.compile(r"([A-Z]\w+): (.+)")
RAISED = re.compile(r"\w+(Error|Exception): ")
ADDRESS = re.compile(r" at 0x[0-9a-f.]+")

Namespace = dict[str, Any]


@dataclass(frozen=True)
class Wrong:
    """A statement that did not give what is said, and the line of its block on which it stands."""

    line: int
    code: str
    gives: str
    said: str


def check_examples(exercises: Sequence[Exercise]) -> Iterator[Broken]:
    """Each README's example shows a value, and the reference solution gives what it shows."""
    for exercise in exercises:
        for path in (exercise.folder / name for name in READMES.values()):
            namespace = namespace_of(exercise)
            if path.is_file() and namespace is not None:
                yield from check_example(path, read_text(path), namespace)


def namespace_of(exercise: Exercise) -> Namespace | None:
    """Return what a reference solution defines; None for one that does not load, of which the matrix tells."""
    namespace: Namespace = {"torch": torch, "__name__": "example"}
    try:
        exec(compile(read_text(exercise.solution), str(exercise.solution), "exec"), namespace)  # noqa: S102 - the author's
    except Exception:  # noqa: BLE001 - whatever it raises
        return None
    return namespace


def check_example(path: Path, text: str, namespace: Namespace) -> list[Broken]:
    """Return what is wrong with the example of one README."""
    heading = SECTION.search(text)
    broken, shown = list[Broken](), 0
    for block in BLOCK.finditer(text, heading.end()) if heading else ():
        first = line_at(text, block.start(1))
        try:
            wrong, count = run(block[1], namespace)
        except SyntaxError as error:
            return [Broken(path, f"this is not valid Python: {error.msg}", first + (error.lineno or 1) - 1)]
        shown += count
        for each in wrong:
            problem = f"the example says {each.said}, but `{each.code}` gives {each.gives}; correct one of them"
            broken.append(Broken(path, problem, first + each.line - 1))
    if heading and not (shown or broken):
        problem = "the example shows no value; write what a call gives behind it, as `f(1.0)  # 2.0`"
        broken.append(Broken(path, problem, line_at(text, heading.start())))
    return broken


def line_at(text: str, place: int) -> int:
    """Return the number of the line at a place of a text."""
    return text.count("\n", 0, place) + 1


def claims(block: str) -> dict[int, str]:
    """Return what the statements of a block are said to give, by their first line."""
    lines, found = block.splitlines(), {}
    for node in ast.parse(block).body:
        assert node.end_lineno is not None
        said = [lines[node.end_lineno - 1][node.end_col_offset :].strip()]
        for line in lines[node.end_lineno :]:
            if not line.startswith("#"):
                break
            said.append(line)
        text = "".join(each.lstrip("#") for each in said).strip()
        if VALUE.match(text) or ERROR.match(text):
            found[node.lineno] = text
    return found


def comments(block: str) -> int:
    """Return how many comments a block has, counting those in lines that follow one another once."""
    count, before = 0, False
    for line in block.splitlines():
        count += "#" in line and not (before and line.startswith("#"))
        before = "#" in line
    return count


def given(node: ast.stmt, namespace: Namespace) -> str | None:
    """Return what a statement gives as text: its value, what it prints, or its error."""
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # torch's remarks on what an example shows on purpose
            if isinstance(node, ast.Expr):
                value = eval(ast.unparse(node.value), namespace)  # noqa: S307 - the course's own text
                return printed.getvalue() or repr(value)
            exec(compile(ast.Module([node], []), "example", "exec"), namespace)  # noqa: S102 - as above
    except Exception as problem:  # noqa: BLE001 - an example may show any error
        return f"{type(problem).__name__}: {problem}"
    name = named(node)
    return repr(namespace[name]) if name else None


def named(node: ast.stmt) -> str:
    """Return the name that a statement gives to a value, or nothing."""
    target = node.targets[0] if isinstance(node, ast.Assign) else None
    return target.id if isinstance(target, ast.Name) else ""


def holds(said: str, result: str | None) -> bool:
    """Whether a statement gave what is said: the same but for blanks and addresses; of an error, the beginning."""
    said, result = ("".join(ADDRESS.sub("", text or "").split()) for text in (said, result))
    return result.startswith(said) if ERROR.match(said.replace(":", ": ", 1)) else said == result


def run(block: str, namespace: Namespace) -> tuple[list[Wrong], int]:
    """Run a block; return what did not come out as it is said there, and how much is said."""
    if ">>>" in block:
        return run_session(block, namespace)
    said, wrong = claims(block), []
    for node in ast.parse(block).body:
        result = given(node, namespace)
        expected = said.get(node.lineno)
        if expected is None and RAISED.match(result or ""):
            wrong.append(Wrong(node.lineno, ast.unparse(node), result or "", "no error"))
        if expected is not None and not holds(expected, result):
            wrong.append(Wrong(node.lineno, ast.unparse(node), result or "nothing", expected))
    return wrong, len(said)


def run_session(block: str, namespace: Namespace) -> tuple[list[Wrong], int]:
    """Run the lines of a Python session; return as `run` does."""
    session = doctest.DocTestParser().get_doctest(block, namespace, "example", None, 0)
    wrong: list[Wrong] = []

    class Listener(doctest.DocTestRunner):
        """Keeps what came out otherwise."""

        def report_failure(self, _out: Any, _test: Any, example: doctest.Example, got: str) -> None:
            wrong.append(Wrong(example.lineno + 1, example.source.strip(), got.strip(), example.want.strip()))

        def report_unexpected_exception(self, _out: Any, _test: Any, example: doctest.Example, exc_info: Any) -> None:
            text = f"{exc_info[0].__name__}: {exc_info[1]}"
            wrong.append(Wrong(example.lineno + 1, example.source.strip(), text, example.want.strip() or "no error"))

    Listener(optionflags=doctest.NORMALIZE_WHITESPACE, verbose=False).run(session, out=lambda _text: None)
    return wrong, sum(bool(each.want) for each in session.examples)
