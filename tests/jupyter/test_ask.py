"""What stands behind `check`: one exercise, and what there is to choose."""

from pathlib import Path

import pytest

from grader.errors import UserError
from grader.jupyter.ask import Ask, parsed
from grader.sandbox.isolation import Isolation


def test_a_slug_alone_leaves_all_else_open():
    """The course, the language and the isolation are found by the folder."""
    assert parsed("weighted_grad") == Ask("weighted_grad")


def test_everything_can_be_said():
    """A course's folder may hold blanks."""
    ask = parsed("hvp --lang zh --course 'my course' --isolation process")
    assert ask == Ask("hvp", "zh", Path("my course"), Isolation.PROCESS)


@pytest.mark.parametrize("line", ["", "a b", "--lang fr hvp", "hvp --isolation none", "hvp --help", "hvp 'open"])
def test_anything_else_is_told_in_one_sentence(line):
    """It shows how to write it; nothing is printed and nothing ends the kernel."""
    with pytest.raises(UserError, match="%%check weighted_grad above its function"):
        parsed(line)
