"""The version of a course: which content names it."""

import shutil

import pytest

from grader.catalogue.course import load_course
from grader.catalogue.version import content


@pytest.fixture
def copied(tmp_path, quiz_root):
    """Return the folder of a small course that may be changed."""
    return shutil.copytree(quiz_root, tmp_path / "copied")


def append(path, text):
    """Write something more into a file, which is made where it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


@pytest.mark.parametrize(
    "name",
    [
        "exercises/weights/quiz.yaml",
        "solutions/weights/quiz.yaml",
        "solutions/weights/weighted_grad/wrong/m99_new.py",
        "tests/hidden/weights/test_weighted_grad_hidden.py",
    ],
)
def test_content_that_decides_a_mark_or_its_words_changes_the_version(copied, name):
    """A comment in a hidden test is enough: nobody can say what it does not change."""
    before = load_course(copied).version
    append(copied / name, "# one more line\n")
    assert load_course(copied).version != before


def test_a_file_that_is_only_moved_changes_the_version(copied):
    """A wrong solution by another name acts out another misconception."""
    first, second = (copied / "solutions" / "weights" / f"{name}.py" for name in ("one", "two"))
    append(first, "x = 1\n")
    before = load_course(copied).version
    first.rename(second)
    assert load_course(copied).version != before


@pytest.mark.parametrize(("line", "same"), [("feedback: {level: hidden}", True), ("quiz: {attempts: 2}", False)])
def test_what_a_report_may_tell_is_no_part_of_the_version(copied, line, same):
    """Publishing marks keeps the facts' texts; a policy that changes marks does not."""
    before = load_course(copied).version
    append(copied / "config.yaml", f"{line}\n")
    assert (load_course(copied).version == before) is same


def test_a_note_beside_the_content_changes_nothing(copied):
    """Readme files and caches decide no mark."""
    before = load_course(copied).version
    append(copied / "exercises" / "weights" / "README.md", "hello")
    append(copied / "solutions" / "weights" / "__pycache__" / "x.pyc", "hello")
    assert load_course(copied).version == before


def test_content_has_one_order(copied):
    """The same on every machine, however its file system lists folders."""
    names = [path.relative_to(copied).as_posix() for path in content(copied)]
    parts = [name.partition("/")[0] for name in names]
    assert parts == sorted(parts)
    assert len(names) == len(set(names)) > 3
