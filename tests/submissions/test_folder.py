"""How files and folders that a student prepared are opened and read."""

import os
import socket
import stat
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from grader.submissions import folder
from grader.submissions.folder import files_in, opened_within, read_bounded
from grader.submissions.limits import DEFAULT_LIMITS
from grader.submissions.refusal import RefusedError, refused
from grader.submissions.tally import Tally


@pytest.fixture
def home(tmp_path):
    path = tmp_path / "alice"
    path.mkdir()
    return path


def items(path, **limits):
    with opened_within(path) as descriptor:
        return contents(files_in(descriptor, tally=Tally(replace(DEFAULT_LIMITS, **limits))))


def contents(files):
    """Return the content of each file by its path, or why it is not read."""
    found = {}
    for file in files:
        try:
            found[file.path] = file.read()
        except RefusedError as refusal:
            found[file.path] = refusal.message.key
    return found


def test_answers_are_read_from_folders_within(home):
    """Python files and notebooks are read wherever they lie; tests, hidden and other files are not."""
    (home / "u" / "s").mkdir(parents=True)
    (home / "u" / "s" / "s.py").write_text("a")
    (home / "u" / "s" / "test_s.py").write_text("b")
    (home / "n.ipynb").write_text("c")
    (home / "data.pt").write_text("d")
    (home / ".git").mkdir()
    (home / ".git" / "e.py").write_text("e")
    (home / "__pycache__").mkdir()
    (home / "__pycache__" / "f.py").write_text("f")
    assert items(home) == {"n.ipynb": b"c", "u/s/s.py": b"a"}


def test_links_are_not_followed(home, tmp_path):
    """A link to a file, to a folder, to itself or to nowhere is refused by name."""
    (tmp_path / "secret.py").write_text("secret")
    (home / "a.py").symlink_to(tmp_path / "secret.py")
    (home / "folder").symlink_to(tmp_path)
    (home / "loop.py").symlink_to("loop.py")
    (home / "nowhere.py").symlink_to("/nowhere")
    (home / "data.pt").symlink_to("/nowhere")
    assert items(home) == dict.fromkeys(["a.py", "folder", "loop.py", "nowhere.py"], "submissions.symlink")


def test_a_submission_that_is_a_link_is_refused(home, tmp_path):
    """A link to another student's folder is not that folder."""
    (tmp_path / "mallory").symlink_to(home)
    with pytest.raises(RefusedError, match=r"^mallory is a link"):
        items(tmp_path / "mallory")


def test_a_folder_swapped_for_a_link_is_refused(home, tmp_path, monkeypatch):
    """What turns into a link after the folder was listed is refused when it is opened."""
    (home / "swapped").symlink_to(tmp_path)
    monkeypatch.setattr(folder, "_listed", lambda *_, **__: ["swapped"])
    assert items(home) == {"swapped": "submissions.symlink"}


def test_what_is_no_file_never_blocks(home, monkeypatch):
    """A pipe nobody writes to and a socket are refused at once."""
    os.mkfifo(home / "pipe.py")
    monkeypatch.chdir(home)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.py")
        assert items(home) == dict.fromkeys(["pipe.py", "socket.py"], "submissions.special_file")


def test_a_device_is_never_read():
    """An endless device is refused though it opens like a file."""
    with (
        opened_within(Path("/dev/zero")) as descriptor,
        pytest.raises(RefusedError, match=r"^zero is no ordinary file\. Hand in a plain"),
    ):
        read_bounded(descriptor, 10, path="zero", too_large=refused("archive_bomb"))


def test_a_folder_named_as_a_file_is_a_folder(home):
    """A folder whose name ends as a Python file's is walked like any other."""
    (home / "a.py").mkdir()
    (home / "a.py" / "b.py").write_text("b")
    assert items(home) == {"a.py/b.py": b"b"}


def test_a_large_file_is_refused_unread(home):
    """A file over the limit is refused by its size; a sparse one of a terabyte takes no longer."""
    with (home / "a.py").open("wb") as stream:
        stream.truncate(2**40)
    (home / "b.ipynb").write_bytes(b"x" * 11)
    (home / "c.py").write_bytes(b"x" * 10)
    assert items(home, max_file_bytes=10, max_notebook_bytes=10) == {
        "a.py": "submissions.too_large",
        "b.ipynb": "submissions.notebook_too_large",
        "c.py": b"x" * 10,
    }


