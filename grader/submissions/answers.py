"""Which file of a submission answers which exercise.

Owns the order: the file named as the exercise, the one that lies highest; else the one that defines an entry point. A
starter that was left as it was is no answer as long as there is another file, and what can't be told is never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from grader.submissions.names import SOURCES, original_stem, shown, stem_of, suffix_of
from grader.submissions.own_modules import OwnFiles
from grader.submissions.refusal import RefusedError, refused
from grader.submissions.source import defines_any
from grader.submissions.submission import SourceFile
from grader.submissions.tally import Item, Tally
from grader.submissions.wanted import Wanted, bare
from grader.wording.message import Message

EMPTY = "submissions.empty"
LINKS = frozenset({"submissions.symlink", "submissions.link_in_archive", "submissions.special_in_archive"})


@dataclass(frozen=True)
class Read:
    """A file of a submission: as source, or why it is none."""

    item: Item
    file: SourceFile | None
    refusal: Message | None = None

    @property
    def path(self) -> str:
        """Its place in the submission."""
        return self.item.path

    @property
    def depth(self) -> int:
        """How many folders it lies in."""
        return self.path.count("/")

    @property
    def code(self) -> tuple[str, ...]:
        """What copies of one file have in common: their lines of code."""
        cells = self.file.python if self.file else ()
        return tuple(line for cell in cells for line in bare(cell) if not line.lstrip().startswith("#"))

    def is_named(self, slug: str) -> bool:
        """Whether it is named as an exercise."""
        return stem_of(self.item.name) == slug

    @property
    def may_be_an_answer(self) -> bool:
        """Whether somebody would look for an answer in this file, which can't be read."""
        if self.refusal is None or self.refusal.key == EMPTY:
            return False
        return self.refusal.key not in LINKS or bool(suffix_of(self.item.name, SOURCES))


@dataclass
class Answers:
    """Finds the answer to each exercise among the files of a submission."""

    read: Sequence[Read]
    wanted: Wanted
    tally: Tally
    files: dict[str, SourceFile] = field(default_factory=dict)
    problems: dict[str, Message] = field(default_factory=dict)
    _complete: dict[str, SourceFile] = field(default_factory=dict)
    """By path: files with the modules that they can import."""

    def __post_init__(self) -> None:
        """Find them all."""
        texts = {each.path: each.file.cells[0] for each in self.read if each.file and not each.file.notebook}
        self._own_files = OwnFiles(texts)
        for slug in self.wanted.entry_points:
            try:
                self.files[slug] = self._with_modules(self._answer(slug))
            except RefusedError as refusal:
                self.problems[slug] = refusal.message

    def _answer(self, slug: str) -> Read:
        """Return the file that answers an exercise."""
        named = [each for each in self.read if each.is_named(slug)]
        defining = [each for each in self.read if each not in named and self._defines(each, slug)]
        if own := [each for each in named if self._is_answer(each, slug)]:
            return self._only([*highest(own), *self._copies(defining, slug, own)], among=own)
        raise_first(each for each in named if each.may_be_an_answer)
        if answers := [each for each in defining if self._is_answer(each, slug)]:
            return self._only(highest(answers), among=answers)
        raise_first(each for each in self.read if each.may_be_an_answer)
        if untouched := [each for each in (*named, *defining) if each.file]:
            return highest(untouched)[0]
        raise_first(each for each in named if each.refusal)
        raise refused("missing", slug=slug, names=", ".join(self.wanted.entry_points[slug]))

    def _is_answer(self, read: Read, slug: str) -> bool:
        """Say whether a file is more than the starter."""
        return read.file is not None and not self.wanted.is_untouched(read.file.python, slug)

    def _defines(self, read: Read, slug: str) -> bool:
        return read.file is not None and defines_any(read.file.python, self.wanted.entry_points[slug])

    def _copies(self, defining: Sequence[Read], slug: str, own: Sequence[Read]) -> list[Read]:
        """Return the answers that are named as a copy of the exercise's file and lie no deeper than it."""
        depth = highest(own)[0].depth
        return [
            each
            for each in defining
            if original_stem(each.item.name) == slug and each.depth <= depth and self._is_answer(each, slug)
        ]

    def _only(self, candidates: Sequence[Read], *, among: Sequence[Read]) -> Read:
        """Return the one candidate, copies of one another counting as one; tell which other answers do not count."""
        first = candidates[0]
        if any(other.code != first.code for other in candidates):
            raise refused("ambiguous", names=", ".join(shown(each.path) for each in candidates))
        if others := [shown(each.path) for each in among if each.code != first.code]:
            self.tally.note("passed_over", name=shown(first.path), names=", ".join(others))
        return first

    def _with_modules(self, read: Read) -> SourceFile:
        """Return a file with the student's own modules that it can import."""
        assert read.file is not None
        if read.path not in self._complete:
            modules, told = self._own_files.imported_by(read.path, read.file.python)
            self.tally.notes += [each for each in told if each not in self.tally.notes]
            self._complete[read.path] = replace(read.file, modules=modules)
        return self._complete[read.path]


def highest(files: Sequence[Read]) -> list[Read]:
    """Return the files that lie in the fewest folders."""
    least = min(each.depth for each in files)
    return [each for each in files if each.depth == least]


def raise_first(files: Iterable[Read]) -> None:
    """Raise why the first of some files could not be read, if there is one."""
    for each in files:
        if each.refusal is not None:
            raise RefusedError(each.refusal)
