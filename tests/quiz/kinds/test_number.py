"""Numbers, tensors and shapes: read as students type them, with credit for each entry that is right."""

import math

import pytest

from grader.config.course_config import QuizPolicy
from grader.errors import ContentError
from grader.quiz.kinds.kind import LONGEST, UnreadableError
from grader.quiz.kinds.table import KINDS
from grader.quiz.mark import mark
from grader.results.verdicts import AnswerVerdict

NOT_NUMBERS = "these are no numbers; write them as 1.5 or [1, 2.5] or [[1, 2], [3, 4]]"
NOT_A_SHAPE = "this is no shape; write it as (3, 2)"


def read(variant, raw):
    """Return an answer as it is understood."""
    return KINDS[variant.question.kind].read(raw, variant)


def share(variant, raw):
    """Return what an answer earns."""
    return KINDS[variant.question.kind].share(read(variant, raw), variant)


def problem(variant, raw):
    """Return why an answer can't be read, in English; the Chinese text is another."""
    with pytest.raises(UnreadableError) as caught:
        read(variant, raw)
    english, chinese = (caught.value.problem.text(language) for language in ("en", "zh"))
    assert english != chinese
    return english


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("6", 6),
        (" 6.0 ", 6),
        ("+6.", 6),
        (".5", 0.5),
        ("-0.5", -0.5),
        ("1/3", 1 / 3),
        ("-3 / 4", -0.75),
        ("1.5/2.5", 0.6),
        ("1e-3", 0.001),
        ("2.5E2", 250),
        ("1e-3/2", 0.0005),
        ("(6)", 6),
        ("[6]", 6),
        ("[[6]]", 6),
        ("tensor(6.)", 6),
        ("torch.tensor([6.])", 6),
        ("６．５", 6.5),
        ("－６", -6),
        ("\u22126", -6),
        ("１／４", 0.25),
        ("6,", 6),
        (6, 6),
        (6.5, 6.5),
        ([6], 6),
        (["1/4"], 0.25),
        ("inf", math.inf),
        ("-Inf", -math.inf),
        (-math.inf, -math.inf),
    ],
)
def test_a_number_is_read(variants, raw, value):
    """Fractions, powers of ten, torch's own spelling, full-width signs of a Chinese keyboard, plain YAML numbers."""
    assert read(variants.slope, raw) == pytest.approx(value)


@pytest.mark.parametrize("raw", ["nan", "NaN", float("nan"), [float("nan")]])
def test_nan_is_read_and_is_no_number(variants, question, ask, raw):
    """A student may believe that the result is NaN; it is right only where the key is."""
    assert share(variants.slope, raw) == 0
    assert share(ask(question("slope", answer={"key": "float('nan')"})), raw) == 1


@pytest.mark.parametrize(
    "raw",
    ["six", "6x", "2*3", "1/0", "1/", "/2", "1/2/3", "--6", "6 m", "1.2.3", "3-1", "1e", "1e5000", "0x10", "1_0", "]",
     "[6", "six 6", "information", "∞", ["a"], [[[[[6]]]]], "[" * 9 + "6" + "]" * 9, [True], [None],
     [{"a": 1}], [10**400]],
    ids=repr,
)  # fmt: skip
def test_what_is_no_number_is_refused(variants, raw):
    """Nothing is guessed or computed; the message shows how numbers are written."""
    assert problem(variants.slope, raw) == NOT_NUMBERS


@pytest.mark.parametrize("raw", ["1, 2", "1 2", [1, 2], "1,5", "[[1], [2]]"])
def test_more_than_one_number_is_refused(variants, raw):
    """A comma is no decimal point; the message asks for one number."""
    assert problem(variants.slope, raw) == "give one number alone"


@pytest.mark.parametrize(
    "raw",
    [
        "[2, 4, 8]",
        "2 4 8",
        "2, 4, 8",
        "(2, 4, 8)",
        "tensor([2., 4., 8.])",
        "torch.tensor([2.0, 4.0, 8.0])",
        "[2,\n 4,\n 8]",
        "【２，４，８】",
        "2、4、8",
        "2；4；8",
        [2, 4.0, "8"],
        [" 2 ", "4", "16/2"],
    ],
)
def test_a_tensor_is_read(variants, raw):
    """With or without brackets, from a text or a YAML list, with the marks of any keyboard."""
    assert read(variants.entries, raw) == [2.0, 4.0, 8.0]
    assert share(variants.entries, raw) == 1


