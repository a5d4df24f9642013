"""One student's submission, from its entry to the source text for each exercise.

Never raises for what a student handed in: that becomes the submission's or the exercise's problem.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from grader.submissions.answer_sheet import AnswerSheet, joined_sheets, no_sheet
from grader.submissions.answers import EMPTY, Answers, Read
from grader.submissions.entries import Entry
from grader.submissions.handed_in import HandedIn
from grader.submissions.limits import DEFAULT_LIMITS, KIB, IntakeLimits
from grader.submissions.names import is_answer_sheet, is_notebook, shown
from grader.submissions.notebook import notebook_cells
from grader.submissions.reading import read_parts, read_place
from grader.submissions.refusal import RefusedError, refused
from grader.submissions.scripts import without_magics
from grader.submissions.source import python_text
from grader.submissions.submission import SourceFile, Submission
from grader.submissions.tally import Item, Tally
from grader.submissions.wanted import Wanted
from grader.wording.message import Message


def read_submission(entry: Entry, wanted: Wanted, *, limits: IntakeLimits = DEFAULT_LIMITS) -> Submission:
    """Return what one student handed in for the exercises that are wanted."""
    tally = Tally(replace(limits, max_source_bytes=wanted.notebook_kib * KIB))
    try:
        items = items_of(entry, wanted, tally)
        for item in items:
            tally.digest_in(item.path, item.content)
        sheets = [item for item in items if is_answer_sheet(item.name)]
        read = [readable(item, tally) for item in items if item not in sheets]
        check_something_is_there(read, sheets, tally)
        answers = Answers(read, wanted, tally)
    except RefusedError as refusal:
        return unread(entry, refusal.message, tally)
    return Submission(
        entry.student,
        answers.files,
        answers.problems,
        None,
        tally.hexdigest(),
        joined_sheets(sheets, limits) if sheets else no_sheet(),
        remarks=tuple(tally.notes),
        handed_in=timed(entry, tally),
        known_as=entry.known_as,
    )


def unread(entry: Entry, problem: Message, tally: Tally) -> Submission:
    """Return a submission that can't be read as a whole."""
    tally.digest_in("", problem)
    sheet, notes = AnswerSheet(problem=problem), tuple(tally.notes)
    told = timed(entry, tally)
    return Submission(entry.student, {}, {}, problem, tally.hexdigest(), sheet, notes, told, entry.known_as)


def timed(entry: Entry, tally: Tally) -> HandedIn:
    """Return what is told of a submission, with the time of the newest file that was read."""
    told = entry.handed_in or HandedIn(entry.student)
    return replace(told, file_time=max(tally.times, default=None))


def items_of(entry: Entry, wanted: Wanted, tally: Tally) -> list[Item]:
    """Return the files of an entry; the same work in a second form counts once, and other work is for a person."""
    if entry.problem is not None:
        raise RefusedError(entry.problem)
    if entry.twins:
        first, *others = [read_place(place, wanted, tally.limits) for place in entry.places]
        if any(other != first for other in others):
            raise refused("handed_in_twice", names=", ".join(shown(place.name) for place in entry.places))
    return read_parts(entry.whole, wanted, tally)


def check_something_is_there(read: Sequence[Read], sheets: Sequence[Item], tally: Tally) -> None:
    """Raise for a submission in which there is nothing to read."""
    if sheets or any(each.file for each in read):
        return
    refusals = [each.refusal for each in read if each.refusal]
    if telling := [each for each in refusals if each.key != EMPTY]:  # an empty __init__.py explains nothing
        raise RefusedError(telling[0])
    if tally.others:
        raise refused("unsupported", name=shown(min(tally.others)))
    raise RefusedError(refusals[0]) if refusals else refused("nothing_in_it")


def readable(item: Item, tally: Tally) -> Read:
    """Return a file as source text, or why it is none."""
    try:
        return Read(item, source_file(item, tally))
    except RefusedError as refusal:
        return Read(item, None, refusal.message)


def source_file(item: Item, tally: Tally) -> SourceFile:
    """Return a file as source text."""
    if isinstance(item.content, Message):
        raise RefusedError(item.content)
    name = shown(item.name)
    if not item.content.strip():
        raise refused("empty", name=name)
    if is_notebook(item.name):
        cells = notebook_cells(item.content, name=name, tally=tally)
    else:
        text, magics = without_magics(python_text(item.content, name=name))
        if magics:
            tally.note("magic_in_file", name=name, line=magics[0])
        cells = (text,)
    if not any(cell.strip() for cell in cells):
        raise refused("empty", name=name)
    return SourceFile(name, cells, is_notebook(item.name))
