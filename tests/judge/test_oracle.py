"""Remembering what an oracle said."""

import math

import pytest
import torch

from grader.judge.oracle import MOST, oracle
from grader.protocol.snippet import Snippet


@pytest.fixture
def asked():
    """Return a remembering oracle that says what it was asked, and the questions that reached it."""
    questions = []

    @oracle
    def told(*arguments):
        """Say it."""
        questions.append(arguments)
        return len(questions)

    return told, questions


def test_the_same_question_is_asked_once(asked):
    """Equal tensors, snippets and plain values make the same question, whichever objects they are."""
    told, questions = asked
    for _ in range(3):
        assert told(Snippet("lambda x: x"), torch.ones(2, 1), [1, (torch.zeros(1), "a")], None) == 1
    assert len(questions) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (torch.ones(2), torch.tensor([1.0, 2.0])),
        (torch.ones(2), torch.ones(2, dtype=torch.float64)),
        (torch.ones(2), torch.ones(2, 1)),
        (torch.ones(2), torch.ones(3)),
        (torch.tensor(0.0), torch.tensor(-0.0)),
        (Snippet("lambda x: x"), Snippet("lambda x: 2 * x")),
        ([torch.ones(1)], [torch.zeros(1)]),
        ("a", "b"),
        (1, 2),
        (1, 1.0),
        (1, True),
        (0.0, -0.0),
        ([1], (1,)),
        ((1, (2,)), (1, 2)),
    ],
    ids=repr,
)
def test_another_question_is_another(asked, one, other):
    """Other values, dtypes, shapes, sources, kinds and signs of zero make another question."""
    told, _ = asked
    assert told(one) != told(other)


def test_how_many_arguments_there_are_counts(asked):
    """Two arguments are not one that holds both."""
    told, _ = asked
    assert told(1, 2) != told((1, 2))


def test_a_question_is_told_by_values_and_not_by_memory(asked):
    """A tensor that lies otherwise in memory is the same question; one changed since is another."""
    told, _ = asked
    x = torch.arange(6.0).reshape(2, 3)
    first = told(x.T)
    assert told(x.T.contiguous()) == first
    x[0, 0] = 9.0
    assert told(x.T) != first


def test_nan_is_answered(asked):
    """A question with NaN in it has an answer."""
    told, _ = asked
    assert told(torch.tensor(math.nan)) == told(torch.tensor(math.nan)) == 1


def test_an_answer_that_is_changed_is_not_the_next_ones():
    """A hidden test that changes an expected value in place changes it for no other student."""
    doubled = oracle(lambda x: (2 * x, [x + 1]))
    x = torch.ones(2)
    for _ in range(2):
        product, (total,) = doubled(x)
        assert product.tolist() == total.tolist() == [2.0, 2.0]
        product.zero_()
        total.zero_()


def test_no_more_than_so_many_answers_are_kept(asked):
    """The oldest answer is forgotten for the newest, so that memory does not grow with the class."""
    told, questions = asked
    for number in range(MOST + 1):
        told(number)
    told(1)
    assert len(questions) == MOST + 1
    told(0)
    assert len(questions) == MOST + 2


def test_an_oracle_keeps_its_name(asked):
    """The remembering function is called and documented as the one that it remembers for."""
    told, _ = asked
    assert (told.__name__, told.__doc__) == ("told", "Say it.")


def test_what_cannot_be_told_apart_is_refused(asked):
    """An argument that can't be a question's, such as a dict, is an error and no silent confusion."""
    told, _ = asked
    with pytest.raises(TypeError, match="unhashable"):
        told({"a": 1})


def test_an_oracle_that_fails_is_asked_again():
    """An exception is no answer: it is raised at every time of asking."""
    inverse = oracle(lambda x: 1 / x)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            inverse(0)