@pytest.mark.parametrize(
    "raw", ["[[1, 2], [3, 4]]", "[1, 2], [3, 4]", "[1 2]\n[3 4]", "((1, 2), (3, 4))", [[1, 2], ["3", 4]]]
)
def test_a_matrix_is_read(question, ask, raw):
    """The outer brackets may be missing."""
    matrix = ask(question("entries", answer={"key": "torch.tensor([[1.0, 2.0], [3.0, 4.0]])"}))
    assert read(matrix, raw) == [[1, 2], [3, 4]]


@pytest.mark.parametrize(
    ("raw", "got"),
    [
        ("[2, 4]", "(2,)"),
        ("2", "()"),
        ("[[2, 4, 8]]", "(1, 3)"),
        ("[2, [4, 8]]", "?"),
        ([], "(0,)"),
        ([[2], [4, 8]], "?"),
    ],
)
def test_another_shape_is_refused(variants, raw, got):
    """The student reads which shape is asked for, and which was given; nothing is lost by it."""
    assert problem(variants.entries, raw) == f"the shape must be (3,), this has {got}"


def test_the_shape_of_a_mistake_is_no_refusal(question, ask):
    """Who answers with the transposed matrix is not sent away, but told what the misconception is."""
    sheet = {"code": "x = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])"}
    wrong = [{"misconception": "M01", "answer": "x.T"}]
    variant = ask(question("entries", sheet, {"key": "x", "wrong": wrong}))
    marked = mark(variant, "[[1, 4], [2, 5], [3, 6]]", QuizPolicy())
    assert (marked.verdict, marked.share, marked.misconception) == (AnswerVerdict.WRONG, 0, "M01")
    assert mark(variant, "[[1, 2], [2, 5], [3, 6]]", QuizPolicy()).misconception is None
    assert problem(variant, "[1, 2, 3, 4, 5, 6]") == "the shape must be (2, 3), this has (6,)"


def test_a_tensor_of_one_entry_may_be_typed_without_brackets(question, ask):
    """6 is as good as [6]."""
    single = ask(question("entries", answer={"key": "torch.tensor([6.0])"}))
    assert read(single, "6") == read(single, [[6]]) == [6.0]


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [("2 4 8", 1), ("2 4 9", 2 / 3), ("9 4 9", 1 / 3), ("8 4 2", 1 / 3), ("9 9 9", 0), ("nan 4 8", 2 / 3)],
)
def test_each_entry_earns_its_share(variants, raw, wanted):
    """Entries count where they stand."""
    assert share(variants.entries, raw) == pytest.approx(wanted)


@pytest.mark.parametrize(("raw", "wanted"), [("6.006", 1), ("6.0062", 0), ("5.994", 1), ("5.9938", 0)])
def test_the_tolerance_has_a_border(variants, raw, wanted):
    """A thousandth of the key and a ten-thousandth: 0.0061 around 6."""
    assert share(variants.slope, raw) == wanted


def test_a_misconception_is_named_by_all_of_its_entries(variants):
    """The answer x of M01 is [1, 2, 4]; one entry that differs is no M01."""
    kind, (mistake,) = KINDS["tensor"], variants.entries.mistakes
    assert kind.shows(mistake.value, [1.0, 2.001, 4.0], variants.entries)
    assert not kind.shows(mistake.value, [1.0, 2.0, 5.0], variants.entries)


@pytest.mark.parametrize("name", ["slope", "entries", "weighted", "size"])
def test_the_key_as_it_is_told_is_right(variants, name):
    """Whoever types what the report calls right has it right."""
    variant = getattr(variants, name)
    assert share(variant, KINDS[variant.question.kind].typed(variant.key, variant)) == 1


