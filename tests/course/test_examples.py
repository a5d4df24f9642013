"""The examples of the READMEs: what they say that comes out is what the reference solution gives."""

from dataclasses import replace
from shutil import copytree

import pytest

from grader.verify.examples import check_examples


def test_examples_come_out_as_they_are_written(course):
    """Every value that an example of the course shows is the one that the reference solution gives."""
    assert list(check_examples(course.exercises)) == []


@pytest.fixture
def example(course, tmp_path):
    """Return what gives the broken rules of an exercise whose English example is this block."""
    for part in ("exercises", "solutions"):
        copytree(course.root / part / "first_steps" / "make_leaf", tmp_path / part / "first_steps" / "make_leaf")
    (exercise,) = [each for each in course.exercises if each.slug == "make_leaf"]
    copied = replace(exercise, root=tmp_path)
    copied.solution.write_text("def make_leaf(x):\n    return 2 * x\n", encoding="utf-8")

    def broken(block):
        for name in ("README.md", "README.zh.md"):
            (copied.folder / name).write_text(f"# T\n\n## Example\n\n```python\n{block}\n```\n", encoding="utf-8")
        return [(each.path.name, each.line, each.problem) for each in check_examples([copied])][:1]

    return broken


@pytest.mark.parametrize(
    ("block", "line", "words"),
    [
        ("make_leaf(1)  # 3", 6, "the example says 3, but `make_leaf(1)` gives 2; correct one of them"),
        ("y = make_leaf(1)  # 2\ny + 1\n# 4", 7, "the example says 4, but `y + 1` gives 3"),
        (">>> make_leaf(1)\n2\n>>> make_leaf(2)\n5", 8, "the example says 5, but `make_leaf(2)` gives 4"),
        (">>> missing\n", 6, "gives NameError: name 'missing' is not defined"),
        ("missing(1)", 6, "the example says no error, but `missing(1)` gives NameError"),
        ("make_leaf(1)  # 2\nmake_leaf(", 7, "this is not valid Python: '(' was never closed"),
        ("make_leaf(1)", 3, "the example shows no value; write what a call gives behind it"),
    ],
)
def test_an_example_that_is_wrong_is_told_by_its_line(example, block, line, words):
    """The file, the line, what is said there and what comes out."""
    ((name, found, problem),) = example(block)
    assert (name, found) == ("README.md", line)
    assert words in problem


def test_an_example_that_holds_breaks_no_rule(example):
    """Values, names, errors and sessions may be shown."""
    assert example("make_leaf(1)  # 2\nmissing  # NameError: name 'missing'\ny = make_leaf(2)  # 4") == []
    assert example(">>> make_leaf(1)\n2") == []
