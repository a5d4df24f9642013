"""`grader check` in a folder that a teacher released: the public tests, in the sandbox."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from grader.errors import UserError
from grader.sandbox.isolation import Isolation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.learn.handout import HandedOut
    from grader.results.report import Language


def check_released(
    released: Sequence[HandedOut], words: Sequence[str], *, language: Language | None, isolation: Isolation | None
) -> bool:
    """Run the public tests of what `words` name, or of what was begun; say whether all passed."""
    from rich.console import Console

    from grader.learn.public_tests import PublicRunner
    from grader.learn.workspace import language_of_the_system
    from grader.reports.public_text import public_text
    from grader.wording.message import message

    spoken = language or language_of_the_system()
    chosen = [each for word in words for each in meant(word, released, spoken)] or begun(released)
    if not chosen:
        typer.echo(message("learn.none_written").text(spoken))
        return False
    console = Console(highlight=False)
    reports = []
    with closing(PublicRunner(isolation or Isolation.SANDBOX)) as runner:
        for each in chosen:
            reports.append(runner.report_on(each, each.cells(), spoken))
            console.print(public_text(reports[-1]))
    typer.echo(message("learn.teachers_checks").text(spoken))
    return all(each.passed for each in reports)


def meant(word: str, released: Sequence[HandedOut], language: str) -> list[HandedOut]:
    """Return the exercises of a release that a slug or a path means; UserError for neither."""
    path = Path(os.path.abspath(word))  # noqa: PTH100 - a link stays what it is
    found = [each for each in released if word == each.slug or each.file.is_relative_to(path)]
    if not found:
        from grader.wording.message import message

        slugs, folder = ", ".join(each.slug for each in released), Path.cwd()
        raise UserError(message("learn.no_released_exercise", folder=folder, slug=word, slugs=slugs).text(language))
    return found


def begun(released: Sequence[HandedOut]) -> list[HandedOut]:
    """Return the exercise in whose folder somebody is, or all that were begun."""
    here = [each for each in released if each.file.parent == Path.cwd() and not each.is_notebook]
    return here or [each for each in released if each.is_begun]