@pytest.mark.parametrize(
    ("raw", "sizes"),
    [
        ("(3, 2)", [3, 2]),
        ("3x2", [3, 2]),
        ("3 X 2", [3, 2]),
        ("3×2", [3, 2]),
        ("3*2", [3, 2]),
        ("3 2", [3, 2]),
        ("[3,2]", [3, 2]),
        ("torch.Size([3, 2])", [3, 2]),
        ("（３，２）", [3, 2]),
        ("(3,)", [3]),
        (3, [3]),
        ("()", []),
        ("[ ]", []),
        ("torch.Size([])", []),
        ([3, 2], [3, 2]),
        (["3", 2], [3, 2]),
        ([], []),
        ("0", [0]),
    ],
)
def test_a_shape_is_read(variants, raw, sizes):
    """As Python shows it, or as people write it."""
    assert read(variants.size, raw) == sizes


@pytest.mark.parametrize(
    "raw",
    [
        "x",
        ",",
        "(,)",
        "(x)",
        "3.0",
        "-3",
        "three",
        "3by2",
        "1234567",
        "[3, 2",
        "((3, 2))",
        [3.0],
        [-1],
        3.5,
        ["x"],
        [1] * 65,
    ],
)
def test_what_is_no_shape_is_refused(variants, raw):
    """A sign without a size says nothing, and is not the shape ()."""
    assert problem(variants.size, raw) == NOT_A_SHAPE


@pytest.mark.parametrize(("raw", "wanted"), [("(3, 2)", 1), ("(2, 3)", 0), ("(3, 2, 1)", 0), ("3", 0), ("()", 0)])
def test_a_shape_is_all_or_nothing(variants, raw, wanted):
    """A shape that is half right is another shape."""
    assert share(variants.size, raw) == wanted


def test_the_misconception_of_a_shape_is_named(variants):
    """(2, 3) is M01's answer."""
    (mistake,) = variants.size.mistakes
    assert KINDS["shape"].shows(mistake.value, [2, 3], variants.size)
    assert not KINDS["shape"].shows(mistake.value, [3, 2], variants.size)


@pytest.mark.parametrize("name", ["slope", "entries", "size"])
@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("", "there is no answer here"),
        ("  ", "there is no answer here"),
        (True, "this is no text; write the answer on one line or as a block of text"),
        ({"a": 1}, "this is no text; write the answer on one line or as a block of text"),
        ("1" * (LONGEST + 1), f"the answer is longer than {LONGEST} characters"),
        (10**5000, f"the answer is longer than {LONGEST} characters"),
        (-(10**4300), f"the answer is longer than {LONGEST} characters"),
    ],
    ids=["nothing", "blanks", "a bool", "a dict", "many digits", "a huge int", "a huge negative int"],
)
def test_what_says_nothing_is_refused(variants, name, raw, wanted):
    """Nothing, another type, or endless digits."""
    assert problem(getattr(variants, name), raw) == wanted


@pytest.mark.parametrize(
    ("name", "key", "words"),
    [
        ("entries", "'text'", "this must be a tensor of 1 to 64 numbers, not 'text'"),
        ("entries", "None", "this must be a tensor of 1 to 64 numbers, not None"),
        ("entries", "torch.zeros(0)", "this must be a tensor of 1 to 64 numbers, not []"),
        ("entries", "torch.tensor([True])", "this must be a tensor of 1 to 64 numbers, not [True]"),
        ("slope", "[1, 2]", "this must be one number, not [1, 2]"),
        ("slope", "True", "this must be one number, not True"),
        ("size", "3", "this must be a shape, a tuple of ints, not 3"),
        ("size", "(1.5,)", "this must be a shape, a tuple of ints, not [1.5]"),
        ("size", "(True,)", "this must be a shape, a tuple of ints, not [True]"),
    ],
)
def test_a_key_of_another_type_is_the_authors_error(question, ask, name, key, words):
    """The author reads what the key is and what it must be."""
    with pytest.raises(ContentError) as caught:
        ask(question(name, answer={"key": key}))
    assert caught.value.problem == f"question {name}: {words}"


def test_a_key_of_too_many_numbers_is_the_authors_error(question, ask):
    """Nobody types a hundred numbers."""
    with pytest.raises(ContentError, match="this must be a tensor of 1 to 64 numbers"):
        ask(question("entries", answer={"key": "torch.zeros(100)"}))


@pytest.mark.parametrize("key", ["torch.tensor([[6.0]])", "6", "x.grad", "(6.0,)"])
def test_one_number_may_come_out_of_a_tensor(question, ask, key):
    """A numeric key is one float, however torch wraps it."""
    assert ask(question("slope", answer={"key": key})).key == 6.0
