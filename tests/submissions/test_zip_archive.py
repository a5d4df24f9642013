"""What is particular to zip files."""

import struct
import zipfile

import pytest

from grader.submissions.archive import files_of
from grader.submissions.limits import DEFAULT_LIMITS
from grader.submissions.refusal import RefusedError
from grader.submissions.tally import Tally
from grader.submissions.zip_archive import zip_members


def unpack(data):
    tally = Tally(DEFAULT_LIMITS)
    return [file.read() for file in files_of(zip_members(data, tally=tally), tally=tally)]


def test_an_encrypted_member_is_refused(make):
    """A member behind a password is refused, and its student is told to pack without one."""
    data = bytearray(make.zip([("a.py", b"a")]))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(RefusedError, match=r"a\.py in the archive is encrypted\. Pack it again without a password"):
        unpack(bytes(data))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_unusual_method_is_refused(make, method):
    """Methods that unpack without a bound on memory are refused, for files that would be read."""
    with pytest.raises(RefusedError, match="packed with an unusual method"):
        unpack(make.zip([("a.py", b"a")], method=method))
    assert unpack(make.zip([("data.bin", b"a")], method=method)) == []


def test_a_truncated_archive_is_refused(make):
    """An archive that lost its end is refused."""
    data = make.zip([("a.py", b"a" * 100)])
    with pytest.raises(RefusedError, match=r"can't be unpacked \(BadZipFile\)"):
        unpack(data[: len(data) // 2])


def test_damaged_content_is_refused(make):
    """A member whose checksum is wrong makes the archive refused."""
    data = make.zip([("a.py", b"good")], method=zipfile.ZIP_STORED).replace(b"good", b"evil")
    with pytest.raises(RefusedError, match=r"can't be unpacked \(BadZipFile\)"):
        unpack(data)


def test_a_member_whose_names_differ_is_refused(make):
    """A member that is called otherwise in the directory than where it lies makes the archive refused."""
    data = make.zip([("a.py", b"a")])
    start = data.index(b"PK\x01\x02")
    with pytest.raises(RefusedError, match=r"can't be unpacked \(BadZipFile\)"):
        unpack(data[:start] + data[start:].replace(b"a.py", b"b.py"))


def test_a_size_that_lies_is_not_believed(make):
    """A member that declares one byte and holds a megabyte is stopped by what comes out."""
    data = bytearray(make.zip([("a.py", b"\n" * 2_000_000)]))
    struct.pack_into("<I", data, data.index(b"PK\x01\x02") + 24, 2**31)
    with pytest.raises(RefusedError, match="unpacks to far more"):
        unpack(bytes(data))


def test_a_directory_of_countless_members_is_counted_unread(make):
    """An archive whose directory repeats an entry a million times is refused before the entries are made."""
    with pytest.raises(RefusedError, match="more than 20000 files and folders"):
        unpack(make.zip([("a.py", b"a")]) + b"PK\x01\x02" * 100_000)


def test_members_are_counted_together(make):
    """Two members that are each small enough are not when what they unpack to is added up."""
    block = b"\n" * 200_000
    assert len(unpack(make.zip([("a.py", block)]))) == 1
    with pytest.raises(RefusedError, match="unpacks to far more"):
        unpack(make.zip([("a.py", block), ("b.py", block)]))


def test_bytes_that_are_no_zip_are_refused():
    """A file of another kind under the name of a zip is refused."""
    with pytest.raises(RefusedError, match="may be damaged or of another kind than its name says"):
        unpack(b"Rar!\x1a\x07\x01\x00")
