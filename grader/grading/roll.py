"""A class as the store has it now: who is in it, what each handed in, and how each of them stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from grader.catalogue.course import Course
from grader.dates.extension import Extension, read_extension
from grader.grading.attempts import Choice, moment
from grader.grading.standing import Standing, put_together
from grader.reports.late import IN_TIME, Late
from grader.results.arrival import Arrival
from grader.store.class_book import ClassBook
from grader.store.rows import Current, FactsRow, HandIn, Mark, StudentRow
from grader.submissions.submission import Submission

Counts = tuple[Current, Mapping[str, FactsRow]]
"""What counts of a student, with the facts themselves."""


@dataclass
class Roll:
    """The students of a class; loaded once, and kept up by who writes."""

    course: Course
    book: ClassBook
    students: dict[str, StudentRow] = field(default_factory=dict)
    hand_ins: dict[int, list[HandIn]] = field(default_factory=dict)
    marks: dict[int, dict[str, Mark]] = field(default_factory=dict)
    fresh: tuple[int, Submission] | None = None
    """The submission that was read last, and its number: it need not be read again out of the store."""

    @classmethod
    def load(cls, course: Course, book: ClassBook) -> Roll:
        """Return a class with what the store knows of it."""
        return cls(course, book, book.students(), book.submissions.all(), book.marks())

    def submission(self, hand_in: HandIn) -> Submission:
        """Return a submission with its content."""
        if self.fresh and self.fresh[0] == hand_in.id:
            return self.fresh[1]
        return self.book.submissions.content(hand_in.id)

    def choice(self, row: StudentRow) -> Choice:
        """Return what chooses among a student's submissions."""
        extension = row.enrolled.extension
        given = read_extension(extension, self.course.config.zone) if extension else Extension()
        return Choice(self.course.config, self.hand_ins.get(row.id, []), given)

    def standing(self, row: StudentRow, counts: Counts | None = None, *, isolation: str = "sandbox") -> Standing:
        """Return how a student stands; `counts` is what counts, where the caller has it already."""
        if counts is None:
            current = self.book.current(row.id)
            counts = current, self.book.facts(row.id, current.facts)
        current, rows = counts
        facts = put_together(row.name, self.course, rows, self.marks.get(row.id, {}), isolation)
        return Standing(facts, self.late(row, current), row.enrolled, is_gone=not row.is_here)

    def late(self, row: StudentRow, current: Current) -> Late:
        """Return how late the submissions are that count, unit by unit."""
        by_id = {each.id: each for each in self.hand_ins.get(row.id, [])}
        counting = {unit: by_id[number] for unit, number in current.counting.items() if number in by_id}
        if not counting:
            return IN_TIME
        choice = self.choice(row)
        units = [late for unit, each in counting.items() for late in choice.late(each) if late.unit == unit]
        return Late(self._placed(max(counting.values(), key=moment).arrival), tuple(units))

    def _placed(self, arrival: Arrival | None) -> Arrival | None:
        """Return when work came, in the course's own zone, whose name the store does not keep."""
        if arrival is None or arrival.at is None or not self.course.config.timezone:
            return arrival
        return arrival.model_copy(update={"at": arrival.at.astimezone(self.course.config.zone)})
