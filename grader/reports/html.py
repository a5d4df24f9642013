"""A report as one HTML page that needs no network, no script and no other file.

Owns what the page shows and in which order; how it looks is in `report.html.j2`, `parts.html.j2`, `look.css` and
`report.css`.
Every string is made visible and then escaped by the template engine, whatever the template asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from importlib.resources import files
from types import MappingProxyType

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template
from markupsafe import Markup
from pydantic_core import PydanticSerializationError

from grader.reports.blocks import blocks
from grader.reports.drawing import drawing
from grader.reports.groups import groups
from grader.reports.plaintext import visible
from grader.reports.words import ANSWER_ICONS, ANSWER_TONES, TONES, Words, number, percent, tone
from grader.results.report import ExerciseReport, Language, Report
from grader.results.verdicts import Verdict

LANGUAGE_TAGS: Mapping[Language, str] = MappingProxyType({"en": "en", "zh": "zh-CN"})


Section = Callable[[ExerciseReport, str], Markup]
"""What the template makes of one exercise, under a name that is the page's own."""
MOST_KEPT = 1000


@dataclass
class Pages:
    """Renders the pages of a class; what is said of an exercise is made once for all who are told the same."""

    _sections: dict[tuple[str, str, str], Markup] = field(default_factory=dict)

    def render(self, report: Report) -> str:
        """Return the page of `report`, in its language."""
        return render(report, partial(self._kept, report.language))

    def _kept(self, language: Language, section: Section, exercise: ExerciseReport, name: str) -> Markup:
        try:
            key = language, name, exercise.model_dump_json()
        except PydanticSerializationError:  # a lone surrogate
            return section(exercise, name)
        made = self._sections.get(key)
        if made is None:
            made = section(exercise, name)
            if len(self._sections) < MOST_KEPT:
                self._sections[key] = made
        return made


def render_html(report: Report) -> str:
    """Return the page of one report, in its language."""
    return Pages().render(report)


def render(report: Report, kept: Callable[[Section, ExerciseReport, str], Markup]) -> str:
    """Return the page of `report`; `kept` gives the section of an exercise, made now or before."""
    return page_template().render(
        report=report,
        kept=kept,
        words=Words(report.language),
        lang=LANGUAGE_TAGS[report.language],
        passed=sum(exercise.verdict is Verdict.PASSED for exercise in report.exercises),
        share=percent(report.score, report.max_score),
    )


def page_template() -> Template:
    """Return the page's template."""
    return templates().get_template("report.html.j2")


@cache
def templates() -> Environment:
    """Return this package's templates, the style sheet filled in; every text is escaped in each of them."""
    environment = Environment(
        loader=FunctionLoader(packaged),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        answer_icons=ANSWER_ICONS,
        answer_tones=ANSWER_TONES,
        blocks=blocks,
        groups=groups,
        number=number,
        percent=percent,
        rows=rows,
        drawing=drawing,
        tone=tone,
        style=Markup(packaged("look.css") + packaged("report.css")),  # noqa: S704 - files of this package
        tones=TONES,
    )
    return environment


def packaged(name: str) -> str:
    """Return the text of a file of this package."""
    return files("grader.reports").joinpath(name).read_text(encoding="utf-8")


def shown(value: object) -> object:
    """Return what the template may print for `value`: text made visible, finished markup as it is."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def rows(code: str) -> list[tuple[int, str]]:
    """Return the lines of `code`, made visible, each with the columns that it is indented by."""
    lines = visible(code).expandtabs(4).split("\n")
    return [(len(line) - len(line.lstrip(" ")), line) for line in lines]
