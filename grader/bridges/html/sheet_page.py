"""A page on which a student answers their own questions; it holds no keys, and writes `answers.yaml`.

Owns which facts of a variant the page gets: what is asked, and nothing of what is right.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from markupsafe import Markup

from grader.bridges.html.content import in_each, markup, option_html, option_plain
from grader.bridges.html.page import embedded, filled_template
from grader.catalogue.concepts import concept_in
from grader.catalogue.course import Course
from grader.catalogue.question import QuestionKind
from grader.config.course_config import Text
from grader.quiz.make import make_variant
from grader.quiz.plain import shape_of
from grader.quiz.seed import seed_of, sheet_mark
from grader.quiz.variant import Choice, Variant
from grader.reports.html import LANGUAGE_TAGS
from grader.results.report import Language
from grader.wording.message import table

SCRIPTS = ("controls.js", "sheet_page.js")
LANGUAGES: tuple[Language, ...] = ("en", "zh")
SHAPED = frozenset({QuestionKind.NUMERIC, QuestionKind.TENSOR})


@dataclass(frozen=True)
class OwnSheet:
    """Whose questions a page holds, and of which units."""

    course: Course
    units: Sequence[str]
    student: str
    secret: bytes
    name: str
    """What the page calls the student."""


def render_sheet(sheet: OwnSheet, language: Language) -> bytes:
    """Return the page of a student's own questions; it begins in `language`."""
    words = table("sheet_page")
    page = filled_template("sheet_page.html.j2", SCRIPTS).render(
        lang=LANGUAGE_TAGS[language],
        title=sheet.course.config.title.in_language(language),
        languages=[{"name": each, "lang": LANGUAGE_TAGS[each], "text": words["language"][each]} for each in LANGUAGES],
        choose_language=" · ".join(words["choose_language"][each] for each in LANGUAGES),
        no_script=[{"lang": LANGUAGE_TAGS[each], "text": words["no_script"][each]} for each in LANGUAGES],
        data=Markup(embedded(sheet_data(sheet, language))),  # noqa: S704 - no `<` is left in it
    )
    return page.encode("utf-8")


def sheet_data(sheet: OwnSheet, language: Language) -> Mapping[str, Any]:
    """Return the data of a page: the student's questions of each unit, and the words around them."""
    course = sheet.course
    titles = {unit.name: unit.title for unit in course.config.units}
    questions = [question for unit in sheet.units for question in course.quizzes[unit]]
    about = sorted({concept for each in questions for concept in each.sheet.concepts})
    units = [unit_data(sheet, unit, titles[unit]) for unit in sheet.units]
    return {
        "sheet": sheet_mark(sheet.secret, sheet.student),
        "edition": hashlib.sha256(json.dumps(units).encode()).hexdigest()[:16],
        "student": sheet.name,
        "begin": language,
        "languages": {each: LANGUAGE_TAGS[each] for each in LANGUAGES},
        "course": in_each(LANGUAGES, course.config.title.in_language),
        "words": {**table("quiz_page"), **table("sheet_page")},
        "concepts": {term: in_each(LANGUAGES, partial(concept_in, course.concepts, term)) for term in about},
        "units": units,
    }


def unit_data(sheet: OwnSheet, unit: str, title: Text) -> Mapping[str, Any]:
    """Return the student's questions of one unit."""
    tolerance = sheet.course.config.quiz.tolerance
    seeds = {each.id: seed_of(sheet.secret, sheet.student, each.id) for each in sheet.course.quizzes[unit]}
    return {
        "title": in_each(LANGUAGES, title.in_language),
        "questions": [
            question_data(make_variant(each, seeds[each.id], tolerance)) for each in sheet.course.quizzes[unit]
        ],
    }


def question_data(variant: Variant) -> Mapping[str, Any]:
    """Return what is asked: options are named by their letters, since their own names may tell which is right."""
    kind = variant.question.kind
    return {
        "id": variant.question.id,
        "kind": kind.value,
        "concepts": list(variant.question.sheet.concepts),
        "text": in_each(LANGUAGES, lambda each: markup(variant.text[each])),
        "code": variant.code,
        "options": [choice_data(kind, variant.letter(each.id), each) for each in variant.options],
        "left": [choice_data(kind, str(number), each) for number, each in enumerate(variant.left, 1)],
        "shape": list(shape_of(variant.key) or ()) if kind in SHAPED else None,
    }


def choice_data(kind: QuestionKind, name: str, choice: Choice) -> Mapping[str, Any]:
    """Return something to choose, as markup and as plain text."""
    return {
        "id": name,
        "html": in_each(LANGUAGES, lambda each: option_html(kind, choice.text[each])),
        "plain": in_each(LANGUAGES, lambda each: option_plain(kind, choice.text[each])),
    }
