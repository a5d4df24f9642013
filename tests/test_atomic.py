"""A file appears whole or not at all."""

import errno
import os
from pathlib import Path

import pytest

from grader.atomic import replacing, write_whole
from grader.errors import UserError


def write_half(file, code):
    """Write the beginning, then fail as the system does."""
    file.write("half")
    raise OSError(code, os.strerror(code))


def refuse(code):
    """Return a stand-in that fails as the system does."""

    def fail(*_arguments, **_options):
        raise OSError(code, os.strerror(code))

    return fail


def test_a_file_is_replaced_when_the_block_ends(tmp_path):
    """Until the end, readers see the old content."""
    path = tmp_path / "marks.txt"
    path.write_text("old")
    with replacing(path) as file:
        file.write("分数\n")
        file.flush()
        assert path.read_text() == "old"
    assert path.read_bytes() == "分数\n".encode()
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("code", "remedy"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EDQUOT, "quota"),
        (errno.EIO, "Input/output error; mend it and run again"),
    ],
)
def test_a_failing_disk_leaves_the_old_file(tmp_path, code, remedy):
    """A write that fails half-way is told in one sentence, and leaves nothing of itself."""
    path = tmp_path / "marks.txt"
    path.write_text("old")
    with pytest.raises(UserError, match=remedy) as caught, replacing(path) as file:
        write_half(file, code)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_refused_replacement_leaves_nothing_behind(tmp_path, monkeypatch):
    """The last step may fail too."""
    monkeypatch.setattr(Path, "replace", refuse(errno.EROFS))
    with pytest.raises(UserError, match="read-only"), replacing(tmp_path / "marks.txt") as file:
        file.write("whole")
    assert list(tmp_path.iterdir()) == []


def test_the_system_refuses_in_the_middle(tmp_path, small_disk):
    """A real refusal of the system ends like a simulated one."""
    with (
        small_disk(),
        pytest.raises(UserError, match="could not be written"),
        replacing(tmp_path / "marks.txt") as file,
    ):
        file.write("x" * 1000)
    assert list(tmp_path.iterdir()) == []


def test_another_error_passes_through(tmp_path):
    """Only the disk's errors are the disk's; the file vanishes all the same."""
    with pytest.raises(ZeroDivisionError), replacing(tmp_path / "marks.txt"):
        _ = 1 / 0
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_the_way_is_named(tmp_path):
    """A folder of the file's name is told, not replaced."""
    (tmp_path / "marks.txt").mkdir()
    with pytest.raises(UserError, match="a folder of that name"), replacing(tmp_path / "marks.txt"):
        pass


def test_a_link_is_replaced_and_not_followed(tmp_path):
    """What a link points to stays as it was."""
    target = tmp_path / "target"
    target.write_text("precious")
    (tmp_path / "marks.txt").symlink_to(target)
    with replacing(tmp_path / "marks.txt") as file:
        file.write("new")
    assert target.read_text() == "precious"
    assert not (tmp_path / "marks.txt").is_symlink()


def test_a_whole_file_is_written_with_its_folders(tmp_path):
    """Bytes appear under their name, in folders that are made, and take the place of a link instead of its target."""
    path, target = tmp_path / "a" / "b" / "marks.bin", tmp_path / "target"
    write_whole(path, b"\x00\xff\r\n")
    assert path.read_bytes() == b"\x00\xff\r\n"
    target.write_bytes(b"kept")
    path.unlink()
    path.symlink_to(target)
    write_whole(path, b"new")
    assert (target.read_bytes(), path.read_bytes(), path.is_symlink()) == (b"kept", b"new", False)
    assert [each.name for each in path.parent.iterdir()] == ["marks.bin"]
