"""What is not whole yet has no name on the disk."""

import pytest

from grader.errors import UserError
from grader.reports.spool import Spool


def test_text_is_read_again_in_order(tmp_path):
    """What was gathered comes back, and the folder shows nothing of it."""
    spool = Spool(tmp_path / "marks.txt")
    spool.append("甲\n")
    spool.append("b\n")
    assert list(tmp_path.iterdir()) == []
    assert spool.reread().read() == "甲\nb\n"
    spool.close()


def test_a_missing_folder_is_told(tmp_path):
    """The folder must be there."""
    with pytest.raises(UserError, match="could not be written"):
        Spool(tmp_path / "missing" / "marks.txt")


def test_a_full_disk_is_told_once(tmp_path, small_disk):
    """The refusal is told when it matters, and closing afterwards is quiet."""
    spool = Spool(tmp_path / "marks.txt")
    with small_disk(), pytest.raises(UserError, match="could not be written"):
        spool.append("x" * 100_000)
    spool.close()
