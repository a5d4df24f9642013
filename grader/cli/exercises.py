"""`grader` alone, `list`, `next`, `show` and `hint`: where a learner is, and what the course has to say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from grader.cli.options import CourseOption, JsonOption, LangOption

if TYPE_CHECKING:
    from grader.catalogue.exercise import Exercise
    from grader.learn.outline import Lesson, Outline
    from grader.learn.progress import Progress
    from grader.learn.workspace import Workspace

SlugArgument = Annotated[
    str | None, typer.Argument(metavar="[SLUG]", help="The exercise; else the one around here, or the next.")
]
NameArgument = Annotated[
    str | None,
    typer.Argument(metavar="[NAME]", help="An exercise or a unit; else the exercise around here, or the next."),
]


def where() -> None:
    """Say where the learner is and what is next; here may also be the course itself, or nothing."""
    from grader.errors import UserError
    from grader.learn.workspace import is_anywhere, language_of_the_system, open_workspace
    from grader.wording.message import message

    here = Path.cwd()
    if not is_anywhere(here):
        raise UserError(message("learn.no_folder").text(language_of_the_system()))
    space = open_workspace(here)
    if space.is_own:
        outline, progress = learner(space)
        tell_next(space, outline, progress)
        typer.echo(space.say("type_learn"))
        return
    title = space.course.config.title.in_language(space.language)
    typer.echo(space.say("in_course", title=title, total=len(space.course.exercises)))
    typer.echo(space.say("in_course_learn"))
    typer.echo(space.say("in_course_teach"))


def list_exercises(*, course: CourseOption = None, lang: LangOption = None, as_json: JsonOption = False) -> None:
    """List every exercise in the course's order, with your progress and what each needs.

    Examples:  grader list   ·   grader list --lang zh   ·   grader list --json

    Exit codes: 0 listed; 2 the course or the folder is wrong.
    """
    space = opened(course, lang)
    outline, progress = learner(space)
    if as_json:
        typer.echo(as_text([record(each, progress) for each in outline.lessons]))
        return
    from rich.console import Console, Group

    from grader.learn.screens import Screens

    Console(highlight=False).print(Group(*Screens(space).list_lines(outline, progress)))


def show_next(*, course: CourseOption = None, lang: LangOption = None, as_json: JsonOption = False) -> None:
    """Say which exercise is next.

    Examples:  grader next   ·   grader next --json

    Exit codes: 0 told, also where nothing is left (null as JSON); 2 the course or the folder is wrong.
    """
    space = opened(course, lang)
    outline, progress = learner(space)
    slug = outline.where(progress)
    if as_json:
        typer.echo(as_text(record(outline.lesson(slug), progress) if slug else None))
    else:
        tell_next(space, outline, progress)


def show(name: NameArgument = None, *, course: CourseOption = None, lang: LangOption = None) -> None:
    """Show what an exercise asks for, or the introduction to a unit.

    Examples:  grader show weighted_grad   ·   grader show weights   ·   grader show --lang zh

    Exit codes: 0 shown; 2 there is no such exercise or introduction.
    """
    space = opened(course, lang)
    from rich.console import Console, Group

    from grader.learn.outline import outline_of
    from grader.learn.screens import Screens

    if name is not None and is_unit(space, name):
        shown = Screens(space).introduction(name)
    else:
        slug = chosen(space, name).slug
        shown = Screens(space).task(outline_of(space.course, space.language).lesson(slug))
    Console(highlight=False).print(Group(*shown))


def is_unit(space: Workspace, name: str) -> bool:
    """Whether a name is that of a unit with an introduction; UserError for a unit without one."""
    from grader.catalogue.introduction import introduction_of

    if space.is_exercise(name) or all(unit.name != name for unit in space.course.config.units):
        return False
    if introduction_of(space.course, name, space.language) is None:
        raise space.refusal("no_introduction_of", unit=name)
    return True


def hint(slug: SlugArgument = None, *, course: CourseOption = None, lang: LangOption = None) -> None:
    """Show the next of an exercise's three hints, below those that you have read.

    Examples:  grader hint weighted_grad   ·   grader hint --lang zh

    Exit codes: 0 shown; 2 there is no such exercise.
    """
    space = opened(course, lang)
    exercise = chosen(space, slug)
    from rich.console import Console, Group

    from grader.learn.progress import ProgressFile
    from grader.learn.screens import Screens

    outline, progress = learner(space)
    lesson = outline.lesson(exercise.slug)
    before = progress.of(exercise.slug).hints
    progress = progress.with_hint(exercise.slug, len(lesson.hints))
    if space.is_own:
        ProgressFile(space.state, space.language).change(lambda now: now.with_hint(exercise.slug, len(lesson.hints)))
    Console(highlight=False).print(Group(*Screens(space).read_hints(lesson, progress.of(exercise.slug).hints)))
    if before == len(lesson.hints):
        typer.echo(space.say("no_more_hints"))


def opened(course: Path | None, lang: Any) -> Workspace:
    """Return the workspace around here."""
    from grader.learn.workspace import open_workspace

    return open_workspace(Path.cwd(), course=course, language=lang.value if lang else None)


def learner(space: Workspace) -> tuple[Outline, Progress]:
    """Return the course's outline and how far the learner has come; in the course itself nobody has a progress."""
    from grader.learn.outline import outline_of
    from grader.learn.progress import Progress, ProgressFile

    progress = ProgressFile(space.state, space.language).read() if space.is_own else Progress()
    return outline_of(space.course, space.language), progress


def chosen(space: Workspace, slug: str | None) -> Exercise:
    """Return the exercise that was named, or the one around here, or the one to go on with."""
    if slug is not None:
        return space.exercise(slug)
    if around := space.exercise_at(Path.cwd()):
        return around
    outline, progress = learner(space)
    return space.exercise(outline.where(progress) or outline.lessons[0].slug)


def tell_next(space: Workspace, outline: Outline, progress: Progress) -> None:
    """Print how much was passed and what comes next."""
    typer.echo(space.say("where", passed=outline.passed(progress), total=len(outline.lessons)))
    slug = outline.where(progress)
    if slug is None:
        typer.echo(space.say("all_passed"))
        return
    lesson = outline.lesson(slug)
    typer.echo(space.say("next_is", title=lesson.title, slug=slug, file=space.told(space.root / lesson.file)))


def record(lesson: Lesson, progress: Progress) -> dict[str, Any]:
    """Return what there is to know of an exercise, as plain data."""
    standing = progress.of(lesson.slug)
    return {
        "slug": lesson.slug,
        "unit": lesson.unit,
        "title": lesson.title,
        "points": lesson.points,
        "needs": list(lesson.needs),
        "file": lesson.file,
        "passed": standing.passed,
        "tried": standing.tried,
        "hints": standing.hints,
    }


def as_text(value: object) -> str:
    """Return plain data as JSON."""
    return json.dumps(value, ensure_ascii=False, indent=2)
