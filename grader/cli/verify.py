"""`grader verify`: the rules of the content, and how well its checks tell right from wrong."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.options import CourseOption, IsolationOption, JsonOption
from grader.errors import UserError
from grader.sandbox.isolation import Isolation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console
    from rich.table import Table

    from grader.catalogue.rules import Broken
    from grader.results.texts import CourseTexts
    from grader.verify.matrix import Matrix
    from grader.verify.quizzes import Stressed
    from grader.verify.verify import Verification, Verified

MARKS = {
    "passed": "·",
    "failed": "F",
    "error": "E",
    "timeout": "T",
    "memory": "M",
    "crashed": "C",
    "forbidden": "X",
    "skipped": "-",
    "unread": "U",
    "internal": "!",
}


def verify(  # noqa: PLR0913 - the command's own options
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME]...", help="Exercises, or units with all in them; none for all."),
    ] = None,
    *,
    draws: Annotated[int, typer.Option(min=1, help="How often each question with parameters is drawn.")] = 1000,
    quiz_only: Annotated[bool, typer.Option("--quiz-only", help="Leave the exercises out.")] = False,
    cache: Annotated[bool, typer.Option(help="Do not run again what has not changed since it kept every rule.")] = True,
    course: CourseOption = None,
    isolation: IsolationOption = Isolation.SANDBOX,
    as_json: JsonOption = False,
) -> None:
    """Hold the course's content to its rules: wrong solutions, mutants and idle answers lose, quizzes' keys are right.

    An exercise that is named is shown whole: each solution against each check.

    Examples:  grader verify   ·   grader verify weighted_grad   ·   grader verify graph --draws 50   ·   --no-cache
               grader verify graph --quiz-only --draws 50

    Exit codes: 0 no rule is broken; 1 one is; 2 the command or the course is wrong.
    """
    from rich.console import Console

    from grader.catalogue.course import find_course
    from grader.catalogue.texts import texts_of
    from grader.grading.options import Options, load_assignment
    from grader.grading.secret import SELF_STUDY
    from grader.verify.verify import verify as verify_content

    place = find_course((course or Path.cwd()).absolute())
    assignment = load_assignment(Options(place, SELF_STUDY, isolation=isolation))
    root = assignment.course.root
    exercises, quizzes = assignment.course.select_parts(names or ())
    if quiz_only and not quizzes:
        raise UserError(
            f"--quiz-only: none of these has a quiz; name a unit of {', '.join(assignment.course.quiz_units)}"
        )
    console = Console()
    progress = Console(stderr=True)
    with progress.status("verifying") as status:
        found = verify_content(
            replace(assignment, exercises=() if quiz_only else exercises),
            quizzes,
            lambda name: status.update(f"verifying {name}"),
            draws=draws,
            cached=cache,
        )
    if as_json:
        typer.echo(
            json.dumps(as_data(found, root, texts_of(assignment.course, questions=False)), ensure_ascii=False, indent=2)
        )
    else:
        show(found, console, root, names or (), texts_of(assignment.course, questions=False))
    if found.broken:
        raise typer.Exit(1)


def show(found: Verification, console: Console, root: Path, names: Sequence[str], texts: CourseTexts) -> None:
    """Print the matrices that were asked for by name, a line for each exercise, the quizzes, and the broken rules."""
    asked_for = [each for each in found.exercises if each.matrix.exercise.slug in names]
    for each in asked_for:
        show_exercise(each, console, texts)
    if asked_for:
        console.print(
            "legend: · passed  F failed  E error  T timeout  M memory  C crashed  X forbidden  - skipped  U unread  "
            "! internal"
        )
    if found.exercises:
        console.print(summary_table(found.exercises))
        console.print("named: wrong solutions; killed, equal: mutants of the reference; paid: idle answers")
    if found.questions:
        show_questions(found.questions, console)
    covered, owed = found.outputs.covered, found.outputs.owed
    if covered or owed:
        of_all = f" of {len(owed)}" if owed else ""
        outputs = f"documented outputs covered: {len(covered)}{of_all}: {' '.join(covered) or 'none'}"
        console.print(outputs, soft_wrap=True, highlight=False)
    for problem in found.broken:
        line = f":{problem.line}" if problem.line else ""
        where = place(problem, root)
        console.print(f"{where}{line}: {problem.problem}", style="red", markup=False, soft_wrap=True)
    console.print(totals(found), soft_wrap=True)


def show_exercise(verified: Verified, console: Console, texts: CourseTexts) -> None:
    """Print one exercise's matrix, its checks, and its mutants that no check kills."""
    matrix = verified.matrix
    console.print(matrix_table(matrix))
    titles = texts.checks[matrix.exercise.slug]
    for index, check in enumerate(matrix.solution.checks, start=1):
        title = titles[check.id].en if check.id in titles else check.id
        console.print(f"  {index:2} {check.part.value[:4]} {check.max_points:g}  {check.id}: {title}", markup=False)
    for row in matrix.rows:
        if seen := ", ".join(each.name for each in row.facts.observations):
            console.print(f"  {row.name} shows {seen}", markup=False, highlight=False, soft_wrap=True)
    for mutant in verified.mutants:
        fate = f"killed by {mutant.killed_by}" if mutant.killed_by else "equal" if mutant.equal else "survives"
        style = "red" if fate == "survives" else ""
        text = f"  line {mutant.line}: {mutant.change}: {fate}"
        console.print(text, style=style, markup=False, highlight=False, soft_wrap=True)
    console.print(
        f"  {len(verified.idle)} idle answers: {', '.join(each.expression for each in verified.idle)}",
        markup=False,
        highlight=False,
        soft_wrap=True,
    )
    console.print()


