"""The course as an archive."""

import io
import stat
import zipfile

import pytest

from grader.catalogue.course import course_digest, load_course
from grader.cluster.archive import digest_of, packed, unpack
from grader.errors import InternalError


def test_what_arrives_is_the_course(course, tmp_path):
    """The same content gives the same archive and, unpacked by its owner alone, the same course."""
    archive = packed(course)
    assert packed(course) == archive
    unpack(archive, digest_of(archive), tmp_path)
    assert course_digest(tmp_path) == course_digest(course)
    assert load_course(tmp_path).version == load_course(course).version
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700


def test_a_course_file_of_another_name_is_the_course(course, tmp_path):
    """It lies in the archive under the usual name."""
    other = course / "spring.yaml"
    other.write_bytes((course / "config.yaml").read_bytes() + b"# spring\n")
    archive = packed(other)
    other.unlink()
    unpack(archive, digest_of(archive), tmp_path)
    assert (tmp_path / "config.yaml").read_bytes().endswith(b"# spring\n")


def test_what_was_changed_on_the_way_is_refused(course, tmp_path):
    """A byte more, and nothing is unpacked."""
    archive = packed(course)
    with pytest.raises(InternalError, match="did not arrive as it was sent"):
        unpack(archive + b"x", digest_of(archive), tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["../outside.py", "/etc/outside.py"])
def test_no_file_lands_outside(tmp_path, name):
    """Even an archive with the right digest stays in its folder."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, "x")
    with pytest.raises(InternalError, match="a place outside itself"):
        unpack(stream.getvalue(), digest_of(stream.getvalue()), tmp_path)
