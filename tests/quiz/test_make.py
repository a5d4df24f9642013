"""Variants: own numbers for each student, keys computed by torch, and an author who is told what does not work."""

from random import Random

import pytest
import torch

from grader.catalogue.question import quiz_path
from grader.config.course_config import QuizPolicy
from grader.errors import ContentError
from grader.quiz.make import MOST_DRAWS, independent_agrees, make_variant, solve
from grader.quiz.seed import seed_of
from grader.verify.quizzes import check_documented, stress

TOLERANCE = QuizPolicy().tolerance
STUDENTS = [f"student {number}" for number in range(12)]


def wrong(*answers):
    """Return a numeric question's wrong answers, the first of M01."""
    return {"wrong": [{"misconception": f"M0{place}", "answer": each} for place, each in enumerate(answers, 1)]}


@pytest.fixture
def problem_of(ask):
    """Return what gives the half of the quiz, the line and the words of a question that does not work."""

    def problem(question):
        with pytest.raises(ContentError) as caught:
            ask(question)
        halves = {quiz_path(question.folder, question.unit, withheld=each): each for each in (True, False)}
        withheld = halves[caught.value.path]
        text = caught.value.path.read_text(encoding="utf-8").splitlines()
        assert text[caught.value.line - 1] == f"- id: {question.id}"
        return ("withheld" if withheld else "given"), caught.value.problem.removeprefix(f"question {question.id}: ")

    return problem


def test_students_get_different_numbers(question, ask):
    """Of twelve students no two are asked the same, and an answer that is copied is rarely right."""
    variants = [ask(question("weighted"), student) for student in STUDENTS]
    assert len({variant.code for variant in variants}) == len(STUDENTS)
    assert len({str(variant.key) for variant in variants}) >= 8


def test_the_same_student_gets_the_same_again(question, ask):
    """A variant made twice is the same in every part: text, code, options, key."""
    for name in ("weighted", "first", "outcome", "pairs"):
        assert ask(question(name)) == ask(question(name))


def test_another_attempt_has_other_numbers(question, ask):
    """Whoever tries again is asked anew."""
    assert len({ask(question("weighted"), attempt=attempt).code for attempt in range(1, 7)}) == 6


def test_another_course_has_other_numbers(question, ask):
    """A published key of last year's course is worth nothing this year."""
    assert ask(question("weighted"), secret=b"last year").code != ask(question("weighted"), secret=b"this year").code


def test_options_stand_in_an_order_of_ones_own(question, ask):
    """The letter of the right option differs between students; "b" tells a neighbour nothing."""
    variants = [ask(question("first"), student) for student in STUDENTS]
    assert {variant.letter(variant.key) for variant in variants} == {"a", "b", "c"}


def test_a_variant_replays_from_its_seed_alone(question, ask):
    """The seed of a report gives the very variant again, without the course's secret."""
    variant = ask(question("weighted"))
    torch.manual_seed(99)
    again = make_variant(variant.question, variant.seed, TOLERANCE)
    assert again == variant
    assert variant.seed == seed_of(b"a course's own secret", "ann", "weighted")


def test_the_key_is_what_torch_computes(question, ask):
    """Run by hand, a variant's own code gives its key."""
    variant = ask(question("weighted"))
    names = {"torch": torch}
    exec(variant.code, names)
    assert variant.key == pytest.approx(names["x"].grad.tolist())
    assert variant.key == pytest.approx([3 * weight for weight in variant.given["v"]])


def test_text_and_code_show_what_was_drawn(question, ask):
    """Code holds Python, maths LaTeX, in both languages."""
    variant = ask(question("weighted"))
    assert f"torch.tensor({variant.given['x']}, requires_grad=True)" in variant.code
    shown = ", ".join(f"{each:g}" for each in variant.given["v"])
    assert all(f"({shown})" in variant.text[language] for language in ("en", "zh"))
    assert f"({shown})" in variant.explanation["en"]


def test_a_wrong_answer_may_have_code_of_its_own(question, ask):
    """It runs with the same parameters, in a place where nothing of the question's code is."""
    variant = ask(question("weighted"))
    assert [each.misconception for each in variant.mistakes] == ["M01", "M02"]
    assert variant.mistakes[0].value == [3, 3, 3]
    assert variant.mistakes[1].value == pytest.approx([3 * sum(variant.given["v"])] * 3)


