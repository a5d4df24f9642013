"""What a member of an archive may be and may be called, in either format."""

import stat
import tarfile
import zipfile
from dataclasses import replace

import pytest

from grader.submissions.archive import files_of
from grader.submissions.limits import DEFAULT_LIMITS
from grader.submissions.refusal import ExhaustedError, RefusedError
from grader.submissions.tally import Tally
from grader.submissions.tar_archive import tar_members
from grader.submissions.zip_archive import zip_members


@pytest.fixture(params=["zip", "tar"])
def unpack(request, make):
    """Pack members in one format and read them as a submission."""

    def run(*members, **limits):
        tally = Tally(replace(DEFAULT_LIMITS, **limits))
        if request.param == "zip":
            return list(files_of(zip_members(make.zip(members), tally=tally), tally=tally))
        return list(files_of(tar_members(make.tar(members), tally=tally), tally=tally))

    run.format = request.param
    return run


def contents(files):
    """Return the content of each file by its path, or why it is not read."""
    found = {}
    for file in files:
        try:
            found[file.path] = file.read()
        except ExhaustedError:
            raise
        except RefusedError as refusal:
            found[file.path] = refusal.message.key
    return found


def special(form, name, *, mode, type_):
    if form == "zip":
        info = zipfile.ZipInfo(name)
        info.external_attr = mode << 16
        return info
    info = tarfile.TarInfo(name)
    info.type = type_
    info.linkname = "/etc/passwd"
    return info


def test_answers_are_read_at_any_depth(unpack):
    """Answers are read from folders within; tests, hidden and other files are passed over."""
    items = unpack(
        ("top/", b""),
        ("top/a.py", b"a"),
        ("./top//b.ipynb", b"b"),
        ("top/test_a.py", b"c"),
        ("top/.x/d.py", b"d"),
        ("__MACOSX/top/._a.py", b"e"),
        ("top/data.bin", b"f"),
    )
    assert contents(items) == {"top/a.py": b"a", "top/b.ipynb": b"b"}


@pytest.mark.parametrize(
    "name",
    ["../a.py", "/a.py", "x/../../a.py", "..", "..\\a.py", "\\a.py", "C:\\a.py", "c:a.py", "../data.bin"],
)
def test_a_member_outside_the_archive_is_refused(unpack, name):
    """An archive that names a place outside itself is refused as a whole, and nothing is written there."""
    with pytest.raises(RefusedError, match="a place outside itself"):
        unpack(("a.py", b"a"), (name, b"evil"))


@pytest.mark.parametrize(
    ("mode", "type_", "words"),
    [
        (stat.S_IFLNK | 0o777, tarfile.SYMTYPE, "in the archive is a link"),
        (stat.S_IFIFO | 0o666, tarfile.FIFOTYPE, "in the archive is no ordinary file"),
        (stat.S_IFCHR | 0o666, tarfile.CHRTYPE, "in the archive is no ordinary file"),
        (stat.S_IFBLK | 0o666, tarfile.BLKTYPE, "in the archive is no ordinary file"),
        (stat.S_IFSOCK | 0o666, tarfile.GNUTYPE_SPARSE, "in the archive is no ordinary file"),
    ],
)
def test_a_member_that_is_no_file_alone_is_left_out(unpack, mode, type_, words):
    """A link, a pipe or a device is not read and tells why; what lies beside it is read."""
    link, good = unpack((special(unpack.format, "a.py", mode=mode, type_=type_), b""), ("b.py", b"b"))
    assert good.read() == b"b"
    with pytest.raises(RefusedError, match=words):
        link.read()


def test_a_link_in_a_hidden_folder_is_passed_over(unpack):
    """What is ignored anyway is not held against the student."""
    link = special(unpack.format, ".venv/bin/python", mode=stat.S_IFLNK, type_=tarfile.SYMTYPE)
    assert contents(unpack((link, b""), ("a.py", b"a"))) == {"a.py": b"a"}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("second", ["a.py", "./a.py", ".//a.py"])
def test_a_member_twice_is_refused(unpack, second):
    """An archive with one file twice is refused: nobody guesses which one counts."""
    with pytest.raises(RefusedError, match=r"holds a\.py twice"):
        unpack(("a.py", b"good"), (second, b"other"))


def test_a_large_file_alone_is_left_out(unpack):
    """A file over the limit is refused; the others are read."""
    limits = {"max_file_bytes": 10, "max_notebook_bytes": 10}
    found = contents(unpack(("a.py", b"x" * 11), ("b.py", b"b" * 10), ("c.ipynb", b"x" * 11), **limits))
    assert found == {
        "a.py": "submissions.too_large",
        "b.py": b"b" * 10,
        "c.ipynb": "submissions.notebook_too_large",
    }


def test_a_file_too_deep_alone_is_left_out(unpack):
    """A file deeper than the limit is refused; one at the limit is read."""
    found = contents(unpack(("1/2/a.py", b"a"), ("1/2/3/b.py", b"b"), max_depth=2))
    assert found == {"1/2/a.py": b"a", "1/2/3/b.py": "submissions.too_deep"}


def test_packages_are_passed_over(unpack):
    """A virtual environment is skipped, whatever it is called; a folder that only sounds like one is not."""
    members = [
        ("a.py", b"a"),
        ("env/pyvenv.cfg", b""),
        ("env/lib/b.py", b"b"),
        ("x/site-packages/c.py", b"c"),
        ("y/env/d.py", b"d"),
    ]
    assert contents(unpack(*members)) == {"a.py": b"a", "y/env/d.py": b"d"}


def test_a_flood_of_members_is_refused(unpack):
    """More members than allowed make the archive refused."""
    members = [("a.py", b"xx"), ("b.py", b"xx"), ("c.txt", b"xx")]
    assert len(unpack(*members, max_entries=3)) == 2
    with pytest.raises(RefusedError, match="more than 2 files and folders"):
        unpack(*members, max_entries=2)


def test_an_archive_that_unpacks_to_far_more_is_refused(unpack):
    """An archive of a few kilobytes that becomes a megabyte is refused before it has become one."""
    with pytest.raises(RefusedError, match=r"unpacks to far more than its own size\. Pack your"):
        contents(unpack(("a.py", b"\n" * 1_000_000)))


def test_a_little_archive_may_unpack_to_a_lot_more(unpack):
    """Below a quarter of a megabyte nobody asks how well a file is packed."""
    (item,) = unpack(("a.py", b"\n" * 200_000))
    assert len(item.read()) == 200_000


def test_a_name_without_end_is_refused(unpack):
    """A path of more than four thousand characters is no name of a file."""
    with pytest.raises(RefusedError, match="can't be unpacked"):
        unpack(("x/" * 3000 + "a.py", b"a"))
