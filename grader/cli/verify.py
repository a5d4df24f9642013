"""`grader verify`: the rules of the content, and the matrix of wrong solutions and checks."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.options import CourseOption, IsolationOption, JsonOption
from grader.sandbox.isolation import Isolation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console
    from rich.table import Table

    from grader.catalogue.rules import Broken
    from grader.results.texts import CourseTexts
    from grader.verify.matrix import Matrix
    from grader.verify.quizzes import Stressed
    from grader.verify.verify import Verification

MARKS = {
    "passed": "·",
    "failed": "F",
    "error": "E",
    "timeout": "T",
    "memory": "M",
    "crashed": "C",
    "forbidden": "X",
    "skipped": "-",
    "internal": "!",
}


def verify(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME]...", help="Exercises, or units with all in them; none for all."),
    ] = None,
    *,
    draws: Annotated[int, typer.Option(min=1, help="How often each question with parameters is drawn.")] = 1000,
    course: CourseOption = None,
    isolation: IsolationOption = Isolation.SANDBOX,
    as_json: JsonOption = False,
) -> None:
    """Hold the course's content to its rules: the matrix of wrong solutions and checks, and the quizzes' keys.

    Examples:  grader verify   ·   grader verify weighted_grad   ·   grader verify graph --draws 50   ·   --json

    Exit codes: 0 no rule is broken; 1 one is; 2 the command or the course is wrong.
    """
    from rich.console import Console

    from grader.catalogue.course import find_course
    from grader.catalogue.texts import texts_of
    from grader.grading.options import Options, load_assignment
    from grader.grading.secret import SELF_STUDY
    from grader.verify.verify import verify as verify_content

    root = find_course((course or Path.cwd()).absolute())
    assignment = load_assignment(Options(root, SELF_STUDY, isolation=isolation))
    exercises, quizzes = assignment.course.select_parts(names or ())
    console = Console()
    progress = Console(stderr=True)
    with progress.status("verifying") as status:
        found = verify_content(
            replace(assignment, exercises=exercises),
            quizzes,
            lambda name: status.update(f"verifying {name}"),
            draws=draws,
        )
    texts = texts_of(assignment.course, questions=False)
    if as_json:
        typer.echo(json.dumps(as_data(found, root, texts), ensure_ascii=False, indent=2))
    else:
        show(found, console, root, texts)
    if found.broken:
        raise typer.Exit(1)


def show(found: Verification, console: Console, root: Path, texts: CourseTexts) -> None:
    """Print every matrix, what it covers, and the broken rules."""
    from grader.verify.documents import covered_outputs

    for matrix in found.matrices:
        console.print(table(matrix))
        titles = texts.checks[matrix.exercise.slug]
        for index, check in enumerate(matrix.solution.checks, start=1):
            title = titles[check.id].en if check.id in titles else check.id
            console.print(f"  {index:2} {check.part.value[:4]} {check.max_points:g}  {title}", markup=False)
        console.print()
    if found.questions:
        show_questions(found.questions, console)
    covered = covered_outputs((matrix.solution for matrix in found.matrices), found.questions)
    console.print(f"documented outputs covered ({len(covered)}): {' '.join(covered)}", soft_wrap=True, highlight=False)
    if found.matrices:
        console.print(
            "legend: · passed  F failed  E error  T timeout  M memory  C crashed  X forbidden  - skipped  ! internal"
        )
    for problem in found.broken:
        line = f":{problem.line}" if problem.line else ""
        console.print(f"{place(problem, root)}{line}: {problem.problem}", style="red", markup=False, soft_wrap=True)
    wrong = sum(len(matrix.rows) - 2 for matrix in found.matrices)
    console.print(
        f"{len(found.matrices)} exercises, {wrong} wrong solutions, "
        f"{sum(len(matrix.solution.checks) for matrix in found.matrices)} checks, "
        f"{len(found.questions)} questions, {len(found.broken)} broken rules"
    )


def show_questions(questions: Sequence[Stressed], console: Console) -> None:
    """Print the questions by kind and unit, and what drawing them again and again gave."""
    from rich.table import Table as RichTable

    units = list(dict.fromkeys(each.question.unit for each in questions))
    shown = RichTable(title="quiz questions by kind and unit", title_justify="left")
    shown.add_column("kind")
    for number in (*map(str, range(1, len(units) + 1)), "all"):
        shown.add_column(number, justify="right")
    for kind in dict.fromkeys(each.question.kind.value for each in questions):
        shown.add_row(kind, *counts(units, [each for each in questions if each.question.kind == kind]))
    shown.add_section()
    shown.add_row("all", *counts(units, questions))
    shown.add_row("with parameters", *counts(units, [each for each in questions if each.question.sheet.draw]))
    console.print(shown)
    console.print(f"units: {', '.join(f'{number} {unit}' for number, unit in enumerate(units, 1))}", highlight=False)
    keyed = [each for each in questions if each.question.kind != "text"]
    computed = sum(not each.broken for each in keyed)
    console.print(f"keys computed by torch: {computed} of {len(keyed)} ({100 * computed // max(1, len(keyed))} %)")
    console.print(
        f"stress draws: {sum(each.draws for each in questions)}, "
        f"rejected draws: {sum(each.rejected for each in questions)}, "
        f"keys confirmed in another way: {sum(bool(each.question.answer.independent) for each in questions)} questions"
    )
    console.print()


def counts(units: Sequence[str], questions: Sequence[Stressed]) -> list[str]:
    """Return how many of some questions each unit has, and how many there are; nothing for none."""
    numbers = [sum(each.question.unit == unit for each in questions) for unit in units]
    return [str(number or "") for number in (*numbers, len(questions))]


def table(matrix: Matrix) -> Table:
    """Return the matrix of one exercise as a table."""
    from rich.table import Table as RichTable

    shown = RichTable(title=f"{matrix.exercise.slug} ({matrix.exercise.points:g} points)", title_justify="left")
    shown.add_column("solution", overflow="fold")
    shown.add_column("score", justify="right")
    shown.add_column("diagnosed")
    shown.add_column("".join(str(index % 10) for index in range(1, len(matrix.solution.checks) + 1)))
    for row in matrix.rows:
        marks = "".join(MARKS[check.verdict.value] for check in row.facts.checks)
        diagnosed = row.diagnosed or ("—" if row.expected is None else "?")
        shown.add_row(row.name, f"{row.facts.points:g}", diagnosed, marks)
    return shown


def place(problem: Broken, root: Path) -> Path:
    """Return where a rule is broken, relative to the course where it lies in it."""
    return problem.path.relative_to(root) if problem.path.is_relative_to(root) else problem.path


def as_data(found: Verification, root: Path, texts: CourseTexts) -> dict[str, object]:
    """Return what was found as plain data, in English words."""
    from grader.reports.render import Writer

    writer = Writer(texts, "en", tells_all=True)
    return {
        "exercises": [
            {
                "slug": matrix.exercise.slug,
                "rows": [
                    {
                        "name": row.name,
                        "expected": row.expected,
                        "report": writer.exercise(row.facts).model_dump(mode="json"),
                    }
                    for row in matrix.rows
                ],
            }
            for matrix in found.matrices
        ],
        "questions": [
            {
                "id": each.question.id,
                "unit": each.question.unit,
                "kind": each.question.kind.value,
                "draws": each.draws,
                "rejected": each.rejected,
                "covers": each.covers,
            }
            for each in found.questions
        ],
        "broken": [
            {"path": str(place(each, root)), "line": each.line, "problem": each.problem} for each in found.broken
        ],
    }
