"""`grader report`: the class as a whole, as one page and as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.class_source import FEEDBACK, ClassSource, class_source
from grader.cli.options import ClassOption, CourseOption, JsonOption, LangOption, StoreOption

if TYPE_CHECKING:
    from grader.config.course_config import CourseConfig
    from grader.reports.overview.record import ClassOverview
    from grader.results.report import Language


def report(  # noqa: PLR0913 - the command's own options
    *,
    out: Annotated[Path, typer.Option("--out", help="The folder of feedback that the page goes into.")] = FEEDBACK,
    feedback: Annotated[
        Path | None, typer.Option("--from", help="A folder that `grader grade` wrote, instead of the store.")
    ] = None,
    anonymous: Annotated[
        bool, typer.Option("--anonymous", help="Numbers for names; no links, comments or texts of students.")
    ] = False,
    class_name: ClassOption = None,
    store: StoreOption = None,
    course: CourseOption = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the class as one page: who needs a hand, marks, misconceptions, checks, answers, and how it went over time.

    It comes from the store, and where there is none from the folder `feedback`. The page is `class.html` there, and
    `index.html` leads to it and to each student's page. With --anonymous it is `class-anonymous.html`, a page to pass
    on: students are numbers in no order, and nothing that a student or a marker wrote is in it.

    Examples:  grader report   ·   grader report --anonymous --out shared   ·   grader report --lang zh --json

    Exit codes: 0 written; 2 the command, the course or a report is wrong.
    """
    from grader.catalogue.course import find_course, load_course

    loaded = load_course(find_course((course or Path.cwd()).absolute()))
    source = class_source(loaded, feedback, class_name, store, language=lang.value if lang else None)
    language: Language = lang.value if lang else told_in(source, loaded.config.language)
    place = (feedback or out) / "roster.csv"
    overview = overview_in(source, loaded.config, language, roster=place, is_anonymous=anonymous)
    if as_json:
        typer.echo(json_of(overview))
    else:
        for path in written(overview, out):
            typer.echo(str(path))
    source.tell_note()


def told_in(source: ClassSource, usual: Language) -> Language:
    """Return the language that the reports are in; of no reports, the course's own."""
    return source.reports[0].language if source.reports else usual


def overview_in(
    source: ClassSource, config: CourseConfig, language: Language, *, roster: Path, is_anonymous: bool
) -> ClassOverview:
    """Return the overview of a class."""
    import random
    from datetime import UTC, datetime

    from grader.reports.late import moment_text
    from grader.reports.overview.gather import KnownClass, overview_of
    from grader.reports.overview.roster import unsettled

    zone = config.zone if config.timezone else UTC
    made = moment_text(datetime.now(zone))
    known = KnownClass(source.name, source.reports, made, unsettled(roster), source.trend)
    count = len(source.reports)
    shuffled = random.SystemRandom().sample(range(count), count) if is_anonymous else None
    return overview_of(known, config, language, shuffled=shuffled)


def json_of(overview: ClassOverview) -> str:
    """Return an overview as JSON without a character that could steer a terminal."""
    from grader.reports.jsonfile import encoded

    return encoded(overview.model_dump(mode="json"), indent=2)


def written(overview: ClassOverview, out: Path) -> list[Path]:
    """Write the page of a class, with names also the page that leads to all pages; return what was written."""
    from grader.atomic import disk_errors, replacing
    from grader.reports.folder import ANONYMOUS_HTML, CLASS_HTML, INDEX_HTML
    from grader.reports.overview.page import render_index, render_overview

    pages = {ANONYMOUS_HTML if overview.is_anonymous else CLASS_HTML: render_overview(overview)}
    if not overview.is_anonymous:
        pages[INDEX_HTML] = render_index(overview)
    with disk_errors(out):
        out.mkdir(parents=True, exist_ok=True)
    for name, text in pages.items():
        with replacing(out / name) as file:
            file.write(text)
    return [out / name for name in pages]
