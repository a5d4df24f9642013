"""What the names in a platform's download tell, as a folder and as a zip."""

import os
import zipfile
from datetime import UTC, datetime

import pytest

from grader.errors import UserError
from grader.submissions.entries import listing
from grader.submissions.handed_in import Layout
from grader.submissions.intake import read_submission
from grader.submissions.submission import is_unread
from grader.submissions.wanted import Wanted

WANTED = Wanted({"weighted_grad": ["weighted_grad"]}, units=["weights"])
ONE = "def weighted_grad(f, x, v):\n    return x\n"
METADATA = """\
---
submission_1001:
  :submitters:
  - :name: Mei Chen
    :sid: '20231'
    :email: mei@example.edu
  :created_at: 2026-03-01 22:15:30.123456000 Z
  :score: 4.0
  :results: {output: "a: b"}
submission_1002:
  :submitters:
  - :name: Ada Ng
    :sid: 20232
    :email: ada@example.edu
  - :name: Mei Chen
    :sid: '20239'
    :email: mei2@example.edu
  :created_at: 2026-03-02 08:00:00 Z
submission_1003:
  :submitters: []
"""


@pytest.fixture(params=["folder", "zip", "zip with a folder around"])
def download(request, tmp_path):
    """Return a function that makes a download of files by their names."""

    def as_zip(files):
        top = "" if request.param == "zip" else "submissions/"
        with zipfile.ZipFile(tmp_path / "submissions.zip", "w") as archive:
            for name, content in files.items():
                archive.writestr(f"{top}{name}", content)
            archive.writestr("__MACOSX/._x.py", "litter")
        return tmp_path / "submissions.zip"

    def as_folder(files):
        for name, content in files.items():
            path = tmp_path / "submissions" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return tmp_path / "submissions"

    return as_folder if request.param == "folder" else as_zip


def read(found):
    """Return the answer of each student, or why there is none."""
    graded = {}
    for entry in found.entries:
        submission = read_submission(entry, WANTED)
        file = submission.files.get("weighted_grad")
        problem = submission.problem or submission.problems.get("weighted_grad")
        graded[entry.student] = file.cells[0] if file else problem.key.removeprefix("submissions.")
    return graded


def test_canvas_is_told_by_its_flat_names(download, make):
    """The files of a student are one submission, under their own names; late marks and user ids are known."""
    files = {
        "chenmei_101_5001_weighted_grad-2.py": "from helpers import x\n" + ONE,
        "chenmei_101_5002_helpers-1.py": "x = 1\n",
        "ngada_LATE_102_5003_homework.zip": make.zip([("hw/weighted_grad.py", ONE.encode())]),
        "o-brien_103_5004_mine.ipynb": make.notebook(ONE),
        "limoses_LATE_104_text.html": "<p>def weighted_grad</p>",
        "anon_ab12c_5006_weighted_grad.py": ONE,
        "grades.csv": "student",
    }
    found = listing(download(files), WANTED)
    assert found.layout is Layout.CANVAS
    assert [note.text("en") for note in found.notes] == [
        "Read as a Canvas download: 5 students.",
        "Not graded, since it belongs to no student: grades.csv.",
    ]
    assert read(found) == {
        "anon_ab12c": ONE,
        "chenmei": "from helpers import x\n" + ONE,
        "limoses": "typed_online",
        "ngada": ONE,
        "o-brien": ONE,
    }
    told = {entry.student: entry.handed_in for entry in found.entries}
    assert {name: (each.id, each.is_late) for name, each in told.items()} == {
        "anon_ab12c": ("anon_ab12c", False),
        "chenmei": ("101", False),
        "limoses": ("104", True),
        "ngada": ("102", True),
        "o-brien": ("103", False),
    }
    (chen,) = [read_submission(entry, WANTED) for entry in found.entries if entry.student == "chenmei"]
    assert [module.name for module in chen.files["weighted_grad"].modules] == ["helpers"]


def test_moodle_is_told_by_folders_and_by_flat_names(download):
    """Online text beside files changes nothing; two students of one name are told apart by their numbers."""
    files = {
        "Mei Chen_901_assignsubmission_file_/weighted_grad.py": ONE,
        "Mei Chen_901_assignsubmission_onlinetext_/onlinetext.html": "<p>see the file</p>",
        "José García_902_assignsubmission_file/sub/weighted_grad.py": ONE,
        "Mei Chen_903_assignsubmission_file_weighted_grad.py": ONE + "# hers\n",
        "Ada Ng_904_assignsubmission_onlinetext_onlinetext.html": "<p>my answer</p>",
    }
    found = listing(download(files), WANTED)
    assert found.layout is Layout.MOODLE
    assert found.notes[0].text("zh") == "按 Moodle 的下载包读取：4 名学生。"
    assert read(found) == {
        "Ada Ng": "typed_online",
        "José García": ONE,
        "Mei Chen_901": ONE,
        "Mei Chen_903": ONE + "# hers\n",
    }
    assert {entry.handed_in.id for entry in found.entries} == {"901", "902", "903", "904"}


