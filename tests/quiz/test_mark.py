"""What an answer is worth: its verdict, its share, the misconception behind it, and what the policy takes away."""

import pytest

from grader.config.course_config import QuizPolicy
from grader.quiz.mark import mark
from grader.results.verdicts import AnswerVerdict

PLAIN = QuizPolicy()
STRICT = QuizPolicy(wrong_choice=0.25, further_attempt=0.2, attempts=9)


def test_no_answer_is_unanswered(variants):
    """Leaving a question out costs nothing, whatever the policy."""
    for variant in vars(variants).values():
        for nothing in (None, "", " \n"):
            marked = mark(variant, nothing, STRICT)
            assert (marked.verdict, marked.share, marked.misconception) == (AnswerVerdict.UNANSWERED, 0, None)


def test_a_right_answer_has_the_whole_share(variants):
    """It is understood, right, and no misconception's."""
    marked = mark(variants.slope, "6", PLAIN)
    assert (marked.verdict, marked.share, marked.value, marked.misconception) == (AnswerVerdict.RIGHT, 1, 6.0, None)


def test_a_mistake_is_named(variants):
    """The answer that a misconception gives is told as its."""
    marked = mark(variants.slope, "9", PLAIN)
    assert (marked.verdict, marked.share, marked.misconception) == (AnswerVerdict.WRONG, 0, "M01")


def test_a_wrong_answer_of_nobody_is_nobodys(variants):
    """No misconception is guessed."""
    marked = mark(variants.slope, "7", PLAIN)
    assert (marked.verdict, marked.misconception) == (AnswerVerdict.WRONG, None)


def test_a_partly_right_answer_has_its_share(variants):
    """Two entries of three."""
    marked = mark(variants.entries, "[2, 4, 9]", PLAIN)
    assert marked.verdict is AnswerVerdict.PARTLY
    assert marked.share == pytest.approx(2 / 3)


def test_a_mistake_that_shares_entries_with_the_key_is_still_named(question, ask):
    """Partly right and wholly a misconception's."""
    variant = ask(question("entries", answer={"wrong": [{"misconception": "M01", "answer": "[2, 4, 16]"}]}))
    marked = mark(variant, [2, 4, 16], PLAIN)
    assert (marked.verdict, marked.misconception) == (AnswerVerdict.PARTLY, "M01")


def test_an_unreadable_answer_says_why(variants):
    """It costs nothing, since nothing was said; the reason has both languages."""
    marked = mark(variants.first, "z", STRICT)
    assert (marked.verdict, marked.share, marked.value) == (AnswerVerdict.UNREADABLE, 0, None)
    assert marked.problem.text("en") == "give letters from a to c"
    assert marked.problem.text("zh") == "请填写从 a 到 c 的字母"


def test_free_text_waits_for_a_human(variants):
    """No share is given or taken."""
    marked = mark(variants.reasons, "because", STRICT, attempt=3)
    assert (marked.verdict, marked.share, marked.value) == (AnswerVerdict.WAITING, 0, "because")


@pytest.mark.parametrize(
    ("name", "options", "share"),
    [
        ("first", ["beta"], -0.25),
        ("some", ["gamma"], -0.25),
        ("some", ["alpha", "gamma"], -0.25),
        ("some", ["alpha"], 0.5),
        ("first", ["alpha"], 1),
    ],
)
def test_a_wrong_choice_costs_what_the_policy_says(variants, letters, name, options, share):
    """Guessing among options may cost; an answer that is right in part does not."""
    variant = getattr(variants, name)
    assert mark(variant, letters(variant, *options), STRICT).share == share


@pytest.mark.parametrize(("name", "typed"), [("claim", "false"), ("outcome", None)])
def test_the_other_kinds_that_can_be_guessed_cost_too(variants, name, typed):
    """True or false, and what a piece of code raises."""
    variant = getattr(variants, name)
    typed = typed or variant.letter(variant.mistakes[0].value)
    assert mark(variant, typed, STRICT).share == -0.25


@pytest.mark.parametrize(
    ("name", "typed"), [("slope", "7"), ("size", "(2, 3)"), ("entries", "[9, 9, 9]"), ("shown", "no"), ("pairs", "c c")]
)
def test_what_can_not_be_guessed_costs_nothing(variants, name, typed):
    """A number is no bet; nor are pairs, lines or shapes."""
    variant = getattr(variants, name)
    typed = " ".join([variant.letter("cinque")] * 2) if name == "pairs" else typed
    assert mark(variant, typed, STRICT).share == 0


def test_without_a_policy_nothing_is_taken(variants, letters):
    """By default a wrong choice is worth 0 and each attempt as much as the first."""
    assert mark(variants.first, letters(variants.first, "beta"), PLAIN).share == 0
    assert mark(variants.slope, "6", PLAIN, attempt=5).share == 1


@pytest.mark.parametrize(("attempt", "share"), [(1, 1), (2, 0.8), (3, 0.6), (6, 0), (9, 0)])
def test_each_further_attempt_costs_what_the_policy_says(variants, attempt, share):
    """A right answer never goes below 0, and stays right."""
    marked = mark(variants.slope, "6", STRICT, attempt)
    assert marked.share == pytest.approx(share)
    assert marked.verdict is AnswerVerdict.RIGHT


def test_a_further_attempt_takes_from_what_is_partly_right(variants):
    """Two thirds less a fifth."""
    assert mark(variants.entries, "[2, 4, 9]", STRICT, 2).share == pytest.approx(2 / 3 - 0.2)
    assert mark(variants.entries, "[2, 9, 9]", STRICT, 4).share == 0
