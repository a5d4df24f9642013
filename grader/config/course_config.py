"""`config.yaml`: the course's units and exercises in order, points, limits, tolerances and policies.

Owns the file's form and its defaults. Knows nothing of where exercises lie or how they are judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, model_validator

from grader.installed import is_installed
from grader.moments import placed, read_moment, zone_of
from grader.yamlfile import Frozen, MisplacedError

Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Count = Annotated[int, Field(gt=0)]
Share = Annotated[float, Field(ge=0, le=1)]
ModuleName = Annotated[str, Field(pattern=r"^[A-Za-z_]\w*$", max_length=60)]
Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]


Moment = Annotated[datetime, BeforeValidator(read_moment)]
"""A date and time; without a zone it is one of the course's `timezone`."""


class Text(Frozen):
    """A text in both of the course's languages."""

    en: Annotated[str, Field(min_length=1)]
    zh: Annotated[str, Field(min_length=1)]

    def in_language(self, language: str) -> str:
        """Return the text in `en` or `zh`."""
        return self.zh if language == "zh" else self.en


class FeedbackLevel(StrEnum):
    """When a student may read what a hidden check saw."""

    HIDDEN = "hidden"
    AFTER_DUE = "after_due"
    AFTER_PUBLISHED = "after_published"
    VISIBLE = "visible"


class FeedbackPolicy(Frozen):
    """What a report may tell, and from when on."""

    level: FeedbackLevel = FeedbackLevel.VISIBLE
    due: Moment | None = None
    published: bool = False

    @model_validator(mode="after")
    def _due_date_is_given(self) -> FeedbackPolicy:
        if self.level is FeedbackLevel.AFTER_DUE and self.due is None:
            raise ValueError("level after_due needs a `due` date")
        return self

    def tells_all(self, now: datetime) -> bool:
        """Whether inputs, expected values and the student's own words may be shown at `now`."""
        match self.level:
            case FeedbackLevel.VISIBLE:
                return True
            case FeedbackLevel.AFTER_DUE:
                return self.due is not None and now >= self.due
            case FeedbackLevel.AFTER_PUBLISHED:
                return self.published
        return False


class LimitsConfig(Frozen):
    """What one exercise of one submission may use."""

    call_cpu_seconds: Positive = 2.0
    call_wall_seconds: Positive = 12.0
    total_cpu_seconds: Positive = 20.0
    total_wall_seconds: Positive = 60.0
    memory_mib: Annotated[int, Field(ge=256)] = 1024
    output_kib: Count = 1024
    message_mib: Annotated[int, Field(gt=0, le=1024)] = 16
    threads: Count = 16
    open_files: Annotated[int, Field(ge=32)] = 64
    restarts: Annotated[int, Field(ge=0)] = 3


class Tolerance(Frozen):
    """`|got - expected| <= absolute + relative * |expected|`."""

    relative: Annotated[float, Field(ge=0, allow_inf_nan=False)]
    absolute: Annotated[float, Field(ge=0, allow_inf_nan=False)]


class SubmissionsConfig(Frozen):
    """What students may hand in."""

    notebook_kib: Annotated[int, Field(ge=16, le=16 * 1024)] = 1024
    """How much code a notebook may hold; what its cells put out does not count."""


FloatName = Literal["float16", "bfloat16", "float32", "float64"]
Tolerances = Mapping[str, Tolerance]

DEFAULT_TOLERANCES: Tolerances = {
    "float16": Tolerance(relative=1e-2, absolute=1e-3),
    "bfloat16": Tolerance(relative=2e-2, absolute=1e-2),
    "float32": Tolerance(relative=1e-4, absolute=1e-5),
    "float64": Tolerance(relative=1e-7, absolute=1e-9),
}


class ExerciseEntry(Frozen):
    """An exercise's place in the course and what it is worth."""

    slug: Slug
    points: Positive


DEFAULT_IMPORTS = ("torch", "numpy", "matplotlib", "sympy", "networkx", "IPython")
COMES_WITH = {"torch": ("functorch",), "matplotlib": ("mpl_toolkits",)}
"""Modules that are no package of their own."""


class QuizEntry(Frozen):
    """What a unit's quiz is worth as a whole."""

    points: Positive


class QuizPolicy(Frozen):
    """How quiz answers are marked."""

    attempts: Count = 1
    """How many attempts at a question may count; the last of them does."""
    wrong_choice: Share = 0.0
    """The share of a question's points that a wrong choice costs; a quiz never goes below 0."""
    further_attempt: Share = 0.0
    """The share of a question's points that each attempt after the first costs."""
    tolerance: Tolerance = Tolerance(relative=1e-3, absolute=1e-4)
    """How exactly a number is to be typed."""


class LatePolicy(StrEnum):
    """What work costs that comes after its due date."""

    NONE = "none"
    ZERO = "zero"
    PER_DAY = "per_day"


class Attempts(StrEnum):
    """Which of several submissions of a student counts."""

    LAST = "last"
    BEST = "best"


class DatesConfig(Frozen):
    """When work is due, and what it costs to be late."""

    due: Moment | None = None
    """When a unit without a `due` of its own is due; None for never."""
    late: LatePolicy = LatePolicy.NONE
    per_day: Annotated[float, Field(gt=0, le=1)] | None = None
    """The share of a unit's points that each day costs that has begun."""
    free_days: Annotated[int, Field(ge=0, le=366)] = 0
    """How many days a unit may be late at no cost."""

    @model_validator(mode="after")
    def _cost_is_given(self) -> DatesConfig:
        if (self.late is LatePolicy.PER_DAY) != (self.per_day is not None):
            raise ValueError("`late: per_day` and `per_day`, the share that each day costs, go together")
        return self