def summary_table(exercises: Sequence[Verified]) -> Table:
    """Return a line for each exercise: its points and checks, and how well they tell right from wrong."""
    from rich.table import Table as RichTable

    shown = RichTable(title="exercises", title_justify="left")
    shown.add_column("exercise", no_wrap=True)
    for name in ("points", "checks", "named", "killed", "equal", "paid"):
        shown.add_column(name, justify="right")
    for each in exercises:
        shown.add_row(*summary_row(each))
    return shown


def summary_row(verified: Verified) -> list[str]:
    """Return the cells of one exercise's line."""
    from grader.verify.mutation import score

    matrix, (killed, of_all) = verified.matrix, score(verified.mutants)
    wrong = matrix.rows[2:]
    return [
        matrix.exercise.slug,
        f"{matrix.exercise.points:g}",
        str(len(matrix.solution.checks)),
        f"{sum(row.is_known for row in wrong)}/{len(wrong)}",
        f"{killed}/{of_all}",
        str(sum(each.equal for each in verified.mutants) or ""),
        f"{sum(bool(each.paid) for each in verified.idle)}/{len(verified.idle)}",
    ]


def totals(found: Verification) -> str:
    """Return the last line: what there is in all, and how much of it is broken."""
    from grader.verify.mutation import score

    exercises = found.exercises
    scores = [score(each.mutants) for each in exercises]
    killed, mutants = sum(each for each, _ in scores), sum(each for _, each in scores)
    return (
        f"{len(exercises)} exercises, {sum(each.matrix.exercise.points for each in exercises):g} points, "
        f"{sum(len(each.matrix.rows) - 2 for each in exercises)} wrong solutions, "
        f"{sum(len(each.matrix.solution.checks) for each in exercises)} checks, "
        f"mutation score {100 * killed // max(1, mutants)} % ({killed} of {mutants}), "
        f"{len(found.questions)} questions, {len(found.broken)} broken rules"
    )


def show_questions(questions: Sequence[Stressed], console: Console) -> None:
    """Print the questions by unit and kind, and what drawing them again and again gave."""
    from rich.table import Table as RichTable

    kinds = list(dict.fromkeys(each.question.kind.value for each in questions))
    shown = RichTable(title="quiz questions by unit and kind", title_justify="left")
    shown.add_column("unit", no_wrap=True)
    for column in (*kinds, "all", "drawn"):
        shown.add_column(column, justify="right")
    for unit in dict.fromkeys(each.question.unit for each in questions):
        shown.add_row(unit, *counts(kinds, [each for each in questions if each.question.unit == unit]))
    shown.add_section()
    shown.add_row("all", *counts(kinds, questions))
    console.print(shown)
    console.print("drawn: questions with parameters, which differ from student to student", highlight=False)
    keyed = [each for each in questions if each.question.kind != "text"]
    computed = sum(not each.broken for each in keyed)
    console.print(f"keys computed by torch: {computed} of {len(keyed)} ({100 * computed // max(1, len(keyed))} %)")
    console.print(
        f"stress draws: {sum(each.draws for each in questions)}, "
        f"rejected draws: {sum(each.rejected for each in questions)}, "
        f"keys confirmed in another way: {sum(bool(each.question.answer.independent) for each in questions)} questions"
    )
    console.print()


def counts(kinds: Sequence[str], questions: Sequence[Stressed]) -> list[str]:
    """Return how many of some questions are of each kind, how many there are, and how many have parameters."""
    numbers = [sum(each.question.kind.value == kind for each in questions) for kind in kinds]
    drawn = sum(bool(each.question.sheet.draw) for each in questions)
    return [str(number or "") for number in (*numbers, len(questions), drawn)]


def matrix_table(matrix: Matrix) -> Table:
    """Return the matrix of one exercise as a table."""
    from rich.table import Table as RichTable
    from rich.text import Text

    shown = RichTable(title=f"{matrix.exercise.slug} ({matrix.exercise.points:g} points)", title_justify="left")
    shown.add_column("solution", overflow="fold")
    shown.add_column("score", justify="right")
    shown.add_column("diagnosed")
    shown.add_column("".join(str(index % 10) for index in range(1, len(matrix.solution.checks) + 1)))
    for row in matrix.rows:
        marks = Text.assemble(*((MARKS[each.verdict.value], colour(each.verdict.value)) for each in row.facts.checks))
        diagnosed = row.diagnosed or ("—" if row.expected is None else "?")
        wrongly = "" if row.expected is None or row.is_known else "red"
        shown.add_row(row.name, f"{row.facts.points:g}", Text(diagnosed, wrongly), marks)
    return shown


def colour(verdict: str) -> str:
    """Return the colour of a check's letter: red for what went wrong in the judge, none for what passed."""
    return {"passed": "", "failed": "yellow", "internal": "bold red"}.get(verdict, "magenta")


def place(problem: Broken, root: Path) -> Path:
    """Return where a rule is broken, relative to the course where it lies in it."""
    return problem.path.relative_to(root) if problem.path.is_relative_to(root) else problem.path


def as_data(found: Verification, root: Path, texts: CourseTexts) -> dict[str, object]:
    """Return what was found as plain data."""
    from grader.reports.exercise import ExerciseWriter

    writer = ExerciseWriter(texts, "en", tells_all=True)
    return {
        "exercises": [
            {
                "slug": each.matrix.exercise.slug,
                "points": each.matrix.exercise.points,
                "rows": [
                    {
                        "name": row.name,
                        "expected": row.expected,
                        "report": writer.exercise(row.facts).model_dump(mode="json"),
                    }
                    for row in each.matrix.rows
                ],
                "mutants": [asdict(mutant) for mutant in each.mutants],
                "idle": [asdict(idle) for idle in each.idle],
            }
            for each in found.exercises
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
