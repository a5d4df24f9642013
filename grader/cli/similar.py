"""`grader similar`: which submissions are alike beyond what everybody has."""

from __future__ import annotations

import json
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.options import CourseOption, JsonOption

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.catalogue.course import Course
    from grader.similarity.pairs import Pair

PERCENT = 100
MOST_LINES = 8


def similar(
    submissions: Annotated[Path, typer.Argument(help="The class: a folder or a platform's download.")],
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]...", help="Units or exercises; none for all.")
    ] = None,
    *,
    least: Annotated[
        float, typer.Option("--least", min=0.1, max=1.0, help="The share of their own words that a pair has in common.")
    ] = 0.6,
    course: CourseOption = None,
    as_json: JsonOption = False,
) -> None:
    """List pairs of submissions that are alike beyond the starter, the reference solution and what many write.

    A pair is a place to look, never a verdict: two who learned together write alike, and in a function of four lines
    there is little to tell anybody apart by. Names count as they are, so that who renames everything is not found.
    Answers with too little of their own are not compared.

    Examples:  grader similar submissions   ·   grader similar canvas.zip jacobian_via_backward --least 0.8

    Exit codes: 0 compared; 2 the command, the course or the folder is wrong.
    """
    from grader.catalogue.course import find_course, load_course

    loaded = load_course(find_course((course or Path.cwd()).absolute()))
    pairs = list(pairs_of(submissions, loaded, names or (), least))
    if as_json:
        typer.echo(json.dumps([asdict(pair) for pair in pairs], ensure_ascii=False, indent=2))
        return
    for slug, group in groupby(pairs, key=lambda pair: pair.slug):
        typer.echo(slug)
        for pair in group:
            typer.echo(f"  {PERCENT * pair.share:3.0f} %  {pair.first} {spoken(pair.first_lines)}")
            typer.echo(f"         {pair.second} {spoken(pair.second_lines)}")
    found = "1 pair shares" if len(pairs) == 1 else f"{len(pairs)} pairs share"
    typer.echo(f"{found} at least {PERCENT * least:.0f} % beyond all that; a pair is a place to look, never a verdict")


def pairs_of(path: Path, course: Course, names: Sequence[str], least: float) -> Iterator[Pair]:
    """Yield the pairs of each exercise, the most alike first; who could not be read is told."""
    from grader.judge.wanted import wanted_of
    from grader.similarity.pairs import alike
    from grader.submissions.entries import listing
    from grader.submissions.intake import read_submission
    from grader.yamlfile import read_text

    exercises, _ = course.select_parts(names)
    wanted = wanted_of(course, exercises)
    found = listing(path, wanted)
    read = {entry.student: read_submission(entry, wanted) for entry in found.entries}
    if unread := sorted(student for student, each in read.items() if not each.files):
        typer.echo(f"not compared, since no answer of theirs could be read: {', '.join(unread)}", err=True)
    given = [read_text(path) for each in exercises for path in (each.starter, each.solution)]
    for exercise in exercises:
        sources = {
            student: "\n".join(each.files[exercise.slug].cells)
            for student, each in read.items()
            if exercise.slug in each.files
        }
        yield from alike(exercise.slug, sources, given, least=least)


def spoken(lines: Sequence[int]) -> str:
    """Return lines as they are printed."""
    shown = ", ".join(map(str, lines[:MOST_LINES]))
    return f"(line {shown})" if len(lines) == 1 else f"(lines {shown}{', …' if len(lines) > MOST_LINES else ''})"
