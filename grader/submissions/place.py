"""Where a submission, or a part of it, lies: on the disk, or in the zip of a whole class.

Owns the two kinds of places, which are listed and read alike. A class's folder or zip is the instructor's; what lies in
it is the students', and is read as such.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path, PurePosixPath
from typing import Protocol

from grader.errors import UserError
from grader.submissions.archive import Kind, Member, content_of, files_of
from grader.submissions.folder import files_in, is_folder, opened_within, read_file
from grader.submissions.names import ARCHIVES, SOURCES, is_hidden, suffix_of
from grader.submissions.refusal import refused
from grader.submissions.tally import File, Inflation, Tally
from grader.submissions.zip_archive import chunks_of, kind_of


class Place(Protocol):
    """A file or a folder with handed-in work."""

    @property
    def name(self) -> str:
        """The last part of where it lies."""

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder, or a link that is named like one."""

    def inside(self) -> tuple[Place, ...]:
        """Return what lies in a folder and is not hidden, sorted by name; nothing for a folder that can't be listed."""

    def open(self, tally: Tally) -> AbstractContextManager[Iterator[File]]:
        """Give the one file, or the files in the folder that may matter, as long as the place is open."""


@dataclass(frozen=True)
class OnDisk:
    """A file or folder of the disk."""

    path: Path

    @property
    def name(self) -> str:
        """The last part of its path."""
        return self.path.name

    @cached_property
    def is_folder(self) -> bool:
        """Whether it is a folder, or a link that is named like one."""
        if self.path.is_symlink():
            return not suffix_of(self.name, SOURCES + ARCHIVES)
        return self.path.is_dir()

    def inside(self) -> tuple[Place, ...]:
        """Return what lies in it and is not hidden, sorted by name; nothing of a link."""
        if self.path.is_symlink():
            return ()
        with suppress(OSError), os.scandir(self.path) as found:
            return tuple(
                OnDisk(self.path / name) for name in sorted(each.name for each in found) if not is_hidden(name)
            )
        return ()

    @contextmanager
    def open(self, tally: Tally) -> Iterator[Iterator[File]]:
        """Give the one file, or the files in the folder that may matter."""
        with opened_within(self.path) as descriptor:
            if is_folder(descriptor):
                yield files_in(descriptor, tally=tally)
            else:
                yield iter([File(self.name, partial(read_file, descriptor, path=self.name, tally=tally))])


class ClassZip:
    """The zip of a whole class; its directory is read once."""

    def __init__(self, path: Path) -> None:
        """Open a zip; UserError for a file that is none."""
        self.path = path
        try:
            self.archive = zipfile.ZipFile(path)
        except Exception as error:  # what the library makes of broken bytes is not of one type
            raise UserError(f"{path} can't be unpacked ({type(error).__name__}); download it again") from error
        self.members: Mapping[str, zipfile.ZipInfo] = {
            "/".join(parts_of(info.filename)): info for info in self.archive.infolist() if not info.is_dir()
        }

    @cached_property
    def tree(self) -> Mapping[str, Mapping[str, bool]]:
        """Return what lies in each folder, by the folder's path: names, and whether each is a folder."""
        tree: dict[str, dict[str, bool]] = {"": {}}
        for path in self.members:
            parts = path.split("/")
            for count, name in enumerate(parts):
                tree.setdefault("/".join(parts[:count]), {})[name] = count < len(parts) - 1
        return tree


def parts_of(name: str) -> list[str]:
    """Return the parts of a member's name; those that lead out of the zip are left out, since nothing is unpacked."""
    return [part for part in name.replace("\\", "/").split("/") if part not in {"", ".", ".."}]


@dataclass(frozen=True)
class InZip:
    """A file or folder in the zip of a class."""

    zip: ClassZip
    path: str = ""

    @property
    def name(self) -> str:
        """The last part of its path; of the top, the zip's own name."""
        return PurePosixPath(self.path).name or self.zip.path.name

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder."""
        return self.path in self.zip.tree

    def inside(self) -> tuple[Place, ...]:
        """Return what lies in it and is not hidden, sorted by name."""
        names = sorted(self.zip.tree.get(self.path, {}))
        return tuple(InZip(self.zip, f"{self.path}/{name}".lstrip("/")) for name in names if not is_hidden(name))

    @contextmanager
    def open(self, tally: Tally) -> Iterator[Iterator[File]]:
        """Give the one file, or the files in the folder that may matter."""
        if not self.is_folder:
            member = self._member(self.name, self.zip.members[self.path], tally)
            yield iter([File(self.name, partial(content_of, self.name, member, tally))])
            return
        start = f"{self.path}/" if self.path else ""
        inside = {path[len(start) :]: info for path, info in self.zip.members.items() if path.startswith(start)}
        tally.count_entries(len(inside))
        yield files_of((self._member(path, info, tally) for path, info in inside.items()), tally=tally)

    def _member(self, name: str, info: zipfile.ZipInfo, tally: Tally) -> Member:
        kind = kind_of(info)
        if kind is Kind.FILE:
            with suppress(ValueError):
                tally.times.append(datetime(*info.date_time))  # noqa: DTZ001 - a zip tells no zone
        return Member(
            name, kind, partial(chunks_of, self.zip.archive, info, Inflation(info.compress_size, tally.limits))
        )


def content_at(place: Place, tally: Tally) -> bytes:
    """Return the content of a place that is one file; RefusedError for another."""
    with place.open(tally) as files:
        for file in files:
            return file.read()
    raise refused("unreadable", name=place.name, reason="ENOENT")
