"""Build the archives among the submissions from the readable files in `sources/`.

The folder `sources/anna.zip` becomes the file `submissions/anna.zip`, `.tar.gz` and `.tgz` likewise. Nothing of the
machine enters: no time, no owner, and no compression, except in the bomb, which lives by it. Run this file after a
change of a source; a test says when that was forgotten.
"""

from __future__ import annotations

import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCES = HERE / "sources"
SUBMISSIONS = HERE / "submissions"

BOMB = "tomas_horak.zip"
BOMB_MEMBERS = 110
BOMB_MEMBER = b" " * 1_000_000
CUT_SHORT = "victor_lemaire.zip"
CLIMBING = {"ulrike_bauer.zip": {"weighted_grad.py": "../../../../../../tmp/weighted_grad.py"}}
"""By archive: files that it packs under a name outside of itself."""

LONGEST_STORED_BLOCK = 0xFFFF
GZIP_HEADER = b"\x1f\x8b\x08\x00" + struct.pack("<L", 0) + b"\x00\xff"


def archives() -> dict[str, bytes]:
    """Return the content of every archive by its name."""
    return {folder.name: archive(folder) for folder in sorted(SOURCES.iterdir()) if folder.is_dir()}


def archive(folder: Path) -> bytes:
    """Return the archive that a folder of sources becomes."""
    paths = sorted(path for path in folder.rglob("*") if path.is_symlink() or path.is_file())
    if not folder.name.endswith(".zip"):
        return stored_gzip(tar(folder, paths))
    names = CLIMBING.get(folder.name, {})
    members = [(names.get(path.name, path.relative_to(folder).as_posix()), path.read_bytes()) for path in paths]
    content = zipped(members, bomb=folder.name == BOMB)
    return content[: len(content) // 2] if folder.name == CUT_SHORT else content


def zipped(members: Iterable[tuple[str, bytes]], *, bomb: bool) -> bytes:
    """Return a zip file of `members`, and of what makes it a bomb."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        for name, content in members:
            file.writestr(member(name, zipfile.ZIP_STORED), content)
        for number in range(BOMB_MEMBERS if bomb else 0):
            file.writestr(member(f"data_{number}.py", zipfile.ZIP_DEFLATED), BOMB_MEMBER, compresslevel=9)
    return stream.getvalue()


def member(name: str, method: int) -> zipfile.ZipInfo:
    """Return the head of a plain file in a zip file, without a time or a system of its own."""
    info = zipfile.ZipInfo(name)
    info.compress_type, info.create_system, info.external_attr = method, 3, 0o100644 << 16
    return info


def tar(folder: Path, paths: Iterable[Path]) -> bytes:
    """Return a tar file of files and links."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.USTAR_FORMAT) as file:
        for path in paths:
            info = tarfile.TarInfo(path.relative_to(folder).as_posix())
            if path.is_symlink():
                info.type, info.linkname = tarfile.SYMTYPE, path.readlink().as_posix()
                file.addfile(info)
            else:
                content = path.read_bytes()
                info.size = len(content)
                file.addfile(info, io.BytesIO(content))
    return stream.getvalue()


def stored_gzip(data: bytes) -> bytes:
    """Return `data` as a gzip file that stores it as it is, so that no version of zlib has a say in its bytes."""
    blocks = [data[start : start + LONGEST_STORED_BLOCK] for start in range(0, len(data), LONGEST_STORED_BLOCK)]
    body = b"".join(
        struct.pack("<BHH", block is blocks[-1], len(block), len(block) ^ 0xFFFF) + block for block in blocks
    )
    return GZIP_HEADER + body + struct.pack("<LL", zlib.crc32(data), len(data))


def write_archives() -> None:
    """Write every archive among the submissions."""
    for name, content in archives().items():
        (SUBMISSIONS / name).write_bytes(content)


if __name__ == "__main__":
    write_archives()
