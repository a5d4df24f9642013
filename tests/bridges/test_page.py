"""The parts of an item as HTML that every export shares."""

import pytest

from grader.bridges.item import items_of
from grader.bridges.page import all_remarks_html, answered_html
from grader.catalogue.question import QuestionKind
from grader.markup import delimited


@pytest.fixture
def item(throw_away_exports):
    """Return what gives an item by its language and identifier."""
    found = {(e.language, item.ident): item for e in throw_away_exports for _, group in items_of(e) for item in group}
    return lambda language, ident: found[language, ident]


@pytest.mark.parametrize(
    ("language", "words"), [("en", "<p>If you answered:</p><pre>"), ("zh", "如果你的回答是：</p><pre>")]
)
@pytest.mark.parametrize("ident", ["one_order_1", "says_1"])
def test_no_blank_stands_before_a_code_block(item, language, words, ident):
    """The sentence before an answer of several lines ends with its colon, without a place left for the answer."""
    (first, *_) = item(language, ident).remarks
    assert words in answered_html(item(language, ident), first, delimited, "answered")


def test_an_answer_of_one_line_stands_in_the_sentence(item):
    """A short answer is named where the sentence names it."""
    (first, *_) = item("en", "case_tells_1").remarks
    shown = answered_html(item("en", "case_tells_1"), first, delimited, "answered")
    assert shown == "<p>If you answered <code>grad none</code>:</p>"


def test_blanks_before_a_colon_are_nowhere(throw_away_exports):
    """No remark of any item leaves a blank before its colon."""
    items = [item for export in throw_away_exports for _, group in items_of(export) for item in group]
    shown = [all_remarks_html(item, item.remarks, delimited) for item in items if item.kind is not QuestionKind.TEXT]
    assert shown
    assert not [each for each in shown if " :</p>" in each or " ：</p>" in each]
