"""`grader export`: what the course holds, written for other systems."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli.options import CourseOption, Lang
from grader.errors import UserError

export = typer.Typer(no_args_is_help=True, help="Write what the course holds for other systems.")


@export.callback()
def main() -> None:
    """Write what the course holds for other systems."""


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
                write(out / f"{unit}{middle}{form.suffix}", form.render(group))


def write(path: Path, content: bytes) -> None:
    """Write one file and say so; UserError where that fails."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as problem:
        raise UserError(f"{path} can't be written ({problem.strerror}); name another folder with --out") from None
    typer.echo(str(path))
