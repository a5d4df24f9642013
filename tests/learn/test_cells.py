"""Code cells as a submission: as a notebook that was handed in, with the modules beside it."""

from grader.learn.cells import cells_target

SLUG = "weighted_grad"
ANSWER = "from helper import twice\ndef weighted_grad(f, x, v):\n    return twice(x)"


def test_the_students_own_modules_come_along(space):
    """Those beside the notebook that the cells import, and no other answer to the exercise."""
    (space.root / "helper.py").write_text("def twice(x):\n    return 2 * x\n", encoding="utf-8")
    (space.root / "old.py").write_text("def weighted_grad(f, x, v):\n    return 1\n", encoding="utf-8")
    target = cells_target(space, space.exercise(SLUG), [ANSWER], space.root)
    source = target.read().files[SLUG]
    assert source.cells == (ANSWER,)
    assert [each.name for each in source.modules] == ["helper"]


def test_nothing_is_left_on_the_disk(space):
    """The notebook lies in a folder of its own while it is read."""
    before = sorted(space.root.rglob("*"))
    cells_target(space, space.exercise(SLUG), ["import torch", ANSWER], space.root)
    assert sorted(space.root.rglob("*")) == before
