"""What a word on the command line means: a slug, a path in one's own folder, or work that lies elsewhere."""

import shutil

import pytest

from grader.errors import UserError
from grader.learn.targets import targets
from grader.learn.workspace import open_workspace


def slugs(found):
    """Return the exercises of some targets."""
    return [slug for each in found for slug in each.slugs]


def write_on(space, slug):
    """Begin an exercise."""
    file = space.file(space.exercise(slug))
    file.write_text(file.read_text(encoding="utf-8") + "\n# begun\n", encoding="utf-8")
    return file


def test_without_a_word_the_begun_exercises_are_meant(space):
    """In the course's order; a starter is not begun, and in the exercise's folder that exercise is meant."""
    assert targets(space, (), space.root, None) == ()
    for slug in ("weighted_grad", "make_leaf"):
        write_on(space, slug)
    assert slugs(targets(space, (), space.root, None)) == ["make_leaf", "weighted_grad"]
    inside = space.root / "first_steps" / "describe_graph"
    assert slugs(targets(space, (), inside, None)) == ["describe_graph"]


def test_in_the_course_itself_every_exercise_is_meant(copied):
    """Nobody can tell there what was begun."""
    space = open_workspace(copied)
    assert slugs(targets(space, (), copied, None)) == ["make_leaf", "describe_graph", "weighted_grad"]


@pytest.mark.parametrize("word", ["weighted_grad", "weights/weighted_grad", "weights/weighted_grad/weighted_grad.py"])
def test_a_slug_and_a_path_mean_the_same_exercise(space, word):
    """It is the workspace's own, so that its progress is kept."""
    (found,) = targets(space, (word,), space.root, None)
    assert (found.slugs, found.exercise.slug) == (("weighted_grad",), "weighted_grad")
    assert set(found.read().files) == {"weighted_grad"}


def test_the_file_is_read_when_it_is_judged(space):
    """A target made before a save gives what was saved."""
    (found,) = targets(space, ("make_leaf",), space.root, None)
    write_on(space, "make_leaf")
    assert "# begun" in found.read().files["make_leaf"].cells[0]


def test_a_file_beside_can_be_imported(space):
    """Helpers of the learner's own go with the exercise's file; a copy of the answer is none."""
    file = write_on(space, "weighted_grad")
    file.write_text("from helpers import leaf\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    (file.parent / "helpers.py").write_text("def leaf(x): return x\n", encoding="utf-8")
    (file.parent / "weighted_grad (1).py").write_text("def weighted_grad(f, x, v): return v\n", encoding="utf-8")
    (found,) = targets(space, ("weighted_grad",), space.root, None)
    read = found.read().files["weighted_grad"]
    assert read.name == "weighted_grad.py"
    assert [each.name for each in read.modules] == ["helpers"]


def test_a_file_elsewhere_is_checked_for_what_it_answers(space, copied, tmp_path):
    """Whatever its name: its functions tell; no exercise of the folder gets its verdict."""
    solution = copied / "solutions" / "weights" / "weighted_grad" / "weighted_grad.py"
    shutil.copy(solution, tmp_path / "draft.py")
    (found,) = targets(space, (str(tmp_path / "draft.py"),), space.root, None)
    assert (found.slugs, found.exercise) == (("weighted_grad",), None)
    (found,) = targets(space, ("make_leaf",), space.root, tmp_path)
    assert (found.slugs, found.exercise) == (("make_leaf",), None)


def test_a_copy_beside_the_file_is_not_the_exercise(space):
    """Only the file of the exercise's name is what the folder keeps progress of."""
    file = space.file(space.exercise("make_leaf"))
    shutil.copy(file, file.with_name("old.py"))
    (found,) = targets(space, ("first_steps/make_leaf/old.py",), space.root, None)
    assert found.exercise is None


@pytest.mark.parametrize(
    ("word", "told"),
    [("wieghted_grad", "did you mean weighted_grad"), ("nothing.here", "`grader list` shows them all")],
)
def test_a_word_that_is_neither_is_told(space, word, told):
    """The nearest slug is named."""
    with pytest.raises(UserError, match=told):
        targets(space, (word,), space.root, None)


def test_a_file_that_answers_nothing_is_told(space, tmp_path):
    """In the learner's language, with the file's name."""
    (tmp_path / "empty.py").write_text("", encoding="utf-8")
    with pytest.raises(UserError, match=r"empty\.py: ") as caught:
        targets(open_workspace(space.root, language="zh"), (str(tmp_path / "empty.py"),), space.root, None)
    assert any("\u4e00" <= letter <= "\u9fff" for letter in str(caught.value))
