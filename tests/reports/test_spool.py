"""What is not whole yet has no name on the disk."""

import pytest

from grader.errors import UserError
from grader.reports.spool import Spool


def test_texts_come_back_in_the_order_of_students(tmp_path):
    """Whoever was graded first; the folder shows nothing of them."""
    spool = Spool(tmp_path / "marks.txt")
    for student, text in (("王小明", "甲\n"), ("bob", ""), ("ada", "a\nb"), ("Zoë", "ü")):
        spool.append(student, text)
    assert list(tmp_path.iterdir()) == []
    assert list(spool.in_order()) == ["ü", "a\nb", "", "甲\n"]
    assert list(spool.in_order()) == ["ü", "a\nb", "", "甲\n"], "they can be read again"
    spool.close()


def test_two_texts_of_one_student_stay_in_their_order(tmp_path):
    """Nothing is lost or mixed up."""
    spool = Spool(tmp_path / "marks.txt")
    for text in ("z", "a"):
        spool.append("ada", text)
    assert list(spool.in_order()) == ["z", "a"]
    spool.close()


def test_nothing_gathered_is_nothing(tmp_path):
    """A class of nobody has no text."""
    spool = Spool(tmp_path / "marks.txt")
    assert list(spool.in_order()) == []
    spool.close()


def test_a_missing_folder_is_told(tmp_path):
    """The folder must be there."""
    with pytest.raises(UserError, match="could not be written"):
        Spool(tmp_path / "missing" / "marks.txt")


def test_a_full_disk_is_told_once(tmp_path, small_disk):
    """The refusal is told when it matters, and closing afterwards is quiet."""
    spool = Spool(tmp_path / "marks.txt")
    with small_disk(), pytest.raises(UserError, match="could not be written"):
        spool.append("ada", "x" * 100_000)
    spool.close()
