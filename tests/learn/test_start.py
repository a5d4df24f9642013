"""A learner's own folder: made once, brought up to date, and never robbed of an edited line."""

import json

import pytest

from grader.catalogue.course import find_course, load_course
from grader.catalogue.own_folder import read_own_folder
from grader.catalogue.rules import CANARY
from grader.errors import ContentError, UserError
from grader.learn.start import course_for, folder_to_start, start_in

STARTER = "first_steps/make_leaf/make_leaf.py"
README = "first_steps/make_leaf/README.md"


def write(path, text):
    """Write a text."""
    path.write_text(text, encoding="utf-8")


def test_the_folder_holds_what_students_get_and_leads_to_its_course(own, copied):
    """Texts, starters and public tests, nothing withheld, and a course file that every command follows."""
    assert (own / STARTER).read_bytes() == (copied / "exercises" / STARTER).read_bytes()
    assert (own / "README.md").is_file()
    assert not list(own.rglob("exercise.yaml"))
    mark = CANARY.removeprefix("# ").encode()
    assert not [path for path in own.rglob("*") if path.is_file() and mark in path.read_bytes()]
    assert find_course(own / "first_steps") == copied
    assert (own / ".learn").stat().st_mode & 0o777 == 0o700


def test_a_folder_inside_the_course_moves_with_it(copied, tmp_path):
    """The way to a course around the folder is a relative one."""
    start_in(load_course(copied), copied / "mine", "zh")
    assert read_own_folder(copied / "mine").language == "zh"
    copied.rename(tmp_path / "elsewhere")
    assert find_course(tmp_path / "elsewhere" / "mine") == tmp_path / "elsewhere"


def test_a_course_that_is_gone_is_told(own, copied):
    """The sentence names the file that leads to it."""
    copied.rename(copied.with_name("moved"))
    with pytest.raises(UserError, match=r"learn\.yaml names the course .*which is not there"):
        find_course(own)


def test_starting_again_touches_nothing_that_was_edited(own, copied):
    """New files come, unedited ones are renewed, edited ones stay and are named where the course has others."""
    write(own / STARTER, "my own work")
    for name in (STARTER, README):
        path = copied / "exercises" / name
        write(path, path.read_text(encoding="utf-8").replace("leaf", "leaflet", 1))
    (own / "weights" / "weighted_grad" / "weighted_grad.py").unlink()
    started = start_in(load_course(copied), own, None)
    assert started.added == ("weights/weighted_grad/weighted_grad.py",)
    assert started.renewed == (README,)
    assert started.kept == (STARTER,)
    assert (own / STARTER).read_text(encoding="utf-8") == "my own work"
    assert "leaflet" in (own / README).read_text(encoding="utf-8")


def test_starting_again_says_nothing_of_a_starter_that_is_as_it_was(own, copied):
    """Edited work on an unchanged starter is no news."""
    write(own / STARTER, "my own work")
    started = start_in(load_course(copied), own, None)
    assert (started.added, started.renewed, started.kept, started.is_new) == ((), (), (), False)


def test_files_that_were_there_before_are_the_learners(copied, tmp_path):
    """A folder that somebody filled by hand loses nothing."""
    folder = tmp_path / "mine"
    (folder / STARTER).parent.mkdir(parents=True)
    write(folder / STARTER, "from an old course")
    assert start_in(load_course(copied), folder, None).kept == (STARTER,)
    assert (folder / STARTER).read_text(encoding="utf-8") == "from an old course"


def test_a_lost_record_counts_everything_as_edited(own, copied):
    """Without the digests nobody can tell, so nothing is replaced."""
    (own / ".learn" / "given.json").write_text("{", encoding="utf-8")
    path = copied / "exercises" / README
    write(path, path.read_text(encoding="utf-8") + "\nMore.\n")
    assert start_in(load_course(copied), own, None).kept == (README,)


@pytest.mark.parametrize("inside", [".", "exercises", "exercises/weights"])
def test_the_course_is_no_learners_folder(copied, inside):
    """Its starters are what everybody begins with."""
    with pytest.raises(UserError, match="is the course itself; name another folder"):
        start_in(load_course(copied), (copied / inside).resolve(), None)
    assert not (copied / "learn.yaml").exists()


def test_nobody_starts_with_a_solved_exercise(copied, tmp_path):
    """A starter that was solved in place is told by its file, and no folder is made."""
    solution = (copied / "solutions" / STARTER).read_text(encoding="utf-8").removeprefix(f"{CANARY}\n")
    write(copied / "exercises" / STARTER, solution)
    with pytest.raises(ContentError, match="must be `raise NotImplementedError` alone"):
        start_in(load_course(copied), tmp_path / "mine", None)
    assert not (tmp_path / "mine").exists()


def test_another_course_may_be_named_later(own, copied, tmp_path):
    """A course that was moved is found again by --course, and the language stays."""
    course = load_course(copied)
    start_in(course, tmp_path / "zh", "zh")
    moved = load_course(copied.rename(tmp_path / "moved"))
    for folder in (own, tmp_path / "zh"):
        start_in(moved, folder, None)
        assert find_course(folder) == moved.root
    assert read_own_folder(tmp_path / "zh").language == "zh"


def test_the_folder_around_here_is_the_one_that_is_meant(own, tmp_path):
    """Else a name, else the usual name."""
    assert folder_to_start(own / "weights", None, "usual") == own
    assert folder_to_start(tmp_path, None, "usual") == tmp_path / "usual"
    assert folder_to_start(own, "other", "usual") == own / "other"


def test_the_course_is_found_from_the_folder_or_from_here(own, copied, tmp_path):
    """Where neither leads to one, a sentence says what to do."""
    assert course_for(own, tmp_path, None, None) == copied
    assert course_for(tmp_path / "new", copied / "solutions", None, None) == copied
    with pytest.raises(UserError, match="grader start"):
        course_for(tmp_path / "new", tmp_path, None, "en")


def test_the_record_has_a_version(own):
    """So that another version of the grader can tell it apart."""
    assert json.loads((own / ".learn" / "given.json").read_text(encoding="utf-8"))["version"] == 1
