"""Grading a class into a store: what did not change is not judged again, and nothing that was judged is lost.

Owns the order: a submission is kept, its work is claimed, its facts are kept durably, and then it is said what counts.
A run that is killed between any two of these is finished by the next one.
"""

from __future__ import annotations

import time
import traceback
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from grader.errors import GraderError
from grader.grading.attempts import parts_of
from grader.grading.graded import Graded, failed_facts
from grader.grading.keys import Keys
from grader.grading.options import Assignment
from grader.grading.reception import Reception
from grader.grading.roll import Counts, Roll
from grader.grading.settle import Settler
from grader.grading.standing import Standing, is_final, parts_in, row_of
from grader.reports.late import IN_TIME
from grader.results.parts import QUIZ, WHOLE
from grader.store.claims import Claims
from grader.store.rows import Enrolled, FactsRow, HandIn, Known, StudentRow
from grader.submissions.answer_sheet import AnswerSheet
from grader.submissions.entries import Entry
from grader.submissions.submission import Submission
from grader.wording.message import message

QUIZZES_ALONE = (WHOLE,)
"""What a judge is told to grade of a submission whose exercises are all known: no exercise has this name."""
POLL_SECONDS = 0.5
"""How often to look whether another grader has finished what it claimed."""

Only = Callable[[Submission], tuple[str, ...]]
GradeAll = Callable[[Iterator[Submission], Only], Iterator[Graded]]
"""Grades submissions; the second argument tells which exercises of each."""


@dataclass(frozen=True)
class Task:
    """Work that is left to do on one submission."""

    row: StudentRow
    hand_in: HandIn
    keys: Mapping[str, str]
    """The key of each part that is to be judged."""
    known: dict[tuple[str, str], Known]
    """What facts there are of the student, by part and digest."""

    @property
    def only(self) -> tuple[str, ...]:
        """Return the exercises to judge."""
        return tuple(each for each in self.keys if each != WHOLE and not each.startswith(QUIZ)) or QUIZZES_ALONE


@dataclass(frozen=True)
class Settled:
    """A student of whom all is known that counts."""

    row: StudentRow
    counts: Counts | None = None
    """What counts, where something changed; None where all is as it was."""
    failed: Standing | None = None
    """What is told of a submission that our own reading broke on."""
    traces: tuple[str, ...] = ()


