"""Which documented outputs the course compares with, and which it owes because it claims or lists them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from grader.catalogue.course import Course
from grader.catalogue.exercise import Exercise
from grader.catalogue.question import quiz_path
from grader.catalogue.rules import Broken, syntax_tree
from grader.yamlfile import Frozen, load_yaml

OUTPUT = re.compile(r"-o\d+$")
NAME = "solutions/documents.yaml"


class DocumentsSheet(Frozen):
    """The whole of `solutions/documents.yaml`."""

    version: Literal[1]
    documented_outputs: tuple[str, ...]
    """The ids of the outputs that the documents print, each of which some check or question compares with."""


@dataclass(frozen=True)
class Outputs:
    """The documented outputs that are checked, each with a file that does it, and those that the course lists."""

    covered: Mapping[str, Path] = field(default_factory=dict)
    owed: tuple[str, ...] = ()

    def is_unknown(self, output: str) -> bool:
        """Whether the course has a list without this output."""
        return bool(self.owed) and output not in self.owed


def documents_path(root: Path) -> Path:
    """Return the place of the list of documented outputs."""
    return root / NAME


def owed_outputs(course: Course) -> tuple[str, ...]:
    """Return the documented outputs that the course lists; none for a course without a list."""
    path = documents_path(course.root)
    return load_yaml(path, DocumentsSheet).documented_outputs if path.is_file() else ()


def covered_outputs(course: Course) -> dict[str, Path]:
    """Return the documented outputs that a hidden test or a question compares with, sorted, each with such a file.

    A claim or an erratum may be held against a check too; it is no output.
    """
    found: dict[str, Path] = {}
    for exercise in course.exercises:
        if exercise.hidden_tests.is_file():
            found |= dict.fromkeys(covers_in(exercise.hidden_tests), exercise.hidden_tests)
    for unit, questions in course.quizzes.items():
        path = quiz_path(course.root, unit, withheld=True)
        found |= {each.output: path for question in questions for each in question.answer.documented}
    return {output: found[output] for output in sorted(found) if OUTPUT.search(output)}


def covers_in(path: Path) -> Iterator[str]:
    """Yield the ids that the `check` marks of a hidden test file list, written out."""
    for node in ast.walk(syntax_tree(path)):
        if isinstance(node, ast.keyword) and node.arg == "covers" and isinstance(node.value, ast.List | ast.Tuple):
            yield from (str(each.value) for each in node.value.elts if isinstance(each, ast.Constant))


def broken_claims(outputs: Outputs, exercises: Sequence[Exercise]) -> Iterator[Broken]:
    """Each output that an exercise claims is checked somewhere, and each that is checked is one of the list."""
    for exercise in exercises:
        path = exercise.folder / "exercise.yaml"
        for output in filter(OUTPUT.search, exercise.sheet.documents):
            if output not in outputs.covered:
                yield Broken(path, f"nothing checks the documented output {output}; let a check or question cover it")
            if outputs.is_unknown(output):
                yield Broken(path, f"{output} is no documented output; correct it, or list it in {NAME}")
    for output, path in outputs.covered.items():
        if outputs.is_unknown(output):
            yield Broken(path, f"{output} is no documented output; correct it, or list it in {NAME}")


def broken_debts(outputs: Outputs, path: Path) -> Iterator[Broken]:
    """Each documented output that the course lists is checked by a hidden test or a question."""
    for output in outputs.owed:
        if output not in outputs.covered:
            yield Broken(path, f"nothing checks the documented output {output}; let a check or question cover it")
