"""The facts about one submission: what was decided, without words.

Owns the record that is stored, sent between machines and compared, its arithmetic, and its one way to JSON and back. It
has no language and no feedback level: a sentence is a key with parameters, and what the course itself says is in its
`CourseTexts`. Facts hold hidden inputs and expected values, so they are never shown as they are; `reports.render` puts
them into words. The same observations give equal facts, in any process and any order.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import PlainSerializer, PlainValidator

from grader.results.record import Record
from grader.results.texts import Both
from grader.results.verdicts import AnswerVerdict, Part, Verdict
from grader.wording.message import Encoded, Message, decode_message, encode_message, plain

FACTS_VERSION: Final = 1
DIGITS = 4
"""Points are rounded to so many decimals, which takes away the noise of binary fractions."""


def as_message(given: Any) -> Message:
    """Return a message as plain data, given as one or encoded; ValueError for anything else."""
    if isinstance(given, Message):
        return plain(given)
    try:
        return decode_message(given)
    except (KeyError, TypeError, AttributeError) as problem:
        raise ValueError(f"this is no message: {given!r}") from problem


Said = Annotated[Message, PlainValidator(as_message), PlainSerializer(encode_message, return_type=Encoded)]
"""A message in a record."""


class CheckFacts(Record):
    """One hidden check of one student."""

    id: str
    part: Part
    points: float
    max_points: float
    """What the check counts for; 0 for one that broke in the grader itself, and for work that could not be read."""
    verdict: Verdict
    finding: Said | None = None
    """What was found. May hold hidden inputs and words of the student's code."""
    brief: Said | None = None
    """The same without either."""
    limit: str | None = None
    """The limit that was hit (`cpu`, `wall`, `memory`, `output`, `message`, `processes`), or None."""
    remarks: tuple[Said, ...] = ()
    """What is worth knowing though it costs nothing. May name a hidden expectation."""
    covers: tuple[str, ...] = ()
    """Ids of the documented outputs that this check compares with."""


class Explained(Record):
    """A misconception and the checks that it explains."""

    misconception: str
    checks: tuple[str, ...]


class DiagnosisFacts(Record):
    """What the failed checks of an exercise tell about their cause."""

    tried: bool = False
    """Whether any failed check had something to diagnose."""
    misconceptions: tuple[Explained, ...] = ()
    """The misconceptions that are named; the one that explains most comes first."""
    candidates: tuple[str, ...] = ()
    """Misconceptions that explain the results equally well, so that none of them is named."""


class ExerciseFacts(Record):
    """One exercise of one student."""

    slug: str
    verdict: Verdict
    problem: Said | None = None
    """Why the exercise as a whole could not be judged, such as a missing file."""
    checks: tuple[CheckFacts, ...] = ()
    diagnosis: DiagnosisFacts = DiagnosisFacts()

    @property
    def points(self) -> float:
        """The points earned."""
        return round(sum(check.points for check in self.checks), DIGITS)

    @property
    def max_points(self) -> float:
        """The points that count."""
        return round(sum(check.max_points for check in self.checks), DIGITS)


class AnswerFacts(Record):
    """One quiz question, as this student was asked it, and what became of the answer."""

    id: str
    kind: str
    concepts: tuple[str, ...]
    """What the question is about, by the English terms."""
    seed: str
    """What this student's variant of the question replays from."""
    attempt: int
    """The attempt that counts, from 1."""
    points: float
    max_points: float
    verdict: AnswerVerdict
    problem: Said | None = None
    """Why the answer could not be read or does not count."""
    text: Both | None = None
    """The question with this student's numbers; None where the course's own text was asked as it stands."""
    code: str | None = None
    """As `text`."""
    options: tuple[Both, ...] = ()
    """What could be chosen or matched, each with its letter or number."""
    given: Both | None = None
    """The answer as it was understood."""
    key: Both | None = None
    """What is right."""
    explanation: Both | None = None
    """Why it is right; None where the course's own explanation stands as it is."""
    misconception: str | None = None
    """Id of the misconception that gives this very answer."""


class QuizFacts(Record):
    """One unit's quiz of one student."""

    unit: str
    points: float
    max_points: float
    problem: Said | None = None
    """What concerns the quiz as a whole, such as that no answers were handed in."""
    unread: bool = False
    """Whether answers were handed in that nobody could read: they count neither way until a person decides."""
    answers: tuple[AnswerFacts, ...] = ()


class SubmissionFacts(Record):
    """Everything that was decided about one submission."""

    version: Literal[1] = FACTS_VERSION
    student: str
    course: str
    """The version of the course, which names its `CourseTexts`."""
    isolation: str
    """The isolation that the student's code ran under."""
    problem: Said | None = None
    """Why the submission as a whole could not be read or judged."""
    remarks: tuple[Said, ...] = ()
    """What else concerns the submission as a whole, such as an answer to no question."""
    failed: bool = False
    """Whether the grader itself failed on the submission as a whole."""
    exercises: tuple[ExerciseFacts, ...] = ()
    quizzes: tuple[QuizFacts, ...] = ()

    @property
    def points(self) -> float:
        """The points earned."""
        exercises = sum(each.points for each in self.exercises)
        return round(exercises + sum(each.points for each in self.quizzes), DIGITS)

    @property
    def max_points(self) -> float:
        """The points that count."""
        exercises = sum(each.max_points for each in self.exercises)
        return round(exercises + sum(each.max_points for each in self.quizzes), DIGITS)

    @property
    def needs_review(self) -> bool:
        """Whether a failure of the grader itself, or work that it could not read, waits for a person."""
        answers = (answer for quiz in self.quizzes for answer in quiz.answers)
        return (
            self.failed
            or any(each.verdict in {Verdict.INTERNAL, Verdict.UNREAD} for each in self.exercises)
            or any(each.unread for each in self.quizzes)
            or any(each.verdict is AnswerVerdict.INTERNAL for each in answers)
        )


def encode_facts(facts: SubmissionFacts) -> dict[str, Any]:
    """Return facts as JSON can hold them."""
    return facts.model_dump(mode="json")


def decode_facts(data: dict[str, Any]) -> SubmissionFacts:
    """Return the facts that `encode_facts` was given; pydantic's ValidationError for anything else."""
    return SubmissionFacts.model_validate(data)
