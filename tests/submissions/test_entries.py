"""Which students a path is taken to hold."""

import os
from pathlib import Path

import pytest

from grader.errors import UserError
from grader.submissions.entries import listing
from grader.submissions.handed_in import Layout
from grader.submissions.wanted import Wanted

WANTED = Wanted({"weighted_grad": ["weighted_grad"], "sum_backward": ["sum_backward"]})


def students(path, **options):
    return [entry.student for entry in listing(path, WANTED, **options).entries]


@pytest.fixture
def class_folder(tmp_path):
    folder = tmp_path / "class"
    folder.mkdir()
    return folder


def test_a_class_has_one_entry_for_each_kind_of_submission(class_folder):
    """A folder, a file, a notebook and each kind of archive are one student each, sorted by name."""
    (class_folder / "gina").mkdir()
    for name in ("bob.py", "carl.zip", "dora.tar.gz", "emil.TGZ", "fay.ipynb"):
        (class_folder / name).touch()
    assert students(class_folder) == ["bob", "carl", "dora", "emil", "fay", "gina"]
    assert all(entry.problem is None for entry in listing(class_folder, WANTED).entries)


def test_litter_is_no_student(class_folder):
    """Hidden files and the leavings of systems are nobody's submission."""
    for name in (".DS_Store", "Thumbs.db", "bob.py"):
        (class_folder / name).touch()
    (class_folder / "__MACOSX").mkdir()
    assert students(class_folder) == ["bob"]


def test_a_file_of_another_kind_is_a_problem(class_folder):
    """A file that can't be graded keeps its whole name and says what may be handed in."""
    (class_folder / "alice.docx").touch()
    (class_folder / "alice.zip").touch()
    zipped, other = sorted(listing(class_folder, WANTED).entries, key=lambda entry: entry.path.suffix == ".docx")
    assert (zipped.student, zipped.problem) == ("alice", None)
    assert other.student == "alice.docx"
    assert other.problem.text("en").startswith("alice.docx is of a kind that can't be graded. Hand in a .py")


def test_a_student_present_twice_is_one_entry_with_both(class_folder):
    """What a student handed in twice is left to the reading, which compares."""
    (class_folder / "alice").mkdir()
    (class_folder / "alice.zip").touch()
    (class_folder / "bob.py").touch()
    alice, bob = listing(class_folder, WANTED).entries
    assert alice.student == "alice"
    assert [place.name for place in alice.places] == ["alice", "alice.zip"]
    assert [place.name for place in bob.places] == ["bob.py"]


def test_the_same_name_in_two_spellings_is_one_student(class_folder):
    """A name written with a composed and with a combined accent is the same student's."""
    (class_folder / "Ren\u00e9.py").touch()
    (class_folder / "Rene\u0301.zip").touch()
    (entry,) = listing(class_folder, WANTED).entries
    assert len(entry.places) == 2


def test_hostile_names_become_folder_names(class_folder):
    """A name with control characters or bytes that are no text is mended, and stays unique."""
    for name in (b"a\x1b[2J.py", b"a[2J.py", b"\xff\xfe.py", b"..zip.py", b"....py"):
        (class_folder / os.fsdecode(name)).touch()
    (class_folder / "con.py").touch()
    found = students(class_folder)
    assert len(set(found)) == len(found) == 4
    assert {"a[2J", "_con", "student"} < set(found)


@pytest.mark.parametrize("name", ["weighted_grad.py", "sum_backward.ipynb"])
def test_a_folder_with_an_answer_is_one_student(class_folder, name):
    """A folder that directly holds a file named as an exercise is one submission, named as the folder."""
    (class_folder / name).touch()
    (class_folder / "notes.py").touch()
    (entry,) = listing(class_folder, WANTED).entries
    assert entry.student == "class"
    assert entry.path == class_folder


