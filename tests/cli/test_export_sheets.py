"""`grader export sheets`: each student's own questions."""

import pytest

from grader.quiz.seed import sheet_mark
from grader.submissions.answer_sheet import read_sheet
from grader.submissions.limits import DEFAULT_LIMITS
from grader.submissions.tally import Item


@pytest.fixture
def sheets(grader, quiz_root, monkeypatch, tmp_path):
    """Return what writes the sheets of the names in a file."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GRADER_SECRET", "the class")

    def export(names, *arguments):
        content = names if isinstance(names, bytes) else names.encode()
        (tmp_path / "students.txt").write_bytes(content)
        return grader("export", "sheets", "students.txt", *arguments, "--course", quiz_root)

    return export


def read(path):
    """Read a sheet."""
    return read_sheet(Item("answers.yaml", path.read_bytes()), DEFAULT_LIMITS)


def test_each_name_gets_a_sheet(sheets, tmp_path):
    """One folder for each student, whatever marks the file has; each sheet is that student's."""
    ended = sheets("\ufeffada\r\n\r\n  王小明  \r\nada\r\n")
    assert ended.code == 0, ended.err
    assert "2 sheets in quiz-sheets" in ended.out
    for student in ("ada", "王小明"):
        sheet = read(tmp_path / "quiz-sheets" / student / "answers.yaml")
        assert sheet.marks == (sheet_mark(b"the class", student),)
        assert set(sheet.given) == {"doubled", "larger", "holds", "tripled", "why", "printed"}


def test_units_language_and_place_can_be_chosen(sheets, tmp_path):
    """Only what was asked for is asked."""
    assert sheets("ada\n", "print_outs", "--out", "given", "--lang", "zh").code == 0
    path = tmp_path / "given" / "ada" / "answers.yaml"
    assert set(read(path).given) == {"printed"}
    assert "打印什么" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ("", "students.txt holds no name; write one on each line"),
        (" \n\t\n", "students.txt holds no name"),
        (b"\xff\xfe", "can't be read as text"),
        ("ada\n../bob\n", "'../bob' (name 2) can't be a submission's name"),
        ("a/b\n", "can't be a submission's name; 'a_b' could"),
        ("Ada\nada\n", "can't be a submission's name"),
        ("grades.csv\n", "can't be a submission's name"),
        ("n" * 101 + "\n", "can't be a submission's name"),
        ("ada\u202e\n", "can't be a submission's name"),
        ("CON\n", "can't be a submission's name"),
    ],
)
def test_a_bad_list_of_names_is_told_before_anything_is_written(sheets, tmp_path, names, words):
    """A name that no submission can have would be asked other questions than were given out."""
    ended = sheets(names)
    assert (ended.code, ended.out) == (2, "")
    assert words in ended.err
    assert ended.err.count("\n") == 1
    assert not (tmp_path / "quiz-sheets").exists()


def test_a_list_that_is_not_there_is_told(refused, quiz_root):
    """The file is named."""
    assert "nobody.txt can't be read as text" in refused("export", "sheets", "nobody.txt", "--course", quiz_root)


def test_an_unknown_unit_is_told(sheets):
    """Nothing is written for a unit that the course does not have."""
    assert "there is no quiz of a unit 'weighz'" in sheets("ada\n", "weighz").err


def test_a_place_that_cannot_be_written_is_told(sheets):
    """One sentence names what is in the way."""
    ended = sheets("ada\n", "--out", "students.txt")
    assert ended.code == 2
    assert "could not be written" in ended.err


def test_a_page_lies_beside_each_sheet(sheets, tmp_path):
    """It carries the same mark, so that what it writes is marked as that student's."""
    assert sheets("ada\neve\n", "--page").code == 0
    for student in ("ada", "eve"):
        page = (tmp_path / "quiz-sheets" / student / "quiz.html").read_text(encoding="utf-8")
        assert sheet_mark(b"the class", student) in page
        assert student in page
