"""`grader similar`: a class is compared, and who could not be read is told."""

import json
from pathlib import Path

import pytest

SLUG = "weighted_grad"

COPIED = f"""\
def {SLUG}(f, x, v):
    # my cat walked over the keyboard while I wrote this
    purr = torch.tensor(x.tolist(), requires_grad=True)
    meow = (f(purr) * v).sum()
    return torch.autograd.grad(meow, [purr], allow_unused=False)[0]
"""


@pytest.fixture
def copyists(students):
    """Add two who share an answer, and one whose file is no text, to the class."""
    (students / "mei.py").write_text("import torch\n" + COPIED, encoding="utf-8")
    (students / "bo.py").write_text("import torch\n\n\n" + COPIED, encoding="utf-8")
    (students / "kim.py").write_bytes(b"\xff\xfe\x00\xd8\x00")
    return students


def test_the_pair_is_listed_with_its_lines(grader, copyists):
    """The solution and the starter are alike with nobody; the one that can't be read is named."""
    ended = grader("similar", copyists)
    assert ended.code == 0
    assert "100 %  bo (lines" in ended.out
    assert "1 pair shares at least 60 %" in ended.out
    assert "ada" not in ended.out
    assert "kim" in ended.err


def test_the_pairs_are_json(grader, copyists):
    """The same for a script."""
    (pair,) = json.loads(grader("similar", copyists, SLUG, "--json").out)
    assert (pair["slug"], pair["first"], pair["second"], pair["share"]) == (SLUG, "bo", "mei", 1.0)


def test_a_folder_that_is_not_there_is_the_users_error(grader):
    """One sentence, and exit code 2."""
    ended = grader("similar", Path("nobody"))
    assert ended.code == 2
    assert "nobody" in ended.err
