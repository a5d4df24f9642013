"""A verdict as a part of somebody else's page, such as the output of a notebook's cell: HTML without script.

Owns that its style touches nothing around it, and that it can be read without any style. Its words and its order are
those of the page of a report.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from markupsafe import Markup

from grader.reports.html import LANGUAGE_TAGS, Place, packaged, templates
from grader.reports.words import Words
from grader.results.public_report import PublicReport
from grader.results.report import ExerciseReport, Language

SCOPE = ":is(#autograd-grader, .autograd-grader)"
"""Nothing has this id: it gives our rules the weight of one, so that they win over those of the page around."""
DARK_SYSTEM = "@media (prefers-color-scheme: dark)"
DARK_JUPYTER = '[data-jp-theme-light="false"] &'
"""Jupyter has a theme of its own, whatever the system's is."""


def render_exercise(
    exercise: ExerciseReport, *, language: Language, name: str, hints: Sequence[str] = (), notes: Sequence[str] = ()
) -> str:
    """Return the verdict on one exercise; `name` makes its ids unique in the page around, `notes` stand below it."""
    return rendered(language, name, notes, exercise=exercise, hints=tuple(hints), public=None)


def render_public(public: PublicReport, *, name: str, notes: Sequence[str] = ()) -> str:
    """Return what public tests found."""
    return rendered(public.language, name, notes, exercise=None, hints=(), public=public)


def rendered(language: Language, name: str, notes: Sequence[str], **shown: object) -> str:
    """Return the HTML of what is shown."""
    return (
        templates()
        .get_template("fragment.html.j2")
        .render(
            words=Words(language),
            lang=LANGUAGE_TAGS[language],
            style=scoped_style(),
            name=name,
            place=Place(name),
            notes=tuple(notes),
            **shown,
        )
    )


@cache
def scoped_style() -> Markup:
    """Return the style sheets of a report, nested so that they hold inside our own element alone."""
    style = "".join(map(packaged, ("look.css", "report.css", "fragment.css")))
    nested = style.replace(DARK_SYSTEM, DARK_JUPYTER).replace(":root {", "& {")
    return Markup(f"{SCOPE} {{\n{nested}\n}}")  # noqa: S704 - files of this package
