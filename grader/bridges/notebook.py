"""Exercises as Jupyter notebooks, which students work in and hand in as they are.

Owns the cells of a unit and their form. The same content always gives the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import nbformat
from nbformat import v4

from grader.catalogue.course import Course
from grader.catalogue.exercise import READMES, Exercise
from grader.catalogue.one_language import in_one_language
from grader.catalogue.release import Files, exercises_of, given_text, starter_text
from grader.catalogue.visible_tests import METADATA_KEY, visible_tests
from grader.config.course_config import UnitEntry
from grader.wording.message import Message, message

METADATA: Mapping[str, Any] = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
ID_LENGTH = 16


@dataclass(frozen=True)
class Cell:
    """One cell of a notebook."""

    name: str
    """Unique in its notebook, and the same in every release."""
    source: str
    kind: Literal["code", "markdown"] = "code"
    metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ExerciseCells:
    """The cells of one exercise."""

    readme: Cell
    your_code: Cell
    """The heading above the starter."""
    starter: Cell
    testing: Cell
    """The heading above the tests."""
    setup: tuple[Cell, ...]
    """What the tests use; no cell where they use nothing."""
    tests: tuple[Cell, ...]

    @property
    def all(self) -> tuple[Cell, ...]:
        """Return them in the order of a notebook."""
        return (self.readme, self.your_code, self.starter, self.testing, *self.setup, *self.tests)


def exercise_cells(exercise: Exercise, language: str) -> ExerciseCells:
    """Return the cells of one exercise, all that they say in `language`."""
    slug, public = exercise.slug, visible_tests(exercise.public_tests, exercise.slug)
    passed = message("release.test_passed").text(language)

    def code(name: str, source: str, part: str) -> Cell:
        about = {METADATA_KEY: {"exercise": slug, "part": part}}
        return Cell(f"{slug}-{name}", in_one_language(source, language), metadata=about)

    def heading(name: str, words: Message) -> Cell:
        return Cell(f"{slug}-{name}", words.text(language).strip(), "markdown")

    return ExerciseCells(
        readme=Cell(f"{slug}-readme", given_text(exercise.folder / READMES[language]).strip(), "markdown"),
        your_code=heading("your-code", message("release.your_code")),
        starter=code("solution", starter_text(exercise).rstrip(), "answer"),
        testing=heading("testing", message("release.testing")),
        setup=(code("setup", public.setup, "setup"),) if public.setup else (),
        tests=tuple(
            code(f"visible-{number}", each.cell(passed), "test") for number, each in enumerate(public.tests, 1)
        ),
    )


def head(unit: UnitEntry, language: str) -> Cell:
    """Return the cell at the top of a unit's notebook: its title, and how to work in it."""
    text = message("release.notebook_head", title=unit.title.in_language(language)).text(language)
    return Cell("head", text.strip(), "markdown")


def notebook_release(course: Course, units: Sequence[UnitEntry], language: str) -> Files:
    """Return a notebook for each unit."""
    return {f"{unit.name}.ipynb": unit_notebook(course, unit, language) for unit in units}


def unit_notebook(course: Course, unit: UnitEntry, language: str) -> bytes:
    """Return the notebook of a unit's exercises."""
    exercises = [cell for each in exercises_of(course, unit) for cell in exercise_cells(each, language).all]
    return notebook([head(unit, language), *exercises])


def notebook(cells: Sequence[Cell]) -> bytes:
    """Return a notebook in version 4.5 of the format."""
    made = v4.new_notebook(cells=[as_node(cell) for cell in cells], metadata=METADATA)  # type: ignore[no-untyped-call]
    made.nbformat_minor = 5
    return f"{nbformat.writes(made)}\n".encode()  # type: ignore[no-untyped-call]


def as_node(cell: Cell) -> Any:
    """Return a cell as the library has it, with an id that depends on its name alone."""
    make = v4.new_markdown_cell if cell.kind == "markdown" else v4.new_code_cell
    identity = hashlib.sha256(cell.name.encode()).hexdigest()[:ID_LENGTH]
    return make(cell.source, id=identity, metadata=dict(cell.metadata))  # type: ignore[no-untyped-call]
