"""The keys under which facts are kept: a digest of what answers a part, and of all the grounds that it is judged on."""

from __future__ import annotations

from dataclasses import dataclass

from grader.config.course_config import CourseConfig
from grader.grading.attempts import moment
from grader.grading.enrolment import Sheets
from grader.grading.grounds import Grounds, digest_of
from grader.results.parts import QUIZ, WHOLE
from grader.store.rows import HandIn, StudentRow


def policies_of(config: CourseConfig) -> str:
    """Return a digest of what decides which submission counts, and when it is late."""
    units = [unit.model_dump(mode="json", include={"name", "due"}) for unit in config.units]
    return digest_of(config.model_dump(mode="json", include={"dates", "timezone", "attempts"}), units)


@dataclass(frozen=True)
class Keys:
    """Tells keys."""

    grounds: Grounds
    sheets: Sheets
    policies: str
    """A digest of what decides which submission counts, and when it is late."""

    def of(self, row: StudentRow, hand_in: HandIn) -> dict[str, str]:
        """Return the keys of all parts that are graded and were read of a submission."""
        owner = [row.name, list(row.enrolled.known_as), self.other_owner(row, hand_in)]
        keys = {}
        for part, ground in self.grounds.keys.items():
            if part in hand_in.sources:
                whose = owner if part == WHOLE or part.startswith(QUIZ) else None
                keys[part] = digest_of(ground, hand_in.sources[part], whose)
        return keys

    def other_owner(self, row: StudentRow, hand_in: HandIn) -> str | None:
        """Return who else of the class a quiz sheet was made for, or None."""
        return self.sheets.other_owner(row.name, hand_in.sheet_marks)

    def state(self, row: StudentRow, hand_ins: list[HandIn]) -> str:
        """Return a digest of all that a student's marks depend on, without looking at any part."""
        ordered = sorted(hand_ins, key=moment)
        handed_in = [
            (each.digest, sorted(each.sources), each.arrival and each.arrival.model_dump(mode="json"))
            for each in ordered
        ]
        return digest_of(
            self.grounds.digest,
            self.policies,
            row.enrolled.data(),
            handed_in,
            [self.other_owner(row, each) for each in ordered],
        )
