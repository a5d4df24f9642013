"""The facts about one submission: what was decided, without words.

Owns the record that is stored, sent between machines and compared, its arithmetic, and its one way to JSON and back. It
has no language and no feedback level: a sentence is a key with parameters, and what the course itself says is in its
`CourseTexts`. Facts hold hidden inputs and expected values, so they are never shown as they are; `reports.render` puts
them into words. The same observations give equal facts, in any process and any order.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import PlainSerializer, PlainValidator

from grader.protocol.errors import ProtocolError
from grader.protocol.recording import Recording, decode_recording, encode_recording
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


def as_recording(given: Any) -> Recording:
    """Return a recording, given as one or encoded; ValueError for anything else."""
    if isinstance(given, Recording):
        return given
    try:
        return decode_recording(given)
    except ProtocolError as problem:
        raise ValueError(str(problem)) from problem


RecordingData = Annotated[
    Recording, PlainValidator(as_recording), PlainSerializer(encode_recording, return_type=list[Any])
]
"""A recording in a record."""


class GridFacts(Record):
    """What was returned beside what was expected. Holds expected values."""

    path: str = ""
    """The part of the result, such as `[1]`; empty for the whole."""
    got: tuple[tuple[str, ...], ...]
    """The rows of numbers as they are written; a vector is one row."""
    expected: tuple[tuple[str, ...], ...]
    wrong: tuple[tuple[bool, ...], ...] = ()
    """Which entries are wrong; empty where the shapes differ."""


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
    grid: GridFacts | None = None
    """The result that failed, entry by entry, where a grid can show it."""
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
    unexplained: tuple[str, ...] = ()
    """Ids of the failed checks that no named misconception and no candidate explains."""
    relation: Said | None = None
    """What the results that no misconception explains have to do with the right ones. Tells of hidden checks."""


class SourceLine(Record):
    """A line of the student's own source."""

    cell: int = 0
    line: int
    text: str


class RecordingFacts(Record):
    """How the student's function went about one call: the smallest counterexample of the first failed check."""

    check: str
    """Id of that check."""
    call: str
    """The call and its arguments, as a finding writes them. Holds hidden inputs."""
    recording: RecordingData
    lines: tuple[SourceLine, ...] = ()
    """The lines that the recording names, in order."""


class ObservationFacts(Record):
    """A fact read off the recording; its sentence is `observations.<name>`."""

    name: str
    line: int = 0
    """The line of the student's own source in which it showed; 0 where it has none."""
    cell: int = 0
    """The cell of a notebook; 0 for a file."""
    cause: int = 0
    """The line that led to it, such as the one that cut the graph; 0 where there is none."""
    cause_cell: int = 0


class HandMark(Record):
    """What a person decided on a part of a student's work; it goes before the judge's points."""

    points: float
    max_points: float
    comment: str = ""


class ExerciseFacts(Record):
    """One exercise of one student."""

    slug: str
    verdict: Verdict
    problem: Said | None = None
    """Why the exercise as a whole could not be judged, such as a missing file."""
    checks: tuple[CheckFacts, ...] = ()
    diagnosis: DiagnosisFacts = DiagnosisFacts()
    recording: RecordingFacts | None = None
    """None where every check passed, after a stop, and where the call did something else when it was recorded."""
    observations: tuple[ObservationFacts, ...] = ()
    """What the recording shows, what went wrong first."""
    mark: HandMark | None = None

    @property
    def points(self) -> float:
        """The points earned."""
        return self.mark.points if self.mark else round(sum(check.points for check in self.checks), DIGITS)

    @property
    def max_points(self) -> float:
        """The points that count."""
        return self.mark.max_points if self.mark else round(sum(check.max_points for check in self.checks), DIGITS)


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
    mark: HandMark | None = None
    """Where there is one, `points` and `max_points` are its own."""


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
        exercises = [each for each in self.exercises if each.mark is None]
        quizzes = [each for each in self.quizzes if each.mark is None]
        answers = (answer for quiz in quizzes for answer in quiz.answers)
        return (
            (self.failed and bool(exercises or not self.exercises))
            or any(each.verdict in {Verdict.INTERNAL, Verdict.UNREAD} for each in exercises)
            or any(each.unread for each in quizzes)
            or any(each.verdict is AnswerVerdict.INTERNAL for each in answers)
        )


def encode_facts(facts: SubmissionFacts) -> dict[str, Any]:
    """Return facts as JSON can hold them."""
    return facts.model_dump(mode="json")


def decode_facts(data: dict[str, Any]) -> SubmissionFacts:
    """Return the facts that `encode_facts` was given; pydantic's ValidationError for anything else."""
    return SubmissionFacts.model_validate(data)