def test_code_of_a_wrong_answer_sees_no_name_of_the_question(question, problem_of):
    """What is rebound in the question's code is as drawn again."""
    broken = question("slope", answer={"wrong": [{"misconception": "M01", "code": "y = x", "answer": "y"}]})
    assert problem_of(broken) == (
        "withheld",
        "the code of M01 raised NameError: name 'x' is not defined",
    )


DRAWN = {"draw": {"a": {"integers": [1, 4]}}, "code": "x = torch.tensor({{ a }}.0)"}


def test_a_draw_whose_wrong_answer_is_right_is_drawn_again(question, ask):
    """2a and a² agree for 2, so nobody gets 2."""
    asked = question("slope", DRAWN, {"key": "2 * x", **wrong("x ** 2")})
    variants = [ask(asked, student) for student in STUDENTS]
    assert {variant.given["a"] for variant in variants} == {1, 3, 4}
    assert any(variant.rejected for variant in variants)


def test_a_draw_whose_wrong_answers_are_the_same_is_drawn_again(question, ask):
    """An answer must name one misconception."""
    asked = question("slope", DRAWN, {"key": "x + 10", **wrong("2 * x", "x ** 2")})
    assert {ask(asked, student).given["a"] for student in STUDENTS} == {1, 3, 4}


@pytest.mark.parametrize(("key", "kept"), [("1 / x", {1, 2, 4}), ("10.0 ** (x + 2)", {1, 2}), ("x / (x - 1)", {2, 3})])
def test_a_draw_with_an_ugly_key_is_drawn_again(question, ask, key, kept):
    """No third, no hundred thousand and no infinity is asked for."""
    asked = question("slope", DRAWN, {"key": key, **wrong("-x")})
    assert {ask(asked, student).given["a"] for student in STUDENTS} == kept


def test_an_ugly_key_that_is_not_drawn_stays(question, ask):
    """An author who writes the numbers may ask for NaN."""
    assert str(ask(question("slope", answer={"key": "float('nan')"})).key) == "nan"


def test_a_condition_throws_draws_away(question, ask):
    """`where` may use parameters and torch."""
    asked = question(
        "slope", {**DRAWN, "where": "torch.tensor(a).item() > 2 and given.a == a"}, {"key": "x", **wrong("-x")}
    )
    assert {ask(asked, student).given["a"] for student in STUDENTS} == {3, 4}


def test_a_condition_that_never_holds_is_told(question, problem_of):
    """After some hundred draws the author reads which condition it is, and what to do."""
    asked = question("slope", {**DRAWN, "where": "a > 4"}, {"key": "x", **wrong("-x")})
    assert problem_of(asked) == ("withheld", "`a > 4` never holds; mend the wrong answer, or widen what is drawn")


@pytest.mark.parametrize(
    ("key", "answers", "problem"),
    [
        ("x", ["x"], "the wrong answer of M01 is right"),
        ("x", ["x * 1.001"], "the wrong answer of M01 is right"),
        ("x", ["-x", "0 - x"], "the wrong answers of M01 and M02 are the same"),
        ("x / 3e5", ["-x"], "the key 3.33333e-06 is too long to be asked for"),
    ],
)
def test_an_author_is_told_when_no_draw_is_good(question, problem_of, key, answers, problem):
    """The reason is that of the last draw."""
    asked = question("slope", {**DRAWN, "draw": {"a": {"integers": [1, 1]}}}, {"key": key, **wrong(*answers)})
    assert problem_of(asked) == ("withheld", f"{problem}; mend the wrong answer, or widen what is drawn")


def test_what_is_not_drawn_is_tried_once(question, monkeypatch, problem_of):
    """A fixed question gets no better by trying again; a drawn one has some hundred tries."""
    tried = []
    monkeypatch.setattr("grader.quiz.make.solve", lambda *args: tried.append(1) or solve(*args))
    problem_of(question("slope", answer=wrong("x.grad")))
    assert len(tried) == 1
    problem_of(question("slope", DRAWN, {"key": "x", **wrong("x")}))
    assert len(tried) == 1 + MOST_DRAWS


