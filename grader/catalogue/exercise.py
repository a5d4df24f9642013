"""One exercise: its `exercise.yaml` and the files that mirror each other under one slug.

Owns names and places. Reads text and YAML only; runs nothing of the content.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field

from grader.config.course_config import Slug, Text
from grader.errors import ContentError
from grader.yamlfile import Frozen, load_yaml, read_text

HINTS = 3
READMES: Mapping[str, str] = MappingProxyType({"en": "README.md", "zh": "README.zh.md"})
"""The names of the text of an exercise or a unit, by language."""


class ExerciseSheet(Frozen):
    """The whole of `exercise.yaml`."""

    version: Literal[1]
    title: Text
    concepts: Annotated[tuple[str, ...], Field(min_length=1)]
    needs: tuple[Slug, ...] = ()
    entry_points: Annotated[tuple[str, ...], Field(min_length=1)]
    forbidden: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    hints: Annotated[tuple[Text, ...], Field(min_length=HINTS, max_length=HINTS)]


@dataclass(frozen=True)
class WrongSolution:
    """A known-wrong solution and the misconception that it acts out."""

    path: Path
    misconception: str

    @property
    def name(self) -> str:
        """Return the file's name without its suffix."""
        return self.path.stem


@dataclass(frozen=True)
class Exercise:
    """An exercise of a course: its sheet, its points and its places."""

    root: Path
    unit: str
    slug: str
    points: float
    sheet: ExerciseSheet

    @property
    def folder(self) -> Path:
        """Return the folder that students get."""
        return self.root / "exercises" / self.unit / self.slug

    @property
    def starter(self) -> Path:
        """Return the starter's path."""
        return self.folder / f"{self.slug}.py"

    @property
    def public_tests(self) -> Path:
        """Return the public tests' path."""
        return self.folder / f"test_{self.slug}.py"

    @property
    def solution(self) -> Path:
        """Return the reference solution's path."""
        return self.root / "solutions" / self.unit / self.slug / f"{self.slug}.py"

    @property
    def hidden_tests(self) -> Path:
        """Return the hidden tests' path."""
        return self.root / "tests" / "hidden" / self.unit / f"test_{self.slug}_hidden.py"

    @property
    def sources(self) -> tuple[Path, ...]:
        """Return the files without which nothing can be graded."""
        return self.starter, self.public_tests, self.solution, self.hidden_tests

    @cached_property
    def wrong_solutions(self) -> tuple[WrongSolution, ...]:
        """Return the known-wrong solutions, by file name."""
        paths = sorted((self.solution.parent / "wrong").glob("m*_*.py"))
        return tuple(WrongSolution(path, misconception_of(path)) for path in paths)

    @cached_property
    def parameters(self) -> Mapping[str, tuple[str, ...]]:
        """Return the parameter names of each function that the solution defines.

        They are the starter's, which is not read: in a course that somebody works in, it is a student's file.
        """
        try:
            tree = ast.parse(read_text(self.solution))
        except SyntaxError as problem:
            raise ContentError("the solution is not valid Python", path=self.solution, line=problem.lineno) from None
        functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
        return {node.name: tuple(each.arg for each in node.args.args) for node in functions}


def misconception_of(path: Path) -> str:
    """Return the misconception that a wrong answer's file is named after, as M05 for `m05_….py`."""
    return path.stem.partition("_")[0].upper()


def load_exercise(root: Path, unit: str, slug: str, points: float) -> Exercise:
    """Return one exercise; ContentError when its sheet is missing or breaks its form."""
    sheet = load_yaml(root / "exercises" / unit / slug / "exercise.yaml", ExerciseSheet)
    return Exercise(root, unit, slug, points, sheet)
