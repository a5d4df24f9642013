"""`grader store import` takes an older folder of feedback in; `grader forget` deletes all of one student."""

from __future__ import annotations

import re
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.atomic import disk_errors, write_whole
from grader.cli.class_feedback import INTERNAL_LOG
from grader.cli.class_run import Wish, Workers, book_of, opened_feedback, store_of, student_of
from grader.cli.options import ClassOption, CourseOption, StoreOption
from grader.cli.timing import Timing

if TYPE_CHECKING:
    from grader.catalogue.course import Course
    from grader.grading.roll import Roll

store = typer.Typer(no_args_is_help=True, help="The store of classes.")


@store.callback()
def main() -> None:
    """Work on the store, which keeps submissions, facts and marks from one run to the next."""


@store.command("import")
def import_(
    feedback: Annotated[Path, typer.Argument(help="A folder that `grader grade` wrote.")],
    *,
    class_name: Annotated[str, typer.Option("--class", help="The class that the students are in.")],
    store_at: StoreOption = None,
    course: CourseOption = None,
) -> None:
    """Take the marks in an older folder of feedback into the store; students who are there already stay as they are.

    The reports hold no submissions, so these students can't be regraded until their work is graded from its folder.

    Examples:  grader store import feedback --class autumn

    Exit codes: 0 done; 2 the folder or a report in it is wrong.
    """
    from grader.catalogue.course import find_course, load_course
    from grader.grading.imported import take_over
    from grader.reports.folder import read_student, report_files
    from grader.store.class_book import ClassBook

    loaded = load_course(find_course((course or Path.cwd()).absolute()))
    reports = [read_student(file) for file in report_files(feedback)]
    with store_of(loaded.root, store_at) as opened:
        book = ClassBook.of(opened, class_name)
        known = book.students()
        new = [report for report in reports if report.student not in known]
        with opened.begin(durable=True):
            run = book.begin_run("import", loaded.version)
            for report in new:
                take_over(report, loaded, book, run)
            book.end_run(run)
    typer.echo(f"{len(new)} students taken into the class {class_name}; {len(reports) - len(new)} were there already")


def forget(
    student: Annotated[str, typer.Argument(help="The student's name in the class, or the roster's id.")],
    *,
    out: Annotated[Path, typer.Option("--out", help="The folder of feedback to take the student out of.")] = Path(
        "feedback"
    ),
    class_name: ClassOption = None,
    store: StoreOption = None,
    course: CourseOption = None,
) -> None:
    """Delete all that is kept of a student: submissions, facts, marks and ledger in the store, and the feedback.

    What was handed in still lies in the class's own folder: delete it there too, else the next run takes it in again.

    Examples:  grader forget ada   ·   grader forget 1042 --class autumn --out feedback

    Exit codes: 0 deleted; 2 there is no such student.
    """
    from grader.catalogue.course import find_course, load_course
    from grader.grading.roll import Roll

    loaded = load_course(find_course((course or Path.cwd()).absolute()))
    with store_of(loaded.root, store, must_exist=True) as opened:
        roll = Roll.load(loaded, book_of(opened, class_name))
        row = student_of(roll, student)
        roll.book.forget(row.id)
        del roll.students[row.name]
        if (out / "grades.csv").is_file():
            take_out(row.name, out, roll)
        elsewhere = [name for name, number in opened.classes().items() if name != roll.book.name and number]
    typer.echo(f"all of {row.name} in the class {roll.book.name} is deleted")
    if elsewhere:
        typer.echo(f"other classes were not looked at: {', '.join(elsewhere)}", err=True)


def take_out(student: str, out: Path, roll: Roll) -> None:
    """Take a student out of a folder of feedback, its tables and its log included."""
    from grader.reports.folder import REPORT_JSON, ROSTER_CSV

    with disk_errors(out):
        if (out / student / REPORT_JSON).is_file() and not (out / student).is_symlink():
            shutil.rmtree(out / student)
        (out / ROSTER_CSV).unlink(missing_ok=True)
    with suppress(FileNotFoundError):
        text = (out / INTERNAL_LOG).read_text(encoding="utf-8")
        sections = re.split(r"(?m)^(?=== )", text)
        kept = "".join(each for each in sections if not each.startswith(f"== {student}\n"))
        write_whole(out / INTERNAL_LOG, kept.encode())
    write_tables(out, roll, roll.course)


def write_tables(out: Path, roll: Roll, course: Course) -> None:
    """Write the tables of a class anew."""
    from grader.grading.options import Options, load_assignment

    assignment = load_assignment(Options(root=course.place, secret=b""))
    has_ids = any(row.enrolled.id for row in roll.students.values())
    has_dates = any(course.config.due(unit) for unit in course.config.units)
    wish = Wish(out, course.config.language, Workers(1), has_class_columns=has_ids or has_dates)
    with opened_feedback(assignment, wish, Timing()) as feedback_on:
        feedback_on(roll).show_rest()
