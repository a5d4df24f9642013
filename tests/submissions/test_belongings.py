"""What in a folder is a student's, and when a folder is a class."""

import pytest

from grader.submissions.entries import listing
from grader.submissions.handed_in import Layout
from grader.submissions.intake import read_submission
from grader.submissions.wanted import Wanted

WANTED = Wanted(
    {"weighted_grad": ["weighted_grad"], "sum_backward": ["sum_backward"]}, slugs=["hvp"], units=["weights", "sums"]
)
ONE = "def weighted_grad(f, x, v):\n    return x\n"


@pytest.fixture
def students(tmp_path):
    """Return a function from the files in a folder to its students and what is said to belong to nobody."""

    def run(*names, **options):
        for name in names:
            path = tmp_path / "top" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(ONE if name.endswith(".py") else "x")
        found = listing(tmp_path / "top", WANTED, **options)
        strays = [name for note in found.notes for name in note.params["names"].split(", ")]
        return [entry.student for entry in found.entries], strays

    return run


CLASS = ("aaron/weighted_grad.py", "mei/weighted_grad.py")


@pytest.mark.parametrize(
    "stray",
    [
        "weighted_grad.py",
        "weighted_grad (1).py",
        "hvp.py",
        "weights.ipynb",
        "weighted_grad/weighted_grad.py",
        "answers.yaml",
        "roster.csv",
        "README.md",
        "test_weighted_grad.py",
        "conftest.py",
        "venv/lib/a.py",
    ],
)
def test_a_stray_makes_no_student_of_the_class(students, stray):
    """Whatever lies beside the students' folders, the class stays a class, and it is told what belongs to nobody."""
    assert students(*CLASS, stray) == (["aaron", "mei"], [stray.partition("/")[0]])


def test_a_stray_beside_one_student_makes_no_student_of_the_class(students):
    """One folder with work in it is enough to be a class."""
    assert students("weighted_grad.py", "mei/weights/weighted_grad/weighted_grad.py") == (["mei"], ["weighted_grad.py"])


def test_a_stray_beside_files_makes_no_student_of_the_class(students):
    """Files and archives that are named by their students are a class too."""
    assert students("weighted_grad.py", "aaron.py", "mei.zip")[0] == ["aaron", "mei"]


@pytest.mark.parametrize(
    "names",
    [
        ("weighted_grad.py", "helpers.py"),
        ("weighted_grad.py", "old/weighted_grad.py", "helpers/leaves.py"),
        ("weighted_grad.py", "weighted_grad (1).py", "weighted_grad - Copy.py"),
        ("weighted_grad.py", "scratch.py"),
        ("weights/weighted_grad/weighted_grad.py", "sums/sum_backward/sum_backward.py"),
        ("weights/answers.yaml", "sums/answers.yaml"),
        ("weights.ipynb", "sums.ipynb"),
        ("hvp.py", "notes.txt"),
    ],
)
def test_one_students_folder_is_one_student(students, names):
    """Copies, drafts, helpers and the folders that the course gave out make no class of one student's work."""
    assert students(*names) == (["top"], [])


def test_the_output_folder_is_no_student(students, tmp_path):
    """Neither the feedback of this run nor that of an earlier one is graded."""
    out = tmp_path / "top" / "feedback"
    assert students(*CLASS, "feedback/ada/report.json", out=out) == (["aaron", "mei"], ["feedback"])


def test_an_earlier_runs_folder_is_no_student(students):
    """A folder with the marks of a class is told by them."""
    found, strays = students(*CLASS, "last week/grades.csv", "last week/grades.json", "last week/ada/report.json")
    assert (found, strays) == (["aaron", "mei"], ["last week"])


@pytest.mark.parametrize(("layout", "expected"), [(Layout.ONE, ["top"]), (Layout.CLASS, ["aaron", "mei"])])
def test_what_is_said_goes_before_what_is_seen(students, layout, expected):
    """The user's word decides."""
    assert students(*CLASS, "weighted_grad.py", layout=layout)[0] == expected


def test_the_same_work_twice_is_read_once(tmp_path, make):
    """A folder and a zip of one name and content are one submission; of other content they wait for a person."""
    (tmp_path / "bob").mkdir()
    (tmp_path / "bob" / "weighted_grad.py").write_text(ONE)
    (tmp_path / "bob.zip").write_bytes(make.zip([("bob/weighted_grad.py", ONE.encode())]))
    (tmp_path / "eve.py").write_text(ONE)
    bob, eve = listing(tmp_path, WANTED).entries
    assert read_submission(bob, WANTED).files["weighted_grad"].cells == (ONE,)
    assert read_submission(eve, WANTED).files["weighted_grad"].cells == (ONE,)
    (tmp_path / "bob" / "weighted_grad.py").write_text(ONE + "y = 2\n")
    assert read_submission(bob, WANTED).problem.text("en") == (
        "There is more than one submission under this name: bob, bob.zip. Keep the one that counts."
    )
