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
from grader.reports.overview.hands import of_student
from grader.reports.overview.record import Reason
from grader.reports.plaintext import visible
from grader.reports.words import ANSWER_ICONS, ANSWER_TONES, TONES, Words, number, percent, tone
from grader.results.report import ExerciseReport, Language, Report
from grader.results.verdicts import Verdict

LANGUAGE_TAGS: Mapping[Language, str] = MappingProxyType({"en": "en", "zh": "zh-CN"})


@dataclass(frozen=True)
class Place:
    """Where the section of an exercise stands in a page."""

    name: str
    """What its ids begin with."""
    opens_picture: bool = True
    """False where another section has shown how to read one."""
    explained: tuple[str, ...] = ()
    """Ids of misconceptions that the page has explained before; here their explanation opens by a click."""


Section = Callable[[ExerciseReport, Place], Markup]
"""What the template makes of one exercise."""
MOST_KEPT = 1000
MOST_LINES = 2
"""Up to so many failed checks beside the simplest have a line that is seen at once; more stand below one line."""


@dataclass
class Pages:
    """Renders the pages of a class; what is said of an exercise is made once for all who are told the same."""

    _sections: dict[tuple[str, Place, str], Markup] = field(default_factory=dict)

    def render(self, report: Report) -> str:
        """Return the page of `report`, in its language."""
        return render(report, partial(self._kept, report.language))

    def _kept(self, language: Language, section: Section, exercise: ExerciseReport, place: Place) -> Markup:
        try:
            key = language, place, exercise.model_dump_json()
        except PydanticSerializationError:  # a lone surrogate
            return section(exercise, place)
        made = self._sections.get(key)
        if made is None:
            made = section(exercise, place)
            if len(self._sections) < MOST_KEPT:
                self._sections[key] = made
        return made


def render_html(report: Report) -> str:
    """Return the page of one report, in its language."""
    return Pages().render(report)


def render(report: Report, kept: Callable[[Section, ExerciseReport, Place], Markup]) -> str:
    """Return the page of `report`; `kept` gives the section of an exercise, made now or before."""
    return page_template().render(
        report=report,
        kept=kept,
        placed=list(zip(report.exercises, places(report), strict=True)),
        answered=[quiz for quiz in report.quizzes if quiz.answers or quiz.is_marked],
        unanswered=[quiz for quiz in report.quizzes if not quiz.answers and not quiz.is_marked],
        words=Words(report.language),
        lang=LANGUAGE_TAGS[report.language],
        waiting=len([each for each in of_student(report) if each.reason is Reason.WAITING]),
        passed=sum(exercise.verdict is Verdict.PASSED for exercise in report.exercises),
        share=percent(report.score, report.max_score),
    )


def places(report: Report) -> list[Place]:
    """Return where each exercise stands; the first picture is open, and a misconception is explained once."""
    found: list[Place] = []
    explained: tuple[str, ...] = ()
    opens = True
    for count, exercise in enumerate(report.exercises, 1):
        named = tuple(each.id for each in exercise.misconceptions)
        known = tuple(each for each in named if each in explained)
        found.append(Place(f"exercise-{count}", opens, known))
        explained += named
        opens = opens and exercise.picture is None
    return found


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
        MOST_LINES=MOST_LINES,
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
