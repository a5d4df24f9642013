"""Pairs of students whose answers are alike beyond what everybody has."""

import pytest

from grader.similarity.fingerprints import LONGEST, fingerprints
from grader.similarity.pairs import alike

STARTER = "import torch\n\n\ndef weighted_grad(f, x, v):\n    raise NotImplementedError\n"
REFERENCE = (
    "import torch\n\n\ndef weighted_grad(f, x, v):\n    leaf = x.detach().clone().requires_grad_()\n"
    "    f(leaf).backward(v)\n    return leaf.grad\n"
)
COPIED = """\
import torch


def weighted_grad(f, x, v):
    # my cat walked over the keyboard while I wrote this
    purr = torch.tensor(x.tolist(), requires_grad=True)
    meow = (f(purr) * v).sum()
    return torch.autograd.grad(meow, [purr], allow_unused=False)[0]
"""


def found(sources, least=0.6):
    return [(each.first, each.second) for each in alike("weighted_grad", sources, [STARTER, REFERENCE], least=least)]


def other(number):
    """Return an answer of somebody's own."""
    names = [f"name{number}_{each}" for each in "abcdef"]
    return f"def weighted_grad(f, x, v):\n    {' = f(x) + v - '.join(names)}\n    return {'(x)('.join(names)}\n"


def test_who_copied_is_found_among_a_class():
    """A copy is found though lines were added, with the lines of both; nobody else is named."""
    late = "# handed in by me\n\nprint('hello')\n" + COPIED
    (pair,) = alike(
        "weighted_grad", {"mei": COPIED, "bo": late, **{f"s{i}": other(i) for i in range(20)}}, [STARTER], least=0.6
    )
    assert (pair.first, pair.second, pair.share) == ("bo", "mei", 1)
    assert [line - 3 for line in pair.first_lines] == list(pair.second_lines)


@pytest.mark.parametrize("same", [STARTER, REFERENCE, ""])
def test_what_everybody_has_makes_nobody_alike(same):
    """The starter, the reference solution and an empty file are nobody's own."""
    assert found({"mei": same, "bo": same}) == []


def test_what_many_write_makes_nobody_alike():
    """Four of four wrote it: it is what the lecture showed."""
    assert found(dict.fromkeys(("mei", "bo", "ada", "kim"), COPIED)) == []
    assert found(dict.fromkeys(("mei", "bo", "ada"), COPIED)) == [("ada", "bo"), ("ada", "mei"), ("bo", "mei")]


def test_a_part_in_common_counts_as_a_part():
    """Half a copy is below a bar of 60 % and above one of 20 %."""
    half = COPIED + other(3) * 2
    sources = {"mei": half, "bo": COPIED.replace("purr", "leaf") + other(4) * 2}
    assert found(sources) == []
    assert found(sources, least=0.1) == [("bo", "mei")]


@pytest.mark.parametrize("source", ["(" * 100_000, "'" * 5, "\ud800def x", "x" * 10 * LONGEST, "\0"])
def test_a_hostile_source_ends(source):
    """Whatever was handed in has fingerprints, few or none."""
    assert len(fingerprints(source)) < LONGEST
