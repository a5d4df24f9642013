"""`config.yaml`: the course's units and exercises in order, points, limits, tolerances and policies.

Owns the file's form and its defaults. Knows nothing of where exercises lie or how they are judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, model_validator

from grader.installed import is_installed
from grader.yamlfile import Frozen, MisplacedError

Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Count = Annotated[int, Field(gt=0)]
Share = Annotated[float, Field(ge=0, le=1)]
ModuleName = Annotated[str, Field(pattern=r"^[A-Za-z_]\w*$", max_length=60)]
Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]


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
    due: datetime | None = None
    published: bool = False

    @model_validator(mode="after")
    def _due_date_is_given(self) -> FeedbackPolicy:
        if self.level is FeedbackLevel.AFTER_DUE and (self.due is None or self.due.tzinfo is None):
            raise ValueError("level after_due needs a `due` date with a time zone")
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


class UnitEntry(Frozen):
    """A unit: exercises, a quiz, or both."""

    name: Slug
    title: Text
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
    def all_tolerances(self) -> Tolerances:
        """Return the tolerance of every floating dtype: the course's own, or the default."""
        return {**DEFAULT_TOLERANCES, **{str(name): given for name, given in self.tolerances.items()}}

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