@pytest.mark.parametrize(
    ("sheet", "answer", "problem"),
    [
        ({"code": "x = tensor({{ a }})"}, {}, "the code raised NameError: name 'tensor' is not defined (with a = 1)"),
        ({"code": "x = {{ b }}"}, {}, "'b' is undefined (with a = 1)"),
        ({"text": {"en": "{{ b }}", "zh": "{{ a }}"}}, {}, "'b' is undefined (with a = 1)"),
        (
            {},
            {"explanation": {"en": "{{ a", "zh": "a"}},
            "unexpected end of template, expected 'end of print statement'. (with a = 1)",
        ),
        (
            {},
            {"key": "x.grad.item()"},
            "`x.grad.item()` raised AttributeError: 'NoneType' object has no attribute 'item' (with a = 1)",
        ),
        ({}, {"key": "x +"}, "`x +` is not valid Python: invalid syntax (with a = 1)"),
        ({}, {"key": "[1, 2]"}, "this must be one number, not [1, 2] (with a = 1)"),
        ({}, {"work": "y = 1 / 0"}, "the code raised ZeroDivisionError: division by zero (with a = 1)"),
        ({}, {"wrong": [{"misconception": "M01", "answer": "'a'"}]}, "this must be one number, not 'a' (with a = 1)"),
        ({"where": "b"}, {}, "`b` raised NameError: name 'b' is not defined (with a = 1)"),
    ],
)
def test_whatever_fails_is_told_with_the_numbers_it_failed_for(question, problem_of, sheet, answer, problem):
    """The author can draw the same again by hand."""
    drawn = {**DRAWN, "draw": {"a": {"integers": [1, 1]}}, **sheet}
    half, words = problem_of(question("slope", drawn, {"key": "x", **wrong("-x"), **answer}))
    assert words.removesuffix(" (with a = 1)") + " (with a = 1)" == problem
    assert half == "withheld"


def test_a_rule_that_can_not_be_met_is_told_where_it_stands(question, problem_of):
    """What is drawn is the students' half."""
    rule = {"a": {"integers": [1, 2], "shape": [3], "distinct": True}}
    asked = question("slope", {**DRAWN, "draw": rule})
    assert problem_of(asked) == ("given", "a: there are too few different values for its shape")


def test_code_may_raise_where_the_question_is_about_that(question, ask):
    """A key that asks for `raised` decides by it."""
    asked = question("claim", {"code": "torch.ones(2, requires_grad=True).backward()"}, {"key": "raised is not None"})
    assert ask(asked).key is True


def test_an_independent_way_that_agrees_is_fine(question, ask):
    """It finds the drawn values and torch, and needs not agree to the last digit."""
    assert independent_agrees(ask(question("weighted")))
    assert independent_agrees(ask(question("slope")))
    by_torch = {"independent": "3 * torch.tensor(v) + 1e-6"}
    assert independent_agrees(ask(question("weighted", answer=by_torch)))


@pytest.mark.parametrize("other", ["given.v", "[3 * w for w in given.v][:2]"])
def test_an_independent_way_that_disagrees_is_told(question, ask, course, other):
    """`grader verify` says for which numbers, and where."""
    asked = question("weighted", answer={"independent": other})
    assert not independent_agrees(ask(asked))
    (broken,) = stress(course, asked, 3).broken
    assert "the independent way does not give [" in broken.problem
    assert "'x': [" in broken.problem
    assert (broken.path, broken.line) == (quiz_path(asked.folder, "small", withheld=True), 3)


def test_an_independent_way_that_fails_is_told(question, ask):
    """An error of its own is no disagreement."""
    variant = ask(question("weighted", answer={"independent": "given.w"}))
    with pytest.raises(ContentError, match=r"quiz\.yaml:3: question weighted: `given.w` raised AttributeError"):
        independent_agrees(variant)


def test_a_documented_number_that_agrees_is_fine(question):
    """The document's own numbers give the document's own output."""
    asked = question("weighted")
    check_documented(asked, asked.answer.documented[0])


def test_a_documented_number_that_does_not_agree_is_told(question):
    """File, line, output, what the document says and what torch gives."""
    numbers = {"x": [1.0, 2.0, 3.0], "v": [0.1, 1.0, 0.5]}
    asked = question(
        "weighted", answer={"documented": [{"output": "d0-o2", "with": numbers, "gives": [0.3, 3.0, 1.6]}]}
    )
    with pytest.raises(ContentError) as caught:
        check_documented(asked, asked.answer.documented[0])
    assert caught.value.problem.startswith("question weighted: d0-o2 gives [0.3, 3.0, 1.6], but the key is [0.3")
    assert (caught.value.path.parts[-3:], caught.value.line) == (("solutions", "small", "quiz.yaml"), 3)


def test_numbers_can_be_solved_without_a_draw(question):
    """A document's own parameters make a variant, however ugly."""
    variant = solve(question("weighted"), {"x": [1.0] * 3, "v": [1 / 3] * 3}, TOLERANCE, Random(0))
    assert variant.key == pytest.approx([1.0] * 3)
    assert (variant.seed, variant.rejected) == ("", 0)