def test_a_folder_with_an_exercise_folder_is_one_student(class_folder):
    """A folder that directly holds a folder named as an exercise is one submission."""
    (class_folder / "weighted_grad").mkdir()
    assert students(class_folder) == ["class"]


def test_a_folder_said_to_be_single_is_one_student(class_folder):
    """Whatever a folder holds, even nothing, it is one submission when the caller says so."""
    assert students(class_folder, layout=Layout.ONE) == ["class"]
    (class_folder / "bob.py").touch()
    assert students(class_folder, layout=Layout.ONE) == ["class"]


def test_a_single_folder_may_be_a_link(class_folder, tmp_path):
    """The caller's own folder may be reached by a link and keeps the link's name."""
    link = tmp_path / "mine"
    link.symlink_to(class_folder)
    (entry,) = listing(link, WANTED, layout=Layout.ONE).entries
    assert (entry.student, entry.path) == ("mine", class_folder)


@pytest.mark.parametrize("name", ["alice.py", "alice.zip", "alice.tar.gz", "alice.tgz", "alice.ipynb"])
def test_a_file_is_one_student(tmp_path, name):
    """A file given alone is the submission of the student it is named after."""
    (tmp_path / name).touch()
    assert students(tmp_path / name) == ["alice"]


def test_the_current_folder_has_a_name(class_folder, monkeypatch):
    """A folder given as a dot is named as the folder it is."""
    (class_folder / "weighted_grad.py").touch()
    monkeypatch.chdir(class_folder)
    (entry,) = listing(Path(), WANTED).entries
    assert (entry.student, entry.path) == ("class", class_folder)


def test_a_link_in_a_class_is_left_to_the_reading(class_folder, tmp_path):
    """A link among the submissions is an entry as any other; its target is not looked at."""
    (class_folder / "alice").symlink_to(tmp_path)
    (class_folder / "bob.py").symlink_to("/nowhere")
    assert students(class_folder) == ["alice", "bob"]


def test_a_broken_link_given_alone_is_left_to_the_reading(tmp_path):
    """A link to nowhere is an entry, so that the refusal of links is said."""
    (tmp_path / "alice.py").symlink_to("/nowhere")
    assert students(tmp_path / "alice.py") == ["alice"]


def test_a_missing_path_is_the_users_error(tmp_path):
    """A path that is not there is reported with the path and what to do."""
    with pytest.raises(UserError, match=r"no submission can be read at .*gone \(No such file.*\): check the path"):
        listing(tmp_path / "gone", WANTED)


def test_a_path_with_a_null_character_is_the_users_error():
    """A path that no system accepts is reported as such."""
    with pytest.raises(UserError, match="no submission can be read at"):
        listing(Path("a\0b"), WANTED)


def test_a_path_that_is_no_submission_is_the_users_error(tmp_path):
    """A file of another kind given alone is reported with the kinds that may be given."""
    (tmp_path / "alice.docx").touch()
    with pytest.raises(UserError, match=r"is no submission: give a folder or a file ending in \.py, \.ipynb"):
        listing(tmp_path / "alice.docx", WANTED)


def test_a_pipe_is_the_users_error(tmp_path):
    """A path that is neither file nor folder is reported without opening it."""
    os.mkfifo(tmp_path / "alice.py")
    with pytest.raises(UserError, match="is neither a file nor a folder: give"):
        listing(tmp_path / "alice.py", WANTED)


def test_an_empty_class_is_the_users_error(class_folder):
    """A class's folder without submissions is reported with what to put in it."""
    with pytest.raises(UserError, match="holds no submissions: put a folder or a file"):
        listing(class_folder, WANTED)


def test_a_folder_that_cannot_be_listed_is_the_users_error(class_folder, monkeypatch):
    """A folder without the right to list it is reported as such."""

    def forbid(_path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("grader.submissions.entries.os.scandir", forbid)
    with pytest.raises(UserError, match=r"can't be listed \(Permission denied\): check your rights"):
        listing(class_folder, WANTED)
