"""`grader verify`: the rules of the content, and the matrix of wrong solutions and checks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.options import CourseOption, IsolationOption, JsonOption
from grader.sandbox.isolation import Isolation

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from grader.catalogue.rules import Broken
    from grader.verify.matrix import Matrix
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
    slugs: Annotated[list[str] | None, typer.Argument(metavar="[SLUG]...", help="Exercises; none for all.")] = None,
    *,
    course: CourseOption = None,
    isolation: IsolationOption = Isolation.SANDBOX,
    as_json: JsonOption = False,
) -> None:
    """Hold the course's content to its rules and print the matrix of wrong solutions and checks.

    Examples:  grader verify   ·   grader verify weighted_grad   ·   grader verify --json

    Exit codes: 0 no rule is broken; 1 one is; 2 the command or the course is wrong.
    """
    from rich.console import Console

    from grader.catalogue.course import find_course
    from grader.grading.options import Options, load_assignment
    from grader.grading.secret import SELF_STUDY
    from grader.verify.verify import verify as verify_content

    root = find_course((course or Path.cwd()).absolute())
    assignment = load_assignment(Options(root, SELF_STUDY, slugs=tuple(slugs or ()), isolation=isolation))
    console = Console()
    progress = Console(stderr=True)
    with progress.status("verifying") as status:
        found = verify_content(assignment, lambda slug: status.update(f"grading the solutions of {slug}"))
    if as_json:
        typer.echo(json.dumps(as_data(found, root), ensure_ascii=False, indent=2))
    else:
        show(found, console, root)
    if found.broken:
        raise typer.Exit(1)


def show(found: Verification, console: Console, root: Path) -> None:
    """Print every matrix, what it covers, and the broken rules."""
    from grader.verify.documents import covered_outputs

    for matrix in found.matrices:
        console.print(table(matrix))
        for index, check in enumerate(matrix.solution.checks, start=1):
            console.print(f"  {index:2} {check.part.value[:4]} {check.max_points:g}  {check.title}", markup=False)
        console.print()
    outputs = covered_outputs(matrix.solution for matrix in found.matrices)
    console.print(f"documented outputs covered ({len(outputs)}): {' '.join(outputs)}", soft_wrap=True, highlight=False)
    console.print(
        "legend: · passed  F failed  E error  T timeout  M memory  C crashed  X forbidden  - skipped  ! internal"
    )
    for problem in found.broken:
        line = f":{problem.line}" if problem.line else ""
        console.print(f"{place(problem, root)}{line}: {problem.problem}", style="red", markup=False, soft_wrap=True)
    wrong = sum(len(matrix.rows) - 2 for matrix in found.matrices)
    console.print(
        f"{len(found.matrices)} exercises, {wrong} wrong solutions, "
        f"{sum(len(matrix.solution.checks) for matrix in found.matrices)} checks, {len(found.broken)} broken rules"
    )


def table(matrix: Matrix) -> Table:
    """Return the matrix of one exercise as a table."""
    from rich.table import Table as RichTable

    shown = RichTable(title=f"{matrix.exercise.slug} ({matrix.exercise.points:g} points)", title_justify="left")
    shown.add_column("solution", overflow="fold")
    shown.add_column("score", justify="right")
    shown.add_column("diagnosed")
    shown.add_column("".join(str(index % 10) for index in range(1, len(matrix.solution.checks) + 1)))
    for row in matrix.rows:
        marks = "".join(MARKS[check.verdict.value] for check in row.report.checks)
        diagnosed = row.report.misconception or ("—" if row.expected is None else "?")
        shown.add_row(row.name, f"{row.report.score:g}", diagnosed, marks)
    return shown


def place(problem: Broken, root: Path) -> Path:
    """Return where a rule is broken, relative to the course where it lies in it."""
    return problem.path.relative_to(root) if problem.path.is_relative_to(root) else problem.path


def as_data(found: Verification, root: Path) -> dict[str, object]:
    """Return what was found as plain data."""
    return {
        "exercises": [
            {
                "slug": matrix.exercise.slug,
                "rows": [
                    {"name": row.name, "expected": row.expected, "report": row.report.model_dump(mode="json")}
                    for row in matrix.rows
                ],
            }
            for matrix in found.matrices
        ],
        "broken": [
            {"path": str(place(each, root)), "line": each.line, "problem": each.problem} for each in found.broken
        ],
    }
