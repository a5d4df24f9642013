"""Printed output, line by line, and free text."""

import pytest

from grader.errors import ContentError
from grader.quiz.kinds.kind import LONGEST, UnreadableError
from grader.quiz.kinds.table import KINDS

KEY = "tensor([1.0000, 2.5000])\n3.5 22.0"


def share(variant, raw):
    """Return what an answer earns."""
    kind = KINDS[variant.question.kind]
    return kind.share(kind.read(raw, variant), variant)


def test_the_key_is_what_the_code_prints(variants):
    """Without the end of its last line."""
    assert variants.shown.key == KEY


@pytest.mark.parametrize(
    "raw",
    [
        KEY,
        "tensor([1., 2.5])\n3.5 22",
        "  tensor( [ 1.0 ,2.50 ] )\n\n3.5   22.0\n",
        "tensor（［１，2.5］）\n3.5　22",
        "tensor([1.0000, 2.5000])\r\n3.5\t22.0",
        "tensor([1.0, 2.5001])\n35e-1 2.2e1",
    ],
)
def test_blanks_and_spelling_of_numbers_do_not_count(variants, raw):
    """Numbers count by value, within the tolerance; signs may come from any keyboard."""
    assert share(variants.shown, raw) == 1


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("tensor([1.0, 2.5])", 0.5),
        ("tensor([1.0, 2.6])\n3.5 22.0", 0.5),
        ("tensor([1.0, 2.5])\n3.522.0", 0.5),
        ("tensor([1.0, 2.5])\n3.52 2.0", 0.5),
        ("tensor([1.0, 2.5])\n22.0 3.5", 0.5),
        ("tensor([1.0, 2.5])\n3.5", 0.5),
        (KEY + "\nNone", 2 / 3),
        (KEY + "\n1\n2", 0.5),
        ("tensor([1.0 2.5])\n3.5 22.0", 0.5),
        ("Tensor([1.0, 2.5])\n3.5 22.0", 0.5),
        ("nothing", 0),
    ],
)
def test_each_line_earns_its_share(variants, raw, wanted):
    """A line too many is a wrong one; a blank between two numbers holds them apart; words and commas count."""
    assert share(variants.shown, raw) == pytest.approx(wanted)


def test_a_single_number_may_be_a_yaml_number(question, ask):
    """`answer: 3.5` in a sheet is no text, and is read all the same."""
    variant = ask(question("shown", {"code": "print(3.5)"}))
    assert share(variant, 3.5) == share(variant, "3.50") == 1
    assert share(variant, 4) == 0


def test_true_printed_may_be_a_yaml_bool(question, ask):
    """In a sheet `answer: True` is a bool to YAML; to the student it is what was printed."""
    variant = ask(question("shown", {"code": "print(True)"}))
    assert share(variant, "True") == share(variant, raw=True) == 1
    assert share(variant, raw=False) == 0


@pytest.mark.parametrize(("raw", "wanted"), [([[1, 2.5]], 1), ([["1.0", 2.5]], 1), ([[1, 2]], 0), ([1, 2.5], 0)])
def test_a_list_printed_may_be_a_yaml_list(question, ask, raw, wanted):
    """Whoever writes `answer: [[1.0, 2.5]]` means what is printed."""
    assert share(ask(question("shown", {"code": "print([[1.0, 2.5]])"})), raw) == wanted


def test_a_misconceptions_own_output_shows_it(variants):
    """All of its lines."""
    output, (mistake,) = KINDS["output"], variants.shown.mistakes
    assert output.shows(mistake.value, "tensor([1.0, 2.0])\n3 22", variants.shown)
    assert not output.shows(mistake.value, "tensor([1.0, 2.0])", variants.shown)


def test_a_mistake_may_be_what_its_own_code_prints(question, ask):
    """Code without an answer prints it."""
    variant = ask(question("shown", answer={"wrong": [{"misconception": "M01", "code": "print(1)\nprint(2)"}]}))
    assert variant.mistakes[0].value == "1\n2"


@pytest.mark.parametrize(
    ("sheet", "answer", "words"),
    [
        ({"code": "x = 1"}, {}, "the code printed nothing"),
        ({"code": "print(1)\n1 / 0"}, {}, "the code raised ZeroDivisionError: division by zero"),
        ({}, {"wrong": [{"misconception": "M01", "code": "x = 1"}]}, "the code printed nothing"),
        ({}, {"wrong": [{"misconception": "M01", "answer": "' '"}]}, "the code printed nothing"),
    ],
)
def test_code_that_prints_nothing_is_the_authors_error(question, ask, sheet, answer, words):
    """The author reads what happened instead."""
    with pytest.raises(ContentError) as caught:
        ask(question("shown", sheet, answer))
    assert caught.value.problem == f"question shown: {words}"


@pytest.mark.parametrize(
    ("raw", "words"), [("", "there is no answer here"), ({"a": 1}, "this is no text"), ("x" * (LONGEST + 1), "longer")]
)
def test_what_is_no_text_is_refused(variants, raw, words):
    """Both kinds of text want some, and an end to it."""
    for variant in (variants.shown, variants.reasons):
        with pytest.raises(UnreadableError) as caught:
            KINDS[variant.question.kind].read(raw, variant)
        assert words in caught.value.problem.text("en")
        assert caught.value.problem.text("zh") != caught.value.problem.text("en")


def test_free_text_is_kept_as_it_is(variants):
    """Nothing is folded in what a human reads; the key is what a good answer says."""
    text = KINDS["text"]
    assert text.read("  因为，是的。 ", variants.reasons) == "因为，是的。"
    assert text.told("mine", variants.reasons, "en") == "mine"
    assert text.told(variants.reasons.key, variants.reasons, "en") == "Because."
    assert text.told(variants.reasons.key, variants.reasons, "zh") == "因为。"
    assert text.typed(variants.reasons.key, variants.reasons) == ""
    assert variants.reasons.mistakes == ()
