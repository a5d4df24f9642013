"""Gaps inside a text as Moodle writes them: `{1:NUMERICAL:=2:0.1~%0%3:0.1#feedback}`."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from grader.bridges.emoticons import nolink
from grader.bridges.item import Item, Remark
from grader.bridges.page import remark_html
from grader.bridges.spelling import decimal, margin, number_spellings
from grader.quiz.plain import close

ENTITIES = str.maketrans({each: f"&#{ord(each)};" for each in "&<>\"'#~{}\\=%:/"})
"""Signs that end a part of a gap, as what Moodle decodes once it has found the parts."""


def number_gap(key: float, wrong: Sequence[tuple[float, Remark]], item: Item) -> str:
    """Return a gap for one entry, with a remark on each wrong number that one misconception alone gives."""
    tolerance = item.variant.tolerance
    if not isfinite(key):
        return gap(number_spellings(key, tolerance))
    parts = [f"={decimal(key)}:{margin(key, tolerance)}"]
    for value, remark in wrong:
        alike = [other for other, _ in wrong if close(other, value, tolerance, 2)]
        if isfinite(value) and len(alike) == 1 and not close(value, key, tolerance, 2):
            parts.append(f"%0%{decimal(value)}:{margin(value, tolerance)}#{escaped(nolink(remark_html(remark)))}")
    return "{1:NUMERICAL:" + "~".join(parts) + "}"


def gap(spellings: Sequence[str]) -> str:
    """Return a gap for a text that may be spelled in several ways; capital letters count."""
    return "{1:SHORTANSWER_C:" + "~".join(f"={escaped(each.replace('*', chr(92) + '*'))}" for each in spellings) + "}"


def escaped(content: str) -> str:
    """Return a text that stands for itself inside a gap."""
    return content.translate(ENTITIES)
