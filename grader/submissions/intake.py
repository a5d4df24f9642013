"""One student's submission, from its entry to the source text for each exercise.

Owns which file answers which exercise: the one named as its slug, else the one that defines an entry point.
Never raises for what a student handed in: that becomes the submission's or the exercise's problem.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from grader.submissions.answer_sheet import AnswerSheet, no_sheet, read_sheet
from grader.submissions.archive import items_of
from grader.submissions.entries import Entry
from grader.submissions.folder import is_folder, opened_within, read_bounded, read_file, walk
from grader.submissions.limits import DEFAULT_LIMITS, IntakeLimits, spoken_size
from grader.submissions.names import SOURCES, is_answer_sheet, shown, stem_of, suffix_of
from grader.submissions.notebook import notebook_cells
from grader.submissions.refusal import RefusedError, refused
from grader.submissions.source import defines_any, python_text
from grader.submissions.submission import SourceFile, Submission
from grader.submissions.tally import Item, Tally
from grader.submissions.tar_archive import tar_members
from grader.submissions.zip_archive import zip_members
from grader.wording.message import Message

EMPTY = "submissions.empty"


@dataclass(frozen=True)
class Sorting:
    """The files of a submission, sorted by what they answer."""

    own: Mapping[str, Sequence[Item]]
    """By slug: the files named as it."""
    shared: Sequence[tuple[Item, SourceFile]]
    """The other files that could be read; each may answer several exercises."""
    unread: Sequence[Message]
    """Why further files could not be read, any of which may have held an answer."""
    sheets: Sequence[Item]
    """The files of quiz answers."""


def read_submission(
    entry: Entry, *, exercises: Mapping[str, Sequence[str]], limits: IntakeLimits = DEFAULT_LIMITS
) -> Submission:
    """Return what one student handed in for `exercises`, which maps each slug to its entry points."""
    tally = Tally(limits)
    try:
        items = sorted(_items(entry, tally), key=lambda item: item.path)
        for item in items:
            tally.digest_in(item.path, item.content)
        sorting = _sorted_out(items, exercises, tally)
        files, problems = _answers(exercises, sorting, tally)
    except RefusedError as refusal:
        tally.digest_in("", refusal.message)
        return Submission(
            entry.student, {}, {}, refusal.message, tally.hexdigest(), AnswerSheet(problem=refusal.message)
        )
    return Submission(entry.student, files, problems, None, tally.hexdigest(), _sheet(sorting, limits))


def _items(entry: Entry, tally: Tally) -> Iterator[Item]:
    """Yield the files of a submission, whatever holds them."""
    if entry.problem is not None:
        raise RefusedError(entry.problem)
    name = entry.path.name
    with opened_within(entry.path) as descriptor:
        if is_folder(descriptor):
            yield from walk(descriptor, tally=tally)
        elif suffix_of(name, SOURCES):
            yield Item(name, read_file(descriptor, path=name, tally=tally))
        else:
            limit = tally.limits.max_total_bytes
            too_large = refused("total_too_large", limit=spoken_size(limit))
            data = read_bounded(descriptor, limit, path=name, too_large=too_large)
            tally.digest_in(name, data)
            if not data:
                raise refused("empty", name=shown(name))
            members = zip_members if suffix_of(name, (".zip",)) else tar_members
            yield from items_of(members(data, tally=tally), tally=tally)


def _sheet(sorting: Sorting, limits: IntakeLimits) -> AnswerSheet:
    """Return the quiz answers of a submission."""
    if not sorting.sheets:
        return no_sheet()
    try:
        return read_sheet(_only(sorting.sheets), limits)
    except RefusedError as refusal:
        return AnswerSheet(problem=refusal.message)


def _answers(
    exercises: Mapping[str, Sequence[str]], sorting: Sorting, tally: Tally
) -> tuple[dict[str, SourceFile], dict[str, Message]]:
    """Return the file of each exercise that has one, and why each other has none."""
    if not (sorting.own or sorting.shared or sorting.sheets):
        raise RefusedError(sorting.unread[0]) if sorting.unread else refused("nothing_in_it")
    files: dict[str, SourceFile] = {}
    problems: dict[str, Message] = {}
    for slug, names in exercises.items():
        try:
            files[slug] = _answer(slug, names, sorting, tally)
        except RefusedError as refusal:
            problems[slug] = refusal.message
    return files, problems


def _sorted_out(items: Sequence[Item], exercises: Collection[str], tally: Tally) -> Sorting:
    """Sort the files of a submission."""
    own: dict[str, list[Item]] = {}
    shared: list[tuple[Item, SourceFile]] = []
    unread: list[Message] = []
    sheets = [item for item in items if is_answer_sheet(item.name)]
    for item in [each for each in items if each not in sheets]:
        slug = stem_of(item.name) if suffix_of(item.name, SOURCES) else ""
        if slug in exercises:
            own.setdefault(slug, []).append(item)
            continue
        try:
            shared.append((item, _source_file(item, tally)))
        except RefusedError as refusal:
            unread.append(refusal.message)
    telling = [message for message in unread if message.key != EMPTY]  # an empty __init__.py explains nothing
    return Sorting(own, shared, telling if own or shared or telling else unread, sheets)


def _answer(slug: str, names: Sequence[str], sorting: Sorting, tally: Tally) -> SourceFile:
    """Return the one file that answers an exercise."""
    if own := sorting.own.get(slug):
        return _source_file(_only(own), tally)
    shared = [(item, file) for item, file in sorting.shared if defines_any(file.python, names)]
    if shared:
        _only([item for item, _ in shared])
        return shared[0][1]
    if sorting.unread:
        raise RefusedError(sorting.unread[0])
    raise refused("missing", slug=slug, names=", ".join(names))


def _only(candidates: Sequence[Item]) -> Item:
    """Return the one candidate; copies of one another count as one."""
    first, *others = candidates
    if any(other.content != first.content for other in others):
        raise refused("ambiguous", names=", ".join(shown(item.path) for item in candidates))
    return first


def _source_file(item: Item, tally: Tally) -> SourceFile:
    """Return a file as source text."""
    if isinstance(item.content, Message):
        raise RefusedError(item.content)
    name = shown(item.name)
    is_notebook = bool(suffix_of(item.name, (".ipynb",)))
    if not item.content.strip():
        raise refused("empty", name=name)
    if is_notebook:
        cells = notebook_cells(item.content, name=name, tally=tally)
    else:
        cells = (python_text(item.content, name=name),)
    if not any(cell.strip() for cell in cells):
        raise refused("empty", name=name)
    return SourceFile(name, cells, is_notebook)