@dataclass
class ClassRun:
    """One run over a class."""

    assignment: Assignment
    roll: Roll
    keys: Keys
    settler: Settler
    claims: Claims
    force: bool = False
    judged: Counter[str] = field(default_factory=Counter)
    """How many submissions were judged on each part."""
    _traces: dict[int, tuple[str, ...]] = field(default_factory=dict)
    _done: deque[Settled] = field(default_factory=deque)
    _at_work: dict[str, Task] = field(default_factory=dict)
    """By student."""
    _again: list[StudentRow] = field(default_factory=list)
    """Students with further work, and those whose work another grader claimed."""
    _tried: set[tuple[int, str, str]] = field(default_factory=set)
    """Student, part and key of what this run has judged; nothing is judged twice in one run."""
    _waits: bool = False
    """Whether all that is left is other graders' at the moment."""

    def taken_in(self, reception: Reception, entries: Iterable[tuple[Entry, Enrolled]]) -> Iterator[StudentRow]:
        """Yield the students of a folder's entries once their submissions are in the store.

        One that our own reading breaks on costs nobody else anything.
        """
        for entry, enrolled in entries:
            try:
                row = reception.take_in(entry, enrolled)
            except GraderError:  # the store's, which concerns all
                raise
            except Exception:  # noqa: BLE001 - our failure is never a student's, nor the class's
                standing = Standing(failed_facts(entry.student, self.assignment), IN_TIME, enrolled)
                row = StudentRow(0, entry.student, enrolled, is_here=True, state="")
                self._done.append(Settled(row, failed=standing, traces=(traceback.format_exc(),)))
            else:
                yield row

    def grade(self, students: Iterable[StudentRow], grade_all: GradeAll) -> Iterator[Settled]:
        """Yield each student as soon as all is known that counts."""
        with self.claims.held():
            while True:
                for graded in grade_all(self._submissions(students), self._only):
                    self._keep(graded)
                    yield from self._drained()
                yield from self._drained()
                if not self._again:
                    return
                if self._waits:
                    time.sleep(POLL_SECONDS)
                students, self._again = self._again, []

    def _drained(self) -> Iterator[Settled]:
        """Yield who is settled by now."""
        while self._done:
            yield self._done.popleft()

    def _submissions(self, students: Iterable[StudentRow]) -> Iterator[Submission]:
        """Yield at most one submission of each student: of those that have work which no other grader is at."""
        self._waits = True
        for row in students:
            task = self._claimed(row)
            if task is not None:
                self._waits = False
                self._at_work[row.name] = task
                self._tried |= {(row.id, part, key) for part, key in task.keys.items()}
                yield self._submission(task)

    def _only(self, submission: Submission) -> tuple[str, ...]:
        """Return the exercises to judge of a submission that is at work."""
        return self._at_work[submission.student].only

    def _claimed(self, row: StudentRow) -> Task | None:
        """Return work on a student that is this run's now; None where there is none, or where another grader has it."""
        if not self.force and row.state == self.keys.state(row, self.roll.hand_ins.get(row.id, [])):
            self._done.append(Settled(row))
            return None
        with self.roll.book.store.begin():
            if not self.claims.claim(row.id):
                self._again.append(row)
                return None
            known = self.roll.book.known(row.id)
            task = self._task(row, known)
            if task is None:
                self.claims.give_back(row.id)
                self._settle(row, known)
            return task

    def _task(self, row: StudentRow, known: dict[tuple[str, str], Known]) -> Task | None:
        """Return the next work on a student: a submission that may count, with its parts that have no facts yet."""
        for hand_in, parts in self._candidates(row):
            keys = self.keys.of(row, hand_in)
            missing = {
                part: keys[part]
                for part in parts
                if part in keys and self._is_to_be_judged(row, part, keys[part], known.get((part, keys[part])))
            }
            if missing and WHOLE in keys and not self.assignment.options.names:
                missing[WHOLE] = keys[WHOLE]  # what is said of the quizzes stands there too
            if missing:
                return Task(row, hand_in, missing, known)
        return None

    def _candidates(self, row: StudentRow) -> Iterator[tuple[HandIn, Sequence[str]]]:
        """Yield each submission that may count, with the parts that it may count for."""
        choice, parts = self.roll.choice(row), defaultdict[int, list[str]](lambda: [WHOLE])
        for unit in self.assignment.course.config.units:
            for hand_in in choice.candidates(unit):
                parts[hand_in.id] += parts_of(unit)
        for hand_in in self.roll.hand_ins.get(row.id, []):
            if hand_in.id in parts:
                yield hand_in, parts[hand_in.id]

    def _is_to_be_judged(self, row: StudentRow, part: str, key: str, known: Known | None) -> bool:
        """Say whether a part has no facts that stand, or is to be judged again, and this run has not tried yet."""
        if (row.id, part, key) in self._tried:
            return False
        return self.force or known is None or not known.is_final

    def _submission(self, task: Task) -> Submission:
        """Return a submission to judge; the quiz sheet of somebody else of the class counts as none."""
        row = task.row
        submission = self.roll.submission(task.hand_in)
        submission = replace(submission, student=row.name, known_as=row.enrolled.known_as)
        if self.keys.other_owner(row, task.hand_in) is None:
            return submission
        return replace(submission, sheet=AnswerSheet(problem=message("quiz.other_sheet")))

    def _keep(self, graded: Graded) -> None:
        """Keep the facts of a submission, and settle its student where nothing else is to be done."""
        task = self._at_work.pop(graded.facts.student)
        found = {part: facts for part, facts in parts_in(graded.facts).items() if part in task.keys}
        rows = [row_of(part, task.keys[part], facts) for part, facts in found.items()]
        final = {part: is_final(facts) for part, facts in found.items()}
        known = task.known | {(each.part, each.digest): Known(final[each.part], each.points) for each in rows}
        traces = self._traces.pop(task.row.id, ()) + graded.traces
        with self.roll.book.store.begin(durable=True):
            self.roll.book.keep_facts(task.row.id, rows, final=final)
            if self._task(task.row, known) is None:
                self._settle(task.row, known, () if self.force else rows, traces=traces)
            else:
                self._traces[task.row.id] = traces
                self._again.append(task.row)
        self.judged.update(found.keys())

    def _settle(
        self,
        row: StudentRow,
        known: dict[tuple[str, str], Known],
        fresh: Sequence[FactsRow] = (),
        *,
        traces: tuple[str, ...] = (),
    ) -> None:
        """Say what counts of a student."""
        counts = self.settler.settle(row, known, fresh)
        self._done.append(Settled(self.roll.students[row.name], counts, traces=traces))
