"""The fingerprint of a submission: equal where reading would give the same, and different where it might not."""

import os
import zipfile
from dataclasses import replace

import pytest

from grader.submissions.entries import listing, lone_entry
from grader.submissions.fingerprint import fingerprint
from grader.submissions.handed_in import Layout
from grader.submissions.refusal import reason
from grader.submissions.wanted import Wanted


@pytest.fixture
def folder(tmp_path):
    """Return the folder of one student."""
    path = tmp_path / "ada"
    (path / "tools").mkdir(parents=True)
    (path / "sums.py").write_text("def sums(x):\n    return x\n", encoding="utf-8")
    (path / "tools" / "help.py").write_text("y = 1\n", encoding="utf-8")
    return path


def mark(path, salt="course"):
    """Return the fingerprint of one student's work."""
    return fingerprint(lone_entry(path), salt)


def test_the_same_bytes_have_the_same_fingerprint(folder):
    """As often as one asks."""
    assert mark(folder) == mark(folder)


CHANGES = {
    "a byte": lambda folder: (folder / "tools" / "help.py").write_text("y = 2\n", encoding="utf-8"),
    "a name": lambda folder: (folder / "sums.py").rename(folder / "total.py"),
    "a place": lambda folder: (folder / "tools" / "help.py").rename(folder / "help.py"),
    "a file more": lambda folder: (folder / "more.py").touch(),
    "a file less": lambda folder: (folder / "sums.py").unlink(),
    "a time": lambda folder: os.utime(folder / "sums.py", (1, 1)),
    "a link": lambda folder: (folder / "link.py").symlink_to(folder / "sums.py"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_that_reading_could_see_is_seen(folder, change):
    """Times count too, since a course may take them for those of handing in."""
    before = mark(folder)
    CHANGES[change](folder)
    assert mark(folder) != before


def test_what_reading_depends_on_counts(folder):
    """Another course reads other files, and an entry may be refused or have been handed in by another."""
    entry = lone_entry(folder)
    marks = {fingerprint(entry, "course"), fingerprint(entry, "another")}
    marks.add(fingerprint(replace(entry, problem=reason("nothing_came")), "course"))
    marks.add(fingerprint(replace(entry, handed_in=replace(entry.handed_in, is_late=True)), "course"))
    assert len(marks) == 4


def test_what_nobody_may_read_is_no_error(folder):
    """A pipe, a file past the limit and a folder that leads nowhere have a fingerprint as well."""
    before = mark(folder)
    os.mkfifo(folder / "pipe.py")
    (folder / "huge.py").write_bytes(b" " * (2 << 20))
    assert mark(folder) != before


def test_a_zip_of_a_class_is_told_by_its_members(tmp_path):
    """A byte in one student's file changes that student's fingerprint alone."""

    def marks(text):
        path = tmp_path / "class.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for student, content in {"ada": "x = 1\n", "bob": text}.items():
                archive.writestr(zipfile.ZipInfo(f"{student}/sums.py", (2030, 1, 1, 0, 0, 0)), content)
        wanted = Wanted({"sums": ["sums"]})
        return [fingerprint(entry, "course") for entry in listing(path, wanted, layout=Layout.CLASS).entries]

    (first, second), (same, other) = marks("y = 1\n"), marks("y = 2\n")
    assert first == same
    assert second != other
