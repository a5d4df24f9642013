"""What is particular to gzipped tar files."""

import gzip
import tarfile

import pytest

from grader.submissions.archive import files_of
from grader.submissions.limits import DEFAULT_LIMITS, IntakeLimits
from grader.submissions.refusal import RefusedError
from grader.submissions.tally import Tally
from grader.submissions.tar_archive import tar_members

BLOCK = 512


def unpack_tar(tar):
    return unpack(gzip.compress(tar))


def unpack(data):
    tally = Tally(DEFAULT_LIMITS)
    return {file.path: file.read() for file in files_of(tar_members(data, tally=tally), tally=tally)}


def header(name=b"a.py", *, size=b"00000000001\0", kind=b"0", checksum=None):
    """Return one header block."""
    block = bytearray(BLOCK)
    block[: len(name)] = name
    block[124 : 124 + len(size)] = size
    block[156:157] = kind
    block[148:156] = b" " * 8
    block[148:156] = checksum or b"%06o\0 " % sum(block)
    return bytes(block)


def pax(content, name=b"b.py"):
    """Return a member announced by extended attributes."""
    attributes = header(b"pax", size=b"%011o\0" % len(content), kind=b"x") + content.ljust(BLOCK, b"\0")
    return attributes + header(name) + b"a".ljust(BLOCK, b"\0")


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_every_format_is_read_as_the_library_wrote_it(make, form):
    """Members of all formats, with long names and names in other scripts, are read with their content."""
    names = ["a.py", "x" * 90 + "/" + "y" * 60 + "/b.py", "练习/c.py"]
    if form != tarfile.USTAR_FORMAT:
        names.append("z" * 140 + "/" + "长" * 80 + ".py")
    members = {name: name.encode() * 30 for name in names}
    assert unpack(make.tar(members.items(), form=form)) == members


def test_the_oldest_format_is_read():
    """A header without any mark of a format is that of a file, or of a folder if its name says so."""
    assert unpack_tar(header(b"top/", size=b"", kind=b"\0") + header(kind=b"\0") + b"a".ljust(BLOCK, b"\0")) == {
        "a.py": b"a"
    }


def test_a_binary_size_is_read():
    """A size written in bytes instead of digits is read."""
    assert unpack_tar(header(size=b"\x80" + (3).to_bytes(11, "big")) + b"abc".ljust(BLOCK, b"\0")) == {"a.py": b"abc"}


def test_remarks_on_the_whole_archive_are_passed_over():
    """A comment on the whole archive, as version control leaves it, changes no member."""
    remark = b"16 comment=hello".ljust(BLOCK, b"\0")
    tar = header(b"pax_global_header", size=b"%011o\0" % 16, kind=b"g") + remark
    assert unpack_tar(tar + header() + b"a".ljust(BLOCK, b"\0")) == {"a.py": b"a"}


def test_what_follows_the_end_is_ignored():
    """Nothing after the empty block that ends an archive is read."""
    tar = header() + b"a".ljust(BLOCK, b"\0") + bytes(BLOCK) + b"garbage"
    assert unpack(gzip.compress(tar) + b"more garbage") == {"a.py": b"a"}


@pytest.mark.parametrize(
    "tar",
    [
        b"x" * 100,
        b"x" * BLOCK,
        header(checksum=b"000001\0 "),
        header(checksum=b"-00001\0 "),
        header(size=b"-0000000001\0"),
        header(size=b"0o000000001\0"),
        header(size=b"\xff" * 12),
        header(size=b"\x80" + b"\xff" * 11),
        header(size=b"00000001000\0") + b"a",
        header() + b"a".ljust(BLOCK, b"\0") + header()[:200],
        pax(b"11 path=a.p"),
        pax(b"0 path=a.py\n"),
        pax(b"2 \n"),
        pax(b"99 path=a.py\n"),
        pax(b"path=a.py\n"),
        pax(b"1" * 400),
        header(size=b"%011o\0" % 70_000, kind=b"x") + b"1" * 70_144,
    ],
    ids=range(17),
)
def test_a_contradiction_is_refused(tar):
    """A header whose checksum, size or attributes can't be true makes the archive refused."""
    with pytest.raises(RefusedError, match="The archive can't be unpacked"):
        unpack_tar(tar)


def test_attributes_give_the_name():
    """The name in the extended attributes replaces the one in the header, once."""
    tar = pax(b"20 SCHILY.fflags=no\n13 path=a.py\n") + header(b"c.py") + b"c".ljust(BLOCK, b"\0")
    assert unpack_tar(tar) == {"a.py": b"a", "c.py": b"c"}


def test_a_name_in_the_attributes_may_not_leave_either():
    """A place outside the archive is refused when the extended attributes name it."""
    with pytest.raises(RefusedError, match="a place outside itself"):
        unpack_tar(pax(b"16 path=../a.py\n"))


def test_a_file_with_holes_is_refused():
    """A sparse file, which is larger than what is stored of it, is refused."""
    with pytest.raises(RefusedError, match="no ordinary file"):
        unpack_tar(pax(b"22 GNU.sparse.major=1\n"))


@pytest.mark.parametrize("cut", [1, 8, 30])
def test_a_truncated_archive_is_refused(make, cut):
    """An archive that lost its end is refused."""
    with pytest.raises(RefusedError, match=r"can't be unpacked \(EOFError\)"):
        unpack(make.tar([("a.py", b"a" * 100)])[:-cut])


def test_damaged_content_is_refused(make):
    """Packed bytes that were changed make the archive refused."""
    data = bytearray(make.tar([("a.py", b"a" * 100)]))
    data[-6] ^= 0xFF
    with pytest.raises(RefusedError, match=r"can't be unpacked \(error\)"):
        unpack(bytes(data))


def test_a_plain_tar_file_is_read(make):
    """A tar file that is not packed is read as a packed one is."""
    data = gzip.decompress(make.tar([("a.py", b"a")]))
    assert unpack(data) == {"a.py": b"a"}


def test_an_archive_in_pieces_is_refused():
    """A file of several packed pieces is refused instead of being read in part."""
    tar = header() + b"a".ljust(BLOCK, b"\0")
    with pytest.raises(RefusedError, match="can't be unpacked"):
        unpack(gzip.compress(tar[:BLOCK]) + gzip.compress(tar[BLOCK:]))


def test_data_that_nobody_needs_counts_as_well():
    """An archive that unpacks past the limit of the whole is refused, whatever is in it."""
    noise = bytes(range(256)) * 64
    tally = Tally(IntakeLimits(max_archive_bytes=1024, max_entries=1))
    with pytest.raises(RefusedError, match="larger than 1 KiB in all"):
        list(tar_members(gzip.compress(header(b"data") + noise), tally=tally))


def test_an_empty_archive_holds_nothing(make):
    """An archive without members is read as such."""
    assert unpack(make.tar([])) == {}