class UnitEntry(Frozen):
    """A unit: exercises, a quiz, or both."""

    name: Slug
    title: Text
    due: Moment | None = None
    """When the unit is due; None for the date that all units share."""
    exercises: tuple[ExerciseEntry, ...] = ()
    quiz: QuizEntry | None = None

    @model_validator(mode="after")
    def _holds_something(self) -> UnitEntry:
        if not (self.exercises or self.quiz):
            raise ValueError("a unit has exercises, a quiz, or both")
        return self


class CourseConfig(Frozen):
    """The whole of `config.yaml`."""

    version: Literal[1]
    title: Text
    language: Literal["en", "zh"] = "en"
    units: Annotated[tuple[UnitEntry, ...], Field(min_length=1)]
    limits: LimitsConfig = LimitsConfig()
    submissions: SubmissionsConfig = SubmissionsConfig()
    tolerances: dict[FloatName, Tolerance] = Field(default_factory=dict)
    feedback: FeedbackPolicy = FeedbackPolicy()
    quiz: QuizPolicy = QuizPolicy()
    imports: tuple[ModuleName, ...] | None = None
    """What students may import beside Python's standard library; None for what is installed of `DEFAULT_IMPORTS`."""
    timezone: str | None = None
    """The zone of every time that names none, such as Europe/Berlin."""
    dates: DatesConfig = DatesConfig()
    attempts: Attempts = Attempts.LAST
    """Which of several submissions counts, of those that came before the deadline."""

    @property
    def importable(self) -> tuple[str, ...]:
        """Return the modules that students may import beside Python's standard library."""
        return self.imports or tuple(filter(is_installed, DEFAULT_IMPORTS))

    @model_validator(mode="after")
    def _imports_are_installed(self) -> CourseConfig:
        for index, name in enumerate(self.imports or ()):
            if not is_installed(name):
                raise MisplacedError(
                    f"imports names {name}, which is not installed here; install it or take it out", ("imports", index)
                )
        return self

    @property
    def zone(self) -> ZoneInfo:
        """Return the course's time zone; UTC where it has none."""
        return zone_of(self.timezone or "UTC")

    def due(self, unit: UnitEntry) -> datetime | None:
        """Return when a unit is due, or None for never."""
        due = unit.due or self.dates.due
        return due and placed(due, self.zone)

    @property
    def all_tolerances(self) -> Tolerances:
        """Return the tolerance of every floating dtype: the course's own, or the default."""
        return {**DEFAULT_TOLERANCES, **{str(name): given for name, given in self.tolerances.items()}}

    @model_validator(mode="before")
    @classmethod
    def _feedback_has_its_zone(cls, given: Any) -> Any:
        """Read the date that feedback waits for in the course's zone: a policy is used without the rest."""
        feedback = given.get("feedback") if isinstance(given, dict) else None
        if not (isinstance(feedback, dict) and feedback.get("due") and isinstance(given.get("timezone"), str)):
            return given
        with suppress(ValueError):  # told by the checks of these fields
            due = placed(read_moment(feedback["due"]), zone_of(given["timezone"]))
            return {**given, "feedback": {**feedback, "due": due}}
        return given

    @model_validator(mode="after")
    def _times_have_a_zone(self) -> CourseConfig:
        if self.timezone is not None:
            check_at(zone_of, self.timezone, ("timezone",))
        for place, moment in self._moments():
            if moment.tzinfo is None and self.timezone is None:
                raise MisplacedError(
                    "this time has no zone; add `timezone: Europe/Berlin` or such to the file, "
                    f"or write {moment.isoformat()}+01:00",
                    place,
                )
            check_at(placed, moment, place, self.zone)
        return self

    def _moments(self) -> Iterator[tuple[tuple[int | str, ...], datetime]]:
        """Yield every date of the file with its place."""
        if self.feedback.due:
            yield ("feedback", "due"), self.feedback.due
        if self.dates.due:
            yield ("dates", "due"), self.dates.due
        for index, unit in enumerate(self.units):
            if unit.due:
                yield ("units", index, "due"), unit.due

    @model_validator(mode="after")
    def _names_are_unique(self) -> CourseConfig:
        seen: set[tuple[int | str, str]] = set()
        for place, name in self._names():
            if (place[-1], name) in seen:
                raise MisplacedError(f"{name} stands twice; every unit and every exercise stands once", place)
            seen.add((place[-1], name))
        return self

    def _names(self) -> Iterator[tuple[tuple[int | str, ...], str]]:
        """Yield every unit's name and every slug, with its place in the file."""
        for index, unit in enumerate(self.units):
            yield ("units", index, "name"), unit.name
            for number, entry in enumerate(unit.exercises):
                yield ("units", index, "exercises", number, "slug"), entry.slug


def check_at(check: Callable[..., object], value: object, place: tuple[int | str, ...], *further: object) -> None:
    """Tell what a check says against a value by the value's place in the file."""
    try:
        check(value, *further)
    except ValueError as problem:
        raise MisplacedError(str(problem), place) from None
