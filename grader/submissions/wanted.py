"""What a course asks its students for, as far as the intake must know it to tell answers from all else."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from grader.submissions.source import defines_any, is_stub


@dataclass(frozen=True)
class Wanted:
    """The exercises that are graded, and the names that the course gave to what students work in."""

    entry_points: Mapping[str, Sequence[str]]
    """Of each exercise that is graded, by its slug."""
    starters: Mapping[str, str] = field(default_factory=dict)
    """By slug: the file that students began with; left as it was, it is no answer."""
    slugs: Collection[str] = ()
    """Of every exercise of the course; none for those that are graded."""
    units: Collection[str] = ()
    notebook_kib: int = 1024
    """How much source a notebook may hold."""

    @property
    def names(self) -> frozenset[str]:
        """Return the names of exercises, by which a student's own files and folders are known."""
        return frozenset((*self.entry_points, *self.slugs))

    @property
    def folders(self) -> frozenset[str]:
        """Return the names of the folders that students were given."""
        return self.names | frozenset(self.units)

    def is_untouched(self, cells: Sequence[str], slug: str) -> bool:
        """Say whether whatever defines an entry point of an exercise is as it was given out."""
        names = self.entry_points[slug]
        starter = bare(self.starters.get(slug, ""))
        defining = [cell for cell in cells if defines_any([cell], names)]
        return bool(defining) and all(bare(cell) == starter or is_stub(cell, names) for cell in defining)


def bare(source: str) -> list[str]:
    """Return a source's lines without blank ones and trailing blanks, which editors change by themselves."""
    return [line.rstrip() for line in source.splitlines() if line.strip()]
