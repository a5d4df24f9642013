"""Public tests as cells of a notebook: each test is defined and, in Jupyter, called; without pytest.

Owns reading the tests' source. Keeps their text as it stands; runs nothing and knows no notebook.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import indent

from grader.catalogue.release import given_text
from grader.catalogue.rules import imported, syntax_tree
from grader.errors import ContentError

METADATA_KEY = "grader"
"""Where the metadata of a released notebook's code cell tell its exercise and its part: answer, setup or test."""
PARAMETRIZE = "pytest.mark.parametrize"
IN_JUPYTER = 'if __name__ == "__main__":'
"""Holds for a cell that a student runs, not for a notebook that is graded: there one endless loop, called by its public
test, would keep the other functions from being read at all."""
FORM = "a notebook has no pytest: use plain asserts and, to repeat a test, one parametrize with its values written out"


@dataclass(frozen=True)
class VisibleTest:
    """One public test."""

    name: str
    docstring: str
    definition: str
    calls: str
    """The statement that calls it, once or for each of its values."""

    def cell(self, says: str = "") -> str:
        """Return the test as a cell, which prints what it `says` where the test passes in Jupyter."""
        told = f"{self.calls}\nprint({says!r})" if says else self.calls
        return f"{self.definition}\n\n\n{IN_JUPYTER}\n{indent(told, '    ')}"


@dataclass(frozen=True)
class VisibleTests:
    """The public tests of one exercise."""

    setup: str
    """What the tests use: imports, constants and functions; may be empty."""
    tests: tuple[VisibleTest, ...]


def visible_tests(path: Path, slug: str) -> VisibleTests:
    """Return the public tests in the file of an exercise; ContentError for one that a notebook could not run."""
    return Reader(path, slug).read()


class Reader:
    """Reads the public tests of one exercise."""

    def __init__(self, path: Path, slug: str) -> None:
        self.path = path
        self.text = given_text(self.path)
        self.left_out = {"pytest", slug}

    def read(self) -> VisibleTests:
        """Return all of them."""
        setup: list[ast.stmt] = []
        tests: list[VisibleTest] = []
        for node in syntax_tree(self.path).body:
            match node:
                case ast.FunctionDef(name=name) if name.startswith("test_"):
                    tests.append(self.test(node))
                case ast.ClassDef(name=name) if name.startswith("Test"):
                    raise self.broken(node, f"{name} is a class of tests")
                case _ if not is_docstring(node) and not self.is_left_out(node):
                    self.check_without_pytest(node)
                    setup.append(node)
        return VisibleTests(self.joined(setup), tuple(tests))

    def is_left_out(self, node: ast.stmt) -> bool:
        """Say whether a statement imports pytest or the exercise, which a notebook has not or holds itself."""
        return isinstance(node, ast.Import | ast.ImportFrom) and imported(node) <= self.left_out

    def test(self, node: ast.FunctionDef) -> VisibleTest:
        """Return one test."""
        names, loop = self.repetition(node)
        parameters = [each.arg for each in node.args.args]
        if sorted(parameters) != sorted(names):
            raise self.broken(node, f"{node.name} takes other arguments than it is given")
        for statement in node.body:
            self.check_without_pytest(statement)
        call = f"{node.name}({', '.join(parameters)})"
        calls = f"{loop}\n    {call}" if loop else call
        return VisibleTest(node.name, ast.get_docstring(node) or "", self.lines(node.lineno, node), calls)

    def repetition(self, node: ast.FunctionDef) -> tuple[list[str], str]:
        """Return the names of a test's parameters and the line that begins its loop, if it has some."""
        match node.decorator_list:
            case []:
                return [], ""
            case [ast.Call(func=function, args=[names, values])] if ast.unparse(function) == PARAMETRIZE:
                self.check_without_pytest(values)
                parameters = list(parameter_names(names))
                return parameters, f"for {', '.join(parameters)} in {self.segment(values)}:"
        raise self.broken(node, f"{node.name} is decorated in a way that can't be written as a loop")

    def check_without_pytest(self, node: ast.AST) -> None:
        """Raise for code that names pytest."""
        for each in ast.walk(node):
            if isinstance(each, ast.Name) and each.id == "pytest":
                raise self.broken(each, "pytest is used inside a public test")

    def joined(self, nodes: list[ast.stmt]) -> str:
        """Return statements one after the other, set apart as they were."""
        text, end = "", 0
        for node in nodes:
            blank = "\n" * min(3, first_line(node) - end)
            text += (blank if text else "") + self.lines(first_line(node), node)
            end = node.end_lineno or 0
        return text

    def lines(self, start: int, node: ast.stmt) -> str:
        """Return the lines of the file from line `start` to the end of a statement."""
        return "\n".join(self.text.splitlines()[start - 1 : node.end_lineno])

    def segment(self, node: ast.expr) -> str:
        """Return an expression's own text, moved to the left margin."""
        first, *rest = (ast.get_source_segment(self.text, node) or "").split("\n")
        return "\n".join([first, *(line.removeprefix(" " * node.col_offset) for line in rest)])

    def broken(self, node: ast.expr | ast.stmt, problem: str) -> ContentError:
        """Return the error of public tests that can't become cells."""
        return ContentError(f"{problem}, and {FORM}", path=self.path, line=node.lineno)


def parameter_names(node: ast.expr) -> Iterator[str]:
    """Yield the names that a parametrize gives values to."""
    for each in node.elts if isinstance(node, ast.Tuple | ast.List) else [node]:
        if isinstance(each, ast.Constant) and isinstance(each.value, str):
            yield from (name.strip() for name in each.value.split(","))


def test_in_cell(source: str) -> VisibleTest | None:
    """Return the test that a cell of a released notebook holds, or None; SyntaxError for one that is no Python."""
    match ast.parse(source).body:
        case [ast.FunctionDef(name=name) as function, ast.If(body=calls)] if name.startswith("test_"):
            definition = "\n".join(source.splitlines()[function.lineno - 1 : function.end_lineno])
            said = [each for each in calls if not is_print(each)]
            return VisibleTest(name, ast.get_docstring(function) or "", definition, "\n".join(map(ast.unparse, said)))
    return None


def is_print(node: ast.stmt) -> bool:
    """Say whether a statement prints."""
    match node:
        case ast.Expr(value=ast.Call(func=ast.Name(id="print"))):
            return True
    return False


def is_docstring(node: ast.stmt) -> bool:
    """Say whether a statement is a mere text."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def first_line(node: ast.stmt) -> int:
    """Return the line on which a statement begins, its decorators included."""
    decorators = node.decorator_list if isinstance(node, ast.FunctionDef | ast.ClassDef) else []
    return min([node.lineno, *(each.lineno for each in decorators)])
