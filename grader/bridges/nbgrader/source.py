"""Units as nbgrader's source notebooks: solution cells, visible tests, and one autograder cell for each exercise.

Owns the cells' metadata. A source notebook holds no solution and no hidden test: what judges stays in the course, and
the autograder cell only names its exercise. Knows no module of nbgrader.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import replace

from grader.bridges.notebook import Cell, exercise_cells, head, notebook
from grader.catalogue.course import Course
from grader.catalogue.exercise import Exercise
from grader.catalogue.question import Question, QuestionKind, load_quiz
from grader.catalogue.release import Files, exercises_of
from grader.catalogue.rules import raises_not_implemented
from grader.config.course_config import UnitEntry
from grader.wording.message import message

SCHEMA = 3
GRADED_BY = "# graded by Autograd Grader: "
"""What an autograder cell says before the name of its exercise, or of `quiz-<unit>`."""
QUIZ_ANSWERS = "quiz_answers"
"""The variable of the cell with a unit's quiz answers, a dict of literals that is read and never run."""
UNANSWERED = "YOUR ANSWER HERE"
"""What nbgrader itself leaves of a free-text answer, so that an untouched one is known as such."""


def source_release(course: Course, units: Sequence[UnitEntry], language: str) -> Files:
    """Return the source notebook of each unit, by its name in the folder of an nbgrader course."""
    return {
        f"source/{unit.name}/{unit.name}.ipynb": notebook(list(source_cells(course, unit, language))) for unit in units
    }


def source_cells(course: Course, unit: UnitEntry, language: str) -> Iterator[Cell]:
    """Yield the cells of a unit."""
    yield head(unit, language)
    for exercise in exercises_of(course, unit):
        yield from graded_exercise(exercise, language)
    if unit.quiz:
        questions = load_quiz(course.root, unit.name)
        keyed = [each for each in questions if each.kind is not QuestionKind.TEXT]
        yield from quiz_cells(unit.name, keyed, unit.quiz.points, language)
        for question in questions:
            if question.kind is QuestionKind.TEXT:
                yield from text_cells(question, language)


def graded_exercise(exercise: Exercise, language: str) -> Iterator[Cell]:
    """Yield the cells of an exercise."""
    cells = exercise_cells(exercise, language)
    yield cells.readme
    yield cells.your_code
    yield marked(replace(cells.starter, source=with_region(cells.starter.source)), solution=True)
    yield cells.testing
    yield from (marked(cell, locked=True) for cell in cells.setup)
    yield from (marked(cell, locked=True, points=0.0) for cell in cells.tests)
    yield autograder(exercise.slug, exercise.points)


def with_region(starter: str) -> str:
    """Return a starter whose bodies are nbgrader's solution regions; without one, the whole cell would be emptied."""
    lines = starter.split("\n")
    functions = (node for node in ast.walk(ast.parse(starter)) if isinstance(node, ast.FunctionDef))
    ends = [function.body[-1] for function in functions]
    for node in sorted(filter(raises_not_implemented, ends), key=lambda each: each.lineno, reverse=True):
        first, last, indent = node.lineno - 1, node.end_lineno or node.lineno, " " * node.col_offset
        body = [f"{indent}### BEGIN SOLUTION", *lines[first:last], f"{indent}### END SOLUTION"]
        lines[first:last] = body
    return "\n".join(lines)


def quiz_cells(unit: str, questions: Sequence[Question], points: float, language: str) -> Iterator[Cell]:
    """Yield the cells of a quiz: what to do, the answers, and their autograder cell.

    The answers are no solution cell of nbgrader's, which would empty it: an ordinary one, known by its variable.
    """
    name = f"quiz-{unit}"
    text = message("release.quiz_head").text(language)
    yield Cell(name, text.strip(), "markdown")
    entries = "".join(f'    "{question.id}": None,\n' for question in questions)
    yield Cell(f"{name}-answers", f"{QUIZ_ANSWERS} = {{\n{entries}}}", metadata={"deletable": False})
    yield autograder(name, points)


def text_cells(question: Question, language: str) -> Iterator[Cell]:
    """Yield the cells of a free-text question: its text, and the answer that a human marks."""
    name = f"text-{question.id}"
    text = question.sheet.text.in_language(language)
    if question.sheet.draw:
        text = message("release.on_your_sheet", question=question.id).text(language)
    elif question.sheet.code:
        text += f"\n\n```python\n{question.sheet.code.rstrip()}\n```"
    told = message("release.text_question", text=text).text(language)
    yield marked(Cell(f"{name}-question", told.strip(), "markdown"), locked=True)
    yield marked(Cell(name, UNANSWERED, "markdown"), solution=True, points=question.sheet.points)


def autograder(name: str, points: float) -> Cell:
    """Return the cell that carries the points of an exercise or a quiz, and says nothing but its name."""
    return marked(Cell(f"{name}-autograde", f"{GRADED_BY}{name}"), locked=True, points=points)


def marked(cell: Cell, *, solution: bool = False, locked: bool = False, points: float | None = None) -> Cell:
    """Return a cell with nbgrader's metadata; one with points, 0 included, is graded."""
    metadata = {
        "schema_version": SCHEMA,
        "grade_id": cell.name,
        "grade": points is not None,
        "solution": solution,
        "locked": locked,
        "task": False,
    }
    if points is not None:
        metadata["points"] = points
    return replace(cell, metadata={**cell.metadata, "nbgrader": metadata})
