"""`grader export`: what the course holds, and the marks of a class, written for other systems."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.atomic import disk_errors
from grader.cli.grades import grades
from grader.cli.options import CourseOption, Lang, LangOption
from grader.cli.secret import kept_secret
from grader.errors import UserError

PAGE = "quiz.html"
export = typer.Typer(no_args_is_help=True, help="Write quizzes, question sheets and marks for other systems.")


export.command("grades")(grades)


@export.callback()
def main() -> None:
    """Write quizzes, question sheets and marks for other systems."""


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

    if to not in FORMATS:
        raise UserError(f"there is no format {to!r}; --to takes {', '.join(FORMATS)}")
    loaded = load_course(find_course((course or Path.cwd()).absolute()))
    form, secret = FORMATS[to], kept_secret(loaded.root)
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
def sheets(  # noqa: PLR0913 - the command's own options
    students: Annotated[Path, typer.Argument(help="A roster (.csv), or a text file with one name on each line.")],
    units: Annotated[list[str] | None, typer.Argument(metavar="[UNIT]...", help="Units; none for all.")] = None,
    *,
    out: Annotated[Path, typer.Option("--out", help="The folder to write to.")] = Path("quiz-sheets"),
    page: Annotated[bool, typer.Option("--page", help="Write a page to answer on in a browser beside each.")] = False,
    lang: LangOption = None,
    course: CourseOption = None,
) -> None:
    """Write each student's own quiz questions, without keys, as the file that the student fills in and hands in.

    The numbers depend on the id in the roster, or on the name, which then is what the submission will be called.

    Examples:  grader export sheets roster.csv   ·   grader export sheets students.txt weights sums --lang zh
    ·   grader export sheets roster.csv --page

    Exit codes: 0 written; 2 the command or the course is wrong.
    """
    from rich.console import Console
    from rich.progress import track

    from grader.bridges.html.sheet_page import OwnSheet, render_sheet
    from grader.catalogue.course import find_course, load_course
    from grader.grading.quiz_sheet import blank_sheet
    from grader.submissions.names import ANSWER_SHEET

    loaded = load_course(find_course((course or Path.cwd()).absolute()))
    names = read_students(students)
    sheets_exist = any(out.glob(f"*/{ANSWER_SHEET}"))
    chosen, secret = loaded.select_quizzes(units or ()), kept_secret(loaded.root, sheets_exist=sheets_exist)
    language = lang.value if lang else loaded.config.language
    for name, drawn_for in track(names.items(), "writing", console=Console(stderr=True)):
        sheet = blank_sheet(loaded, chosen, drawn_for, secret, language, name=name)
        write(out / name / ANSWER_SHEET, sheet.encode())
        if page:
            own = OwnSheet(loaded, chosen, drawn_for, secret, name)
            write(out / name / PAGE, render_sheet(own, "zh" if language == "zh" else "en"))
    typer.echo(f"{len(names)} sheets in {out}")


def read_students(path: Path) -> dict[str, str]:
    """Return the names in a file, each with what its questions are drawn for: an id of a roster, or the name itself."""
    from grader.roster.read import read_roster
    from grader.submissions.class_names import class_names

    if path.suffix.lower() == ".csv":
        return {name: member.id for member, name in class_names(read_roster(path))}
    return {name: name for name in read_names(path)}


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
