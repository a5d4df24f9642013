"""Where somebody works: found from any folder, in the learner's language, with a sentence for what is not there."""

import pytest

from grader.errors import UserError
from grader.learn.start import start_in
from grader.learn.workspace import is_anywhere, open_workspace


@pytest.mark.parametrize("inside", [".", "weights", "weights/weighted_grad"])
def test_a_learners_own_folder_is_found_from_below(own, copied, inside):
    """Its course is the one that it names; its files are the learner's."""
    space = open_workspace(own / inside)
    assert (space.root, space.course.root, space.is_own, space.language) == (own, copied, True, "en")
    assert space.file(space.exercise("make_leaf")) == own / "first_steps" / "make_leaf" / "make_leaf.py"


def test_a_course_is_worked_on_in_place(copied):
    """Then the files are the course's own."""
    space = open_workspace(copied / "exercises")
    assert (space.root, space.is_own) == (copied / "exercises", False)
    assert space.file(space.exercise("make_leaf")) == space.exercise("make_leaf").starter


def test_the_nearer_of_folder_and_course_counts(copied, own):
    """A learner's folder inside a course is the learner's; a course inside a learner's folder is a course."""
    start_in(open_workspace(own).course, copied / "mine", None)
    assert open_workspace(copied / "mine").is_own
    inner = own / "other-course"
    copied.rename(inner)
    assert not open_workspace(inner, course=inner).is_own


def test_the_language_is_the_one_that_was_asked_for_or_the_folders(copied, tmp_path):
    """--lang comes first, then what `grader start` was told, then the course's own."""
    course = open_workspace(copied).course
    start_in(course, tmp_path / "zh", "zh")
    assert open_workspace(tmp_path / "zh").language == "zh"
    assert open_workspace(tmp_path / "zh", language="en").language == "en"


def test_an_exercise_is_known_by_the_folder_it_lies_in(space):
    """A path elsewhere belongs to none."""
    assert space.exercise_at(space.root / "weights" / "weighted_grad" / "test_weighted_grad.py").slug == "weighted_grad"
    assert space.exercise_at(space.root / "weights") is None
    assert space.exercise_at(space.root / "weights" / "notes") is None
    assert space.exercise_at(space.root.parent) is None


def test_a_misspelt_slug_is_told_with_the_one_that_was_meant(own):
    """In the learner's language; for a word that is like none, the list is named."""
    with pytest.raises(UserError, match="no exercise wieghted_grad; did you mean weighted_grad"):
        open_workspace(own).exercise("wieghted_grad")
    with pytest.raises(UserError, match="你是不是想写 weighted_grad"):
        open_workspace(own, language="zh").exercise("wieghted_grad")
    with pytest.raises(UserError, match="`grader list` shows them all"):
        open_workspace(own).exercise("zzz")


@pytest.mark.parametrize(("lang", "told"), [("en_US.UTF-8", "make one with `grader start`"), ("zh_CN.UTF-8", "请用")])
def test_nothing_around_here_is_told_in_the_language_of_the_system(tmp_path, monkeypatch, lang, told):
    """Nobody knows yet which language the learner reads."""
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.setenv("LANG", lang)
    assert not is_anywhere(tmp_path)
    with pytest.raises(UserError, match=told):
        open_workspace(tmp_path)
