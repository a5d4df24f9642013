"""A course as one archive: what a judge elsewhere needs of it, and nothing else.

The course file lies in it as `config.yaml`, whatever it is called at home.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path, PurePosixPath

from grader.catalogue.course import CONFIG, course_file, course_root
from grader.catalogue.release import zipped
from grader.catalogue.version import content
from grader.errors import InternalError


def packed(place: Path) -> bytes:
    """Return the archive of a course's folder or course file."""
    root = course_root(place)
    files = {path.relative_to(root).as_posix(): path.read_bytes() for path in content(root)}
    return zipped({CONFIG: course_file(place).read_bytes(), **files})


def digest_of(archive: bytes) -> str:
    """Return the digest of an archive, in hex."""
    return hashlib.sha256(archive).hexdigest()


def unpack(archive: bytes, digest: str, folder: Path) -> None:
    """Write a course into a folder of the owner's alone; InternalError for an archive that is not the one meant."""
    if digest_of(archive) != digest:
        raise InternalError("the course did not arrive as it was sent; send it again")
    folder.chmod(0o700)
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        for member in opened.infolist():
            name = PurePosixPath(member.filename)
            if name.is_absolute() or ".." in name.parts:
                raise InternalError(f"the course's archive names {member.filename!r}, a place outside itself")
            path = folder / name
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.write_bytes(opened.read(member))
