"""A question as text: all that a student needs to answer it, in either language, and nothing of the key."""

import pytest

from grader.quiz.asked import asked, how_to_answer, options_text


def test_text_code_and_how_to_answer_are_shown(variants):
    """Code is indented, paragraphs are set apart, and the last line says how to answer."""
    shown = list(asked(variants.weighted, "en"))
    assert shown[0].startswith("What is x.grad for v = (")
    assert shown[2:4] == [f"    {line}" for line in variants.weighted.code.split("\n")]
    assert shown[-1] == "Give the entries as nested lists, of shape (3,)."


def test_options_are_lettered(variants):
    """A student answers with a letter; marks of the text are no part of it."""
    shown = options_text(variants.first, "en")
    assert [each[:3] for each in shown] == ["a) ", "b) ", "c) "]
    assert {each[3:] for each in shown} == {"A", "B", "C"}
    assert {each[3:] for each in options_text(variants.first, "zh")} == {"甲", "乙", "丙"}


def test_what_is_matched_is_numbered(variants):
    """The left side has numbers in its own order, the right side letters."""
    shown = options_text(variants.pairs, "en")
    assert shown[:2] == ("1. one", "2. two")
    assert [each[:3] for each in shown[2:]] == ["a) ", "b) ", "c) "]


def test_lines_to_be_ordered_stand_as_they_are(variants):
    """Stars and dollars in code are code."""
    assert {each[3:] for each in options_text(variants.steps, "en")} == {"w = 2 * w", "w = w + 3", "w = w"}


def test_outcomes_are_told_in_words(variants):
    """What is raised and what is not, in either language."""
    english = {each[3:] for each in options_text(variants.outcome, "en")}
    assert "no error, the value is [1, 1]" in english
    assert "raises TypeError: no" in english
    assert "raises RuntimeError: grad can be implicitly created only for scalar outputs" in english
    assert "不报错，值是 [1, 1]" in {each[3:] for each in options_text(variants.outcome, "zh")}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_kind_says_how_it_is_answered(variants, language):
    """One sentence per kind, in the student's language."""
    for variant in vars(variants).values():
        sentence = how_to_answer(variant, language)
        assert sentence[-1] == ("." if language == "en" else "。")
        assert "{" not in sentence


def test_no_question_shows_its_explanation(variants):
    """What is told after an answer is not told before."""
    for variant in vars(variants).values():
        shown = "\n".join(asked(variant, "en"))
        assert variant.explanation["en"] not in shown
        assert "M01" not in shown