def test_a_file_that_grows_while_it_is_read_is_refused(home, monkeypatch):
    """A file that was small when asked, and is not when read, is read no further than the limit."""
    (home / "a.py").write_bytes(b"x" * 11)
    with opened_within(home / "a.py") as descriptor:
        monkeypatch.setattr(folder.os, "fstat", lambda _: SimpleNamespace(st_mode=stat.S_IFREG, st_size=0))
        with pytest.raises(RefusedError, match="unpacks to far more"):
            read_bounded(descriptor, 10, path="a.py", too_large=refused("archive_bomb"))


def test_a_file_that_may_not_be_opened_is_refused(home, monkeypatch):
    """A file without the right to read it is refused with the reason, and the others are read."""
    (home / "a.py").write_text("a")
    (home / "b.py").write_text("b")
    real = os.open

    def forbid(name, flags, **options):
        if name == "a.py":
            raise PermissionError(13, "Permission denied")
        return real(name, flags, **options)

    monkeypatch.setattr(folder.os, "open", forbid)
    assert items(home) == {"a.py": "submissions.unreadable", "b.py": b"b"}


def test_a_file_that_fails_while_it_is_read_is_refused(home, monkeypatch):
    """A disk's error in the midst of a file is that file's refusal."""
    (home / "a.py").write_text("a")

    def fail(_descriptor):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(folder.os, "dup", fail)
    assert items(home) == {"a.py": "submissions.unreadable"}


def test_a_folder_that_may_not_be_listed_is_refused(home, monkeypatch):
    """A folder without the right to list it is refused with the reason."""

    def forbid(_descriptor):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(folder.os, "scandir", forbid)
    with pytest.raises(RefusedError, match="EACCES"):
        items(home)


def test_a_submission_that_is_gone_is_refused(home):
    """A submission removed since it was listed is refused, and so is one whose class is gone."""
    with pytest.raises(RefusedError, match=r"^bob can't be opened \(ENOENT\)\. Check its permissions"):
        items(home / "bob")
    with pytest.raises(RefusedError, match="ENOENT"):
        items(home / "gone" / "bob")


def test_archives_within_are_files(home):
    """An archive inside a submission is a file like others, also one of a kind that is not opened."""
    for name in ("a.zip", "b.tar", "c.7z"):
        (home / name).write_bytes(b"x")
    assert items(home) == {"a.zip": b"x", "b.tar": b"x", "c.7z": b"x"}


def test_packages_are_passed_over(home):
    """A virtual environment is skipped, by its name or by what lies in it."""
    for place in ("venv", "mine", "env"):
        (home / place / "lib").mkdir(parents=True)
        (home / place / "lib" / "a.py").write_text("a")
    (home / "mine" / "pyvenv.cfg").touch()
    assert items(home) == {"env/lib/a.py": b"a"}


def test_a_link_on_the_way_is_not_followed(home, tmp_path):
    """A folder that turns into a link after it was listed is not read through."""
    (home / "x").mkdir()
    (home / "x" / "a.py").write_text("a")
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "a.py").write_text("secret")
    with opened_within(home) as descriptor:
        (file,) = files_in(descriptor, tally=Tally(DEFAULT_LIMITS))
        (home / "x").rename(home / "y")
        (home / "x").symlink_to(tmp_path / "secret")
        with pytest.raises(RefusedError, match="is a link"):
            file.read()


def test_folders_within_folders_end_somewhere(home):
    """A folder deeper than the limit is not entered; one at the limit is."""
    (home / "1" / "2" / "3").mkdir(parents=True)
    (home / "1" / "2" / "a.py").write_text("a")
    (home / "1" / "2" / "3" / "b.py").write_text("b")
    assert items(home, max_depth=2) == {"1/2/a.py": b"a", "1/2/3": "submissions.too_deep"}


def test_a_flood_of_files_ends_the_walk(home):
    """More entries of any kind than allowed end the reading of the whole."""
    for name in ("a.py", "b.py", "c.txt"):
        (home / name).write_text("xx")
    assert items(home, max_entries=3) == {"a.py": b"xx", "b.py": b"xx"}
    with pytest.raises(RefusedError, match="more than 2 files and folders"):
        items(home, max_entries=2)
