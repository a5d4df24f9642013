"""`grader export`: what the course holds, and the marks of a class, written for other systems."""

from __future__ import annotations

from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.atomic import disk_errors
from grader.cli.options import CourseOption, Lang, LangOption
from grader.errors import UserError

if TYPE_CHECKING:
    from grader.bridges.nbgrader.gradebook import Ledger

MOST_NAMES = 10
"""How many names are told on one line."""

export = typer.Typer(no_args_is_help=True, help="Write quizzes, question sheets and marks for other systems.")


@export.callback()
def main() -> None:
    """Write quizzes, question sheets and marks for other systems."""


class Gradebook(StrEnum):
    """Where marks can go."""

    NBGRADER = "nbgrader"


@export.command("quiz")
def quiz(  # noqa: PLR0913 - the command's own options
    units: Annotated[list[str] | None, typer.Argument(metavar="[UNIT]...", help="Units; none for all.")] = None,
    *,
    to: Annotated[str, typer.Option("--to", help="moodle-xml, gift, qti12 (Canvas), qti21, jupyterquiz or html.")],
    out: Annotated[Path, typer.Option("--out", help="The folder to write to.")] = Path("quiz-export"),
    variants: Annotated[int, typer.Option(min=1, max=200, help="Variants of each question with parameters.")] = 5,
    lang: Annotated[Lang | None, typer.Option("--lang", help="One language alone; else both.")] = None,
    course: CourseOption = None,
) -> None:
    """Write quizzes, keys and feedback included, for another system: one file per unit and language.

    Examples:  grader export quiz --to moodle-xml   ·   grader export quiz weights --to qti21 --variants 20 --lang zh

    Exit codes: 0 written; 2 the command or the course is wrong.
    """
    from rich.console import Console

    from grader.bridges.formats import FORMATS
    from grader.bridges.pool import quiz_exports
    from grader.catalogue.course import find_course, load_course
    from grader.grading.secret import course_secret

    if to not in FORMATS:
        raise UserError(f"there is no format {to!r}; --to takes {', '.join(FORMATS)}")
    loaded = load_course(find_course((course or Path.cwd()).absolute()))
    form, secret = FORMATS[to], course_secret(loaded.root)
    with Console(stderr=True).status("exporting") as status:
        for unit in loaded.select_quizzes(units or ()):
            status.update(f"computing the variants of {unit}")
            exports = quiz_exports(loaded, unit, secret, variants)
            chosen = [each for each in exports if lang is None or each.language == lang.value]
            for group in [chosen] if form.bilingual else [[each] for each in chosen]:
                middle = "" if form.bilingual else f".{group[0].language}"
                path = out / f"{unit}{middle}{form.suffix}"
                write(path, form.render(group))
                typer.echo(str(path))


@export.command("sheets")
def sheets(
    students: Annotated[Path, typer.Argument(help="A text file with one student's name on each line.")],
    units: Annotated[list[str] | None, typer.Argument(metavar="[UNIT]...", help="Units; none for all.")] = None,
    *,
    out: Annotated[Path, typer.Option("--out", help="The folder to write to.")] = Path("quiz-sheets"),
    lang: LangOption = None,
    course: CourseOption = None,
) -> None:
    """Write each student's own quiz questions, without keys, as the file that the student fills in and hands in.

    The name is what the student's submission will be called: the numbers depend on it.

    Examples:  grader export sheets students.txt   ·   grader export sheets students.txt weights sums --lang zh

    Exit codes: 0 written; 2 the command or the course is wrong.
    """
    from rich.console import Console
    from rich.progress import track

    from grader.catalogue.course import find_course, load_course
    from grader.grading.quiz_sheet import blank_sheet
    from grader.grading.secret import course_secret
    from grader.submissions.names import ANSWER_SHEET

    loaded = load_course(find_course((course or Path.cwd()).absolute()))
    chosen, secret = loaded.select_quizzes(units or ()), course_secret(loaded.root)
    language = lang.value if lang else loaded.config.language
    names = read_names(students)
    for student in track(names, "writing", console=Console(stderr=True)):
        sheet = blank_sheet(loaded, chosen, student, secret, language)
        write(out / student / ANSWER_SHEET, sheet.encode())
    typer.echo(f"{len(names)} sheets in {out}")


@export.command("grades")
def grades(
    units: Annotated[list[str] | None, typer.Argument(metavar="[UNIT]...", help="Units; none for all.")] = None,
    *,
    out: Annotated[Path, typer.Argument(metavar="NBCOURSE", help="The folder of the nbgrader course.")],
    to: Annotated[Gradebook, typer.Option("--to", help="Whose gradebook.")],
    feedback: Annotated[Path, typer.Option("--from", help="The folder that `grader grade` wrote.")] = Path("feedback"),
    course: CourseOption = None,
) -> None:
    """Put the marks and feedback of students who hand in files into a gradebook, each unit into its assignment.

    A mark or a comment that a human gave there stays. Either everything is put there or nothing. The way out again, a
    table of the gradebook: nbgrader export --exporter=grader.bridges.nbgrader.export.GradesPlugin --to marks.csv

    Examples:  grader export grades --to nbgrader nbcourse   ·   grader export grades weights --to nbgrader nbcourse
    ·   grader export grades --from marks --to nbgrader nbcourse

    Exit codes: 0 done; 2 the command, the course, a report or the gradebook is wrong.
    """
    if find_spec(to.value) is None:
        raise UserError("nbgrader is not installed; `pip install nbgrader` into the Python that runs grader")

    from rich.console import Console
    from rich.progress import track

    from grader.bridges.nbgrader.gradebook import ledger_of
    from grader.catalogue.course import find_course, load_course
    from grader.reports.folder import read_student, report_files

    loaded = load_course(find_course((course or Path.cwd()).absolute()))
    chosen = [unit.name for unit in loaded.select_units(units or ())]
    files = report_files(feedback)
    with ledger_of(out, loaded.config, chosen) as ledger:
        for file in track(files, "entering", console=Console(stderr=True)):
            ledger.enter(read_student(file))
    tell(ledger)
    typer.echo(f"{ledger.students} students in the gradebook of {out}")


def tell(ledger: Ledger) -> None:
    """Tell what was left out, and who is new."""
    for reason in ledger.left_out:
        typer.echo(f"left out: {reason}", err=True)
    if ledger.added:
        more = len(ledger.added) - MOST_NAMES
        names = ", ".join(ledger.added[:MOST_NAMES])
        typer.echo(f"new in the gradebook: {names}{f' and {more} more' if more > 0 else ''}", err=True)


def read_names(path: Path) -> list[str]:
    """Return the names in a file, one on each line; UserError for a name that no submission can have."""
    from grader.submissions.names import unique_names

    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        raise UserError(f"{path} can't be read as text ({problem}); give a file with one name on each line") from None
    names = [line.strip() for line in lines if line.strip()]
    if not names:
        raise UserError(f"{path} holds no name; write one on each line")
    for number, (name, mended) in enumerate(unique_names(names).items(), 1):
        if name != mended:
            raise UserError(f"{path}: {name!r} (name {number}) can't be a submission's name; {mended!r} could")
    return list(dict.fromkeys(names))


def write(path: Path, content: bytes) -> None:
    """Write one file; UserError where that fails."""
    with disk_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