def test_gradescope_is_told_by_its_metadata(download):
    """Names, ids, mail addresses and times come from the metadata; each member of a group has the group's work."""
    files = {
        "submission_metadata.yml": METADATA,
        "submission_1001/weighted_grad.py": ONE,
        "submission_1002/weighted_grad.py": ONE,
        "submission_1003/weighted_grad.py": ONE,
        "submission_1009/weighted_grad.py": ONE,
    }
    found = listing(download(files), WANTED)
    assert found.layout is Layout.GRADESCOPE
    assert found.notes[1].params["names"] == "submission_1009"
    assert read(found) == dict.fromkeys(["Ada Ng", "Mei Chen_20231", "Mei Chen_20239", "submission_1003"], ONE)
    (mei,) = [entry.handed_in for entry in found.entries if entry.student == "Mei Chen_20231"]
    assert (mei.name, mei.id, mei.email, mei.submission) == ("Mei Chen", "20231", "mei@example.edu", "1001")
    assert mei.at == datetime(2026, 3, 1, 22, 15, 30, 123456, tzinfo=UTC)


@pytest.mark.parametrize("content", ["[1, 2]", "a: [", "a: !!python/object:os.system {}"])
def test_broken_metadata_is_the_users_error(tmp_path, content):
    """A file that does not list submissions is named, with what to do; nothing in it is run."""
    (tmp_path / "submission_1").mkdir()
    (tmp_path / "submission_metadata.yml").write_text(content)
    with pytest.raises(UserError, match=r"^submission_metadata\.yml .*; export the submissions again$"):
        listing(tmp_path, WANTED)


def test_the_time_of_the_files_is_kept(tmp_path):
    """On disk it has a zone; the zip of a class tells none, and nobody guesses one."""
    (tmp_path / "alice").mkdir()
    (tmp_path / "alice" / "weighted_grad.py").write_text(ONE)
    os.utime(tmp_path / "alice" / "weighted_grad.py", (1_700_000_000, 1_700_000_000))
    (entry,) = listing(tmp_path, WANTED).entries
    assert read_submission(entry, WANTED).handed_in.file_time == datetime.fromtimestamp(1_700_000_000, UTC)
    with zipfile.ZipFile(tmp_path / "submissions.zip", "w") as archive:
        archive.writestr(zipfile.ZipInfo("chenmei_101_1_weighted_grad.py", (2026, 3, 1, 22, 15, 30)), ONE)
    (entry,) = listing(tmp_path / "submissions.zip", WANTED).entries
    assert read_submission(entry, WANTED).handed_in.file_time.isoformat() == "2026-03-01T22:15:30"


def test_a_layout_that_is_said_and_is_not_there_is_the_users_error(tmp_path):
    """Who names a platform and gives another folder learns that the names do not fit."""
    (tmp_path / "alice.py").write_text(ONE)
    with pytest.raises(UserError, match="does not name its files as a Moodle download does; leave out --layout"):
        listing(tmp_path, WANTED, layout=Layout.MOODLE)


def test_a_class_in_a_zip_is_one_if_it_is_said(tmp_path, make):
    """A zip is one student's work unless the user says that it is a class."""
    path = tmp_path / "class.zip"
    path.write_bytes(make.zip([("ada/weighted_grad.py", ONE.encode()), ("mei.py", ONE.encode())]))
    assert [entry.student for entry in listing(path, WANTED).entries] == ["class"]
    found = listing(path, WANTED, layout=Layout.CLASS)
    assert read(found) == {"ada": ONE, "mei": ONE}


def test_a_hostile_member_costs_its_own_student(tmp_path):
    """In the zip of a class, a bomb or a member past the limits is that student's problem alone."""
    path = tmp_path / "submissions.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bad_101_1_weighted_grad.py", b"\n" * 2_000_000)
        archive.writestr("good_102_2_weighted_grad.py", ONE)
        archive.writestr("../../up_103_3_weighted_grad.py", ONE)
    graded = read(listing(path, WANTED))
    assert graded.pop("bad") in {"too_large", "archive_bomb"}
    assert graded == {"good": ONE, "up": ONE}  # nothing is unpacked, so a name can lead nowhere


def test_a_broken_zip_is_left_to_the_reading(tmp_path):
    """A zip that can't be opened is one student's problem; where a class is expected, it is the user's error."""
    path = tmp_path / "alice.zip"
    path.write_bytes(b"PK\x03\x04")
    assert read(listing(path, WANTED)) == {"alice": "bad_archive"}
    with pytest.raises(UserError, match=r"can.t be unpacked .* download it again"):
        listing(path, WANTED, layout=Layout.CANVAS)


def test_a_file_of_another_kind_waits_for_a_person(download):
    """A document handed in through a platform is work that nobody read, not a Python file with an error in it."""
    found = listing(download({"chenmei_1_11_essay.docx": "PK", "ngada_2_12_weighted_grad.py": ONE}), WANTED)
    first, second = (read_submission(each, WANTED) for each in found.entries)
    assert first.problem is not None
    assert is_unread(first.problem)
    assert "essay.docx" in first.problem.text("en")
    assert list(second.files) == ["weighted_grad"]
