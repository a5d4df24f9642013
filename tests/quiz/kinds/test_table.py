"""Every kind, whatever is typed: an answer is marked or refused, and nothing ever raises or takes long."""

import datetime as dt
import math

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.catalogue.question import QuestionKind
from grader.config.course_config import QuizPolicy
from grader.quiz.kinds.kind import UnreadableError
from grader.quiz.kinds.table import KINDS
from grader.quiz.mark import mark
from grader.results.verdicts import AnswerVerdict

TYPED = st.text(alphabet="0123456789abcdxeEnif+-./,;[](){}tensor \n\t，（１ａ²٣", max_size=40) | st.text(max_size=30)
SCALARS = (
    TYPED
    | st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.dates()
    | st.datetimes()
    | st.binary(max_size=5)
    | st.sets(st.integers(), max_size=2)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(TYPED, inner, max_size=3),
    max_leaves=12,
)
SEEDED = settings(derandomize=True, database=None, deadline=None, max_examples=150)
LONG = 100_000


def nested(depth, inner=1.0):
    """Return a list in a list, and so on."""
    for _ in range(depth):
        inner = [inner]
    return inner


HOSTILE = [
    "1" * LONG,
    ["1" * LONG + "x"],
    ["1" * LONG],
    "1" * 3999 + "x",
    ["1" * 3999 + "x"],
    "1." * 1999 + "x",
    "1/" * 1999,
    "1" + " " * 3990 + "x",
    "1e" * 1999,
    "[" * 3999,
    "[" * 2000 + "]" * 2000,
    "(1" * 1999,
    "tensor(" * 570,
    "a " * 1999,
    "x" * 3999,
    "-" * 3999,
    "nan " * 999,
    "1 " * 1999,
    "3x" * 1999,
    "\n" * 3000 + "1",
    [1.0] * LONG,
    ["a"] * LONG,
    [[1.0] * 60] * 60,
    nested(3000),
    nested(200, "a"),
    10**5000,
    -(10**5000),
    [10**5000],
    16**4001,
    1e308,
    math.nan,
    math.inf,
    [math.nan, math.inf, -math.inf],
    dt.date(2030, 1, 1),
    {"a": {"b": 1}},
    {1: 2},
    {1, 2},
    b"6",
    "\0",
    "\ud800",
    "٣",
    "²",
    "𝟔",
    [[]],
    [[], []],
    [[[]]],
    object(),
]


def answer_all(variants, raw):
    """Mark an answer to every question, and put what was understood into words as a report does."""
    for variant in vars(variants).values():
        kind = KINDS[variant.question.kind]
        marked = mark(variant, raw, QuizPolicy(wrong_choice=1, further_attempt=0.5), attempt=2)
        assert -1 <= marked.share <= 1
        assert (marked.verdict is AnswerVerdict.UNREADABLE) is (marked.problem is not None)
        if marked.problem:
            assert all(marked.problem.text(language) for language in ("en", "zh"))
        elif marked.value is not None:
            assert all(isinstance(kind.told(marked.value, variant, language), str) for language in ("en", "zh"))
            typed = kind.read(kind.typed(marked.value, variant), variant)
            assert 0 <= kind.share(typed, variant) <= 1


def test_every_kind_has_its_own(variants):
    """The table has each kind of question once, and the small quiz asks each."""
    assert KINDS.keys() == set(QuestionKind)
    assert len(set(map(type, KINDS.values()))) == len(QuestionKind)
    assert {each.question.kind for each in vars(variants).values()} == set(QuestionKind)


@SEEDED
@given(VALUES)
@example([True, 1.0, 2.0])
def test_no_answer_breaks_a_kind(variants, raw):
    """Anything that YAML can hold is marked, or refused with a reason in both languages."""
    answer_all(variants, raw)


@SEEDED
@given(st.lists(st.floats(width=32) | st.integers(-(10**20), 10**20), min_size=3, max_size=3))
def test_any_three_numbers_are_marked(variants, numbers):
    """A list of three numbers of any size earns a share of thirds."""
    share = mark(variants.entries, numbers, QuizPolicy()).share
    assert 3 * share == pytest.approx(round(3 * share))


@SEEDED
@given(TYPED)
def test_a_sheets_own_yaml_is_marked(variants, text):
    """What a student writes without quotes may be a date, a bool, a list or nothing once YAML has read it."""
    try:
        raw = yaml.safe_load(f"answer: {text}")
    except (yaml.YAMLError, ValueError, TypeError):
        return
    if isinstance(raw, dict):
        answer_all(variants, raw.get("answer"))


@pytest.mark.parametrize("raw", HOSTILE, ids=range(len(HOSTILE)))
def test_no_hostile_answer_breaks_a_kind(variants, raw):
    """Endless digits, endless brackets, endless lists, dates, dicts and things that are no YAML at all."""
    answer_all(variants, raw)


@pytest.mark.parametrize("name", ["slope", "entries", "size"])
@pytest.mark.parametrize("wrong", [True, False, math.nan, "nan", "True", None])
def test_neither_nan_nor_a_bool_is_ever_a_number_that_is_right(question, ask, name, wrong):
    """A key of 1 is not met by True, a key of 0 not by False, no number by NaN."""
    keys = {"slope": ("1", "0"), "entries": ("[1.0]", "[0.0]"), "size": ("(1,)", "(0,)")}
    for key in keys[name]:
        mistakes = {
            "wrong": [{"misconception": "M01", "answer": {"slope": "7", "entries": "[7]", "size": "(7,)"}[name]}]
        }
        variant = ask(question(name, answer={"key": key, **mistakes}))
        assert mark(variant, wrong, QuizPolicy()).share == 0
        assert mark(variant, [wrong], QuizPolicy()).share == 0


def test_a_refusal_is_an_error_with_words(variants):
    """What is raised carries the message for the student."""
    with pytest.raises(UnreadableError) as caught:
        KINDS["single"].read("?", variants.first)
    assert caught.value.problem.text("en") == "give letters from a to c"
