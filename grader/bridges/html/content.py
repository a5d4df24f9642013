"""A quiz as plain data for the page's script: every text as finished markup, every value as marking.js reads it.

Owns the form of the data alone; what is right is the variant's, how it is shown the page's.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from html import escape
from typing import Any

from grader.bridges.pool import Pool, QuizExport
from grader.catalogue.concepts import concept_in
from grader.catalogue.question import QuestionKind
from grader.config.course_config import Text
from grader.markup import as_html, as_plain, mathml
from grader.quiz.kinds.table import KINDS
from grader.quiz.variant import Choice, Variant
from grader.reports.html import LANGUAGE_TAGS
from grader.results.report import Language
from grader.wording.message import message, table

PLAIN_OPTIONS = frozenset({QuestionKind.EXCEPTION})
CODE_OPTIONS = frozenset({QuestionKind.ORDER})


def quiz_data(exports: Sequence[QuizExport]) -> Mapping[str, Any]:
    """Return the data of one unit's quiz in the languages of its exports."""
    first = exports[0]
    languages = [each.language for each in exports]
    overlooked = {each: message("quiz.overlooked").text(each) for each in languages}
    named = {each.misconception for pool in first.pools for variant in pool.variants for each in variant.mistakes}
    return {
        "languages": {each: LANGUAGE_TAGS[each] for each in languages},
        "title": {each.language: each.title for each in exports},
        "course": {each.language: each.course for each in exports},
        "words": {key: {each: words[each] for each in languages} for key, words in table("quiz_page").items()},
        "misconceptions": {
            name: {"title": only(known.title, languages), "explanation": overlooked}
            for name, known in sorted(first.misconceptions.items())
            if name in named
        },
        "concepts": {
            term: in_each(languages, partial(concept_in, first.concepts, term))
            for term in sorted({each for pool in first.pools for each in pool.question.sheet.concepts})
        },
        "questions": [question_data(pool, languages) for pool in first.pools],
    }


def question_data(pool: Pool, languages: Sequence[Language]) -> Mapping[str, Any]:
    """Return a question and its variants."""
    sheet, tolerance = pool.question.sheet, pool.variants[0].tolerance
    return {
        "id": sheet.id,
        "kind": sheet.kind.value,
        "points": sheet.points,
        "concepts": list(sheet.concepts),
        "tolerance": {"relative": tolerance.relative, "absolute": tolerance.absolute},
        "variants": [variant_data(variant, languages) for variant in pool.variants],
    }


def variant_data(variant: Variant, languages: Sequence[Language]) -> Mapping[str, Any]:
    """Return one variant: what is asked, what is right, and which wrong answers are known."""
    return {
        "text": in_each(languages, lambda each: markup(variant.text[each])),
        "code": variant.code,
        "options": [choice_data(variant, each, languages) for each in variant.options],
        "left": [choice_data(variant, each, languages) for each in variant.left],
        "key": finite(variant.key),
        "accepted": [finite(each) for each in variant.accepted],
        "mistakes": [{"value": finite(each.value), "misconception": each.misconception} for each in variant.mistakes],
        "answer": in_each(languages, lambda each: answer_html(variant, each)),
        "explanation": in_each(languages, lambda each: markup(variant.explanation[each])),
    }


def choice_data(variant: Variant, choice: Choice, languages: Sequence[Language]) -> Mapping[str, Any]:
    """Return something to choose, as markup and as plain text."""
    return {
        "id": choice.id,
        "html": in_each(languages, lambda each: option_html(variant.question.kind, choice.text[each])),
        "plain": in_each(languages, lambda each: option_plain(variant.question.kind, choice.text[each])),
    }


def option_html(kind: QuestionKind, text: str) -> str:
    """Return an option's text as markup; an exception's message and a line of code have no Markdown in them."""
    if kind in CODE_OPTIONS:
        return f"<code>{escape(text)}</code>"
    return escape(text) if kind in PLAIN_OPTIONS else as_html(text, mathml, inline=True)


def option_plain(kind: QuestionKind, text: str) -> str:
    """Return an option's text for a list box."""
    return text if kind in CODE_OPTIONS | PLAIN_OPTIONS else as_plain(text)


def answer_html(variant: Variant, language: Language) -> str:
    """Return the key as it is shown to a learner who asks for it."""
    kind = variant.question.kind
    options = {each.id: option_html(kind, each.text[language]) for each in variant.options}
    match kind:
        case QuestionKind.SINGLE | QuestionKind.EXCEPTION:
            return f"<p>{options[variant.key]}</p>"
        case QuestionKind.MULTIPLE:
            return bullets([text for name, text in options.items() if name in variant.key])
        case QuestionKind.MATCH:
            left = {each.id: option_html(kind, each.text[language]) for each in variant.left}
            return bullets([f"{text} → {options[variant.key[name]]}" for name, text in left.items()])
        case QuestionKind.TEXT:
            return markup(KINDS[kind].told(None, variant, language))
        case QuestionKind.TRUE_FALSE:
            return f"<p>{escape(KINDS[kind].told(variant.key, variant, language))}</p>"
    return f'<pre class="code"><code>{escape(KINDS[kind].told(variant.key, variant, language))}</code></pre>'


def bullets(items: Sequence[str]) -> str:
    """Return finished markup as a list."""
    return f"<ul>{''.join(f'<li>{each}</li>' for each in items)}</ul>"


def markup(text: str) -> str:
    """Return a text of the course as HTML with MathML."""
    return as_html(text, mathml)


def finite(value: Any) -> Any:
    """Return a plain value that JSON can hold: numbers that are none as the words that a student types for them."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, list):
        return [finite(each) for each in value]
    return value


def in_each(languages: Sequence[Language], text: Callable[[Language], str]) -> Mapping[str, str]:
    """Return a text in each language."""
    return {each: text(each) for each in languages}


def only(text: Text, languages: Sequence[Language]) -> Mapping[str, str]:
    """Return a text in the languages wanted."""
    return {each: text.in_language(each) for each in languages}
