"""The cells of a notebook as nbgrader sees them: which carry points, whose they are, and what their mark looks like.

Owns the form of an autograder cell's `grade_id` (`weighted_grad-autograde`, `quiz-weights-autograde`) and of a mark.
Knows no module of nbgrader.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nbformat import v4

from grader.bridges.nbgrader.quiz_cell import is_quiz_cell
from grader.catalogue.question import QuestionKind
from grader.results.facts import DIGITS
from grader.results.report import ExerciseReport, QuizReport, Report
from grader.results.verdicts import AnswerVerdict, Verdict

AUTOGRADE = "-autograde"
QUIZ = "quiz-"
SHOWN = ("text/plain", "image/png", "image/jpeg")
"""What of a student's rich output an instructor's browser gets: nothing that can hold a script."""
BASE64 = re.compile(r"[A-Za-z0-9+/\n]*={0,2}\n?")

Cell = Any
"""A cell of a notebook, a NotebookNode, which behaves like a dict."""
Part = ExerciseReport | QuizReport


@dataclass(frozen=True)
class Mark:
    """What a cell with points gets."""

    points: float | None
    """None where nobody but a human can say."""
    most: float
    """What the cell is worth."""
    waits: bool
    """Whether a human is to look at it."""


def about(cell: Cell) -> Mapping[str, Any]:
    """Return what nbgrader knows of a cell, empty for an ordinary one."""
    known = cell.metadata.get("nbgrader", {})
    return known if isinstance(known, dict) else {}


def is_marked_by_machine(cell: Cell) -> bool:
    """Say whether nbgrader takes a cell's points from what it put out."""
    return cell.cell_type == "code" and bool(about(cell).get("grade")) and not about(cell).get("solution")


def grade_id(cell: Cell) -> str:
    """Return the name by which nbgrader knows a cell, empty for an ordinary one."""
    return str(about(cell).get("grade_id", ""))


def name_of(cell: Cell) -> str:
    """Return what an autograder cell grades, a slug or `quiz-<unit>`, or nothing for another cell."""
    name = grade_id(cell)
    return name.removesuffix(AUTOGRADE) if name.endswith(AUTOGRADE) and is_marked_by_machine(cell) else ""


def feedback_id(name: str) -> str:
    """Return the grade_id of the cell that the feedback on an exercise or a quiz belongs to."""
    return f"{name}-answers" if name.startswith(QUIZ) else f"{name}-solution"


def parts(report: Report) -> Mapping[str, Part]:
    """Return the parts of a report by the names that autograder cells have for them.

    A free-text question has a cell of its own, so that a quiz without an answer to it is a whole one.
    """
    exercises: dict[str, Part] = {each.slug: each for each in report.exercises}
    return {**exercises, **{f"{QUIZ}{each.unit}": without_texts(each) for each in report.quizzes}}


def without_texts(quiz: QuizReport) -> QuizReport:
    """Return a quiz without the free-text questions that nobody answered in its own cell."""
    answered = [
        each
        for each in quiz.answers
        if each.kind != QuestionKind.TEXT.value or each.verdict is not AnswerVerdict.UNANSWERED
    ]
    return quiz.model_copy(update={"answers": tuple(answered)})


def code_cells(cells: Sequence[Cell]) -> list[Cell]:
    """Return the code cells of a notebook."""
    return [cell for cell in cells if cell.cell_type == "code"]


def notebook_of(code: Sequence[Cell]) -> bytes:
    """Return a notebook with the sources of some code cells and nothing else.

    A cell with points or quiz answers is there, so that each cell's number is the student's own, but it is empty.
    """
    sources = ["" if is_marked_by_machine(cell) or is_quiz_cell(cell.source) else cell.source for cell in code]
    made: list[dict[str, object]] = [
        {"cell_type": "code", "source": source, "metadata": {}, "outputs": []} for source in sources
    ]
    return json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": made}).encode()


def mark(part: Part | None, cell: Cell) -> Mark:
    """Return the mark that a part of a report gives in a cell with points; what we failed on costs nothing."""
    most = float(about(cell)["points"])
    if part is None and not name_of(cell) and not most:
        return Mark(0.0, most, waits=False)
    if part is None or part.max_score <= 0:
        return Mark(None, most, waits=True)
    points = round(part.score / part.max_score * most, DIGITS)
    return Mark(min(most, max(0.0, points)), most, waits=waits(part))


def waits(part: Part) -> bool:
    """Say whether a human is to look at a part of a report."""
    if isinstance(part, QuizReport):
        return any(each.verdict in {AnswerVerdict.INTERNAL, AnswerVerdict.WAITING} for each in part.answers)
    return any(check.verdict is Verdict.INTERNAL for check in part.checks)


def write_mark(cell: Cell, given: Mark) -> None:
    """Write a mark where nbgrader reads it: one result, a plain number, and 0 until a human has given another.

    Of a cell worth nothing nbgrader makes 0 of 0 by itself, and a student would wonder about a number below a test.
    """
    number = 0.0 if given.points is None else given.points
    result = v4.new_output("execute_result", {"text/plain": repr(float(number))})  # type: ignore[no-untyped-call]
    cell.outputs = [result] if given.most else []


def write_outputs(cells: Sequence[Cell], outputs: Sequence[Sequence[Mapping[str, Any]]]) -> None:
    """Show what the student's cells put out, where that is known; a cell with points never shows any of it."""
    for cell, put_out in zip(cells, outputs, strict=False):
        if not about(cell).get("grade"):
            cell.outputs = [shown for each in put_out if (shown := harmless(each))]


def harmless(output: Mapping[str, Any]) -> Cell | None:
    """Return an output made anew, without what a browser might run, or None where nothing is left.

    nbgrader's pages print an output's metadata and an image's text as they are.
    """
    match output:
        case {"output_type": "stream", "name": ("stdout" | "stderr") as name, "text": str(text)}:
            return v4.new_output("stream", name=name, text=text)  # type: ignore[no-untyped-call]
        case {"output_type": "error", "ename": str(name), "evalue": str(value), "traceback": list(lines)}:
            told = {"ename": name, "evalue": value, "traceback": [str(line) for line in lines]}
            return v4.new_output("error", **told)  # type: ignore[no-untyped-call]
        case {"data": dict(data)}:
            kept = {kind: data[kind] for kind in SHOWN if is_harmless(kind, data.get(kind))}
            return v4.new_output("display_data", kept) if kept else None  # type: ignore[no-untyped-call]
    return None


def is_harmless(kind: str, value: object) -> bool:
    """Say whether some data are a text to be shown as it is, or an image in base64 and nothing else."""
    return isinstance(value, str) and (kind == "text/plain" or BASE64.fullmatch(value) is not None)


def write_feedback(cells: Sequence[Cell], name: str, text: str) -> None:
    """Show a comment in Markdown below the mark of an exercise or a quiz that has no cell for comments."""
    for cell in cells:
        if name_of(cell) == name:
            shown = {"text/plain": text, "text/markdown": text}
            cell.outputs.append(v4.new_output("display_data", shown))  # type: ignore[no-untyped-call]


def read_feedback(cells: Sequence[Cell], name: str) -> str:
    """Return the comment that stands below the mark of an exercise or a quiz; nothing where there is none."""
    outputs = [output for cell in cells if name_of(cell) == name for output in cell.outputs]
    return "\n\n".join(each.data.get("text/markdown", "") for each in outputs if each.output_type == "display_data")
