"""The page around a quiz's data: one file, no network, a policy that lets this script and this style alone through."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from grader.bridges.html.content import quiz_data
from grader.bridges.pool import QuizExport
from grader.reports.html import LANGUAGE_TAGS
from grader.reports.html import packaged as of_reports
from grader.wording.message import table

SCRIPTS = ("marking.js", "controls.js", "quiz_page.js")


def render_page(exports: Sequence[QuizExport]) -> bytes:
    """Return the page of one unit's quiz, in the languages of its exports."""
    words = table("quiz_page")
    spoken = [(each.language, LANGUAGE_TAGS[each.language]) for each in exports]
    page = filled_template("quiz_page.html.j2", SCRIPTS).render(
        lang=LANGUAGE_TAGS[exports[0].language],
        title=exports[0].title,
        languages=[{"name": name, "lang": tag, "text": words["language"][name]} for name, tag in spoken],
        choose_language=" · ".join(words["choose_language"][name] for name, _ in spoken),
        no_script=[{"lang": tag, "text": words["no_script"][name]} for name, tag in spoken],
        data=Markup(embedded(quiz_data(exports))),  # noqa: S704 - no `<` is left in it
    )
    return page.encode("utf-8")


@cache
def filled_template(name: str, scripts: tuple[str, ...]) -> Template:
    """Return a page's template, its style and scripts filled in."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters.update(fingerprint=fingerprint)
    environment.globals.update(
        script=Markup("".join(packaged(script) for script in scripts)),  # noqa: S704 - files of this package
        style=Markup(of_reports("look.css") + packaged("quiz_page.css")),  # noqa: S704 - as above
    )
    return environment.from_string(packaged(name))


def packaged(name: str) -> str:
    """Return the text of a file of this package."""
    return files("grader.bridges.html").joinpath(name).read_text(encoding="utf-8")


def fingerprint(source: str) -> Markup:
    """Return what a Content-Security-Policy knows a script or a style by."""
    digest = base64.b64encode(hashlib.sha256(source.encode("utf-8")).digest()).decode("ascii")
    return Markup("'sha256-{}'").format(digest)


def embedded(data: object) -> str:
    """Return data as JSON that can't end the element it stands in."""
    return json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":")).replace("<", "\\u003c")
