"""Throw-away courses, students in processes of their own, and processes that answer as they are told."""

import itertools
import textwrap
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from grader.catalogue.course import load_course
from grader.catalogue.exercise import Exercise
from grader.comparison.compare import DEFAULT_TOLERANCES
from grader.judge.bench import Judge, with_judge
from grader.judge.outcome import Outcome
from grader.judge.student import Program, Student
from grader.sandbox.limits import Limits
from grader.sandbox.process import StudentProcess
from grader.sandbox.sandbox import Sandbox

SECRET = b"the secret of a throw-away course"

CONFIG = """\
version: 1
title: {{en: Throw-away, zh: 临时课程}}
units:
  - name: {unit}
    title: {{en: Unit, zh: 单元}}
    exercises:
      - {{slug: {slug}, points: 1}}
"""

SHEET = """\
version: 1
title: {en: Exercise, zh: 练习}
concepts: [gradient]
entry_points: [answer]
hints: [{en: a, zh: 甲}, {en: b, zh: 乙}, {en: c, zh: 丙}]
"""

STARTER = '''\
def answer(x):
    """Return something."""
    raise NotImplementedError
'''

HIDDEN = """\
import pytest
import torch
from hypothesis import strategies as st

from grader.judge.hidden import Snippet, entries, nonzero, probe, tensors, vector_maps

"""


def write_course(root: Path, slug: str, hidden: str, *, unit: str = "unit") -> Exercise:
    """Write a course of one exercise whose hidden test file is `hidden`; return the exercise."""
    exercise = root / "exercises" / unit / slug
    texts = {
        root / "config.yaml": CONFIG.format(unit=unit, slug=slug),
        exercise / "exercise.yaml": SHEET,
        exercise / f"{slug}.py": STARTER,
        root / "tests" / "hidden" / unit / f"test_{slug}_hidden.py": hidden,
    }
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return load_course(root).exercises[0]


@pytest.fixture(scope="session")
def new_exercise(tmp_path_factory) -> Callable[[str], Exercise]:
    """Return what makes an exercise of its own course and slug from hidden tests, imports already written."""
    numbers = itertools.count(1)

    def make(hidden: str) -> Exercise:
        slug = f"thrown_away_{next(numbers)}"
        return write_course(tmp_path_factory.mktemp("course"), slug, HIDDEN + textwrap.dedent(hidden))

    return make


def program(source: str, *, cells: Sequence[str] = (), entries: Sequence[str] = ("answer",), **rules: Any) -> Program:
    """Return a submission: a file, or a notebook when `cells` are given; `rules` are the exercise's."""
    name = "answer.ipynb" if cells else "answer.py"
    texts = tuple(textwrap.dedent(each) for each in cells or (source,))
    parameters = dict.fromkeys(entries, ("x", "y"))
    return Program(name, texts, bool(cells), tuple(entries), parameters, **rules)


class PatientSource:
    """The shared sandbox's processes with wall time in plenty: on a busy machine CPU time alone tells what hangs."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self.limits = replace(sandbox.limits, call_wall_seconds=120.0, total_wall_seconds=600.0)

    def start(self, *, notebook: bool = False) -> StudentProcess:
        """Return a new process."""
        process = self._sandbox.start(notebook=notebook)
        process.limits = self.limits
        return process


@pytest.fixture(scope="session")
def new_student(sandbox) -> Callable[..., Student]:
    """Return what makes a student in a process of its own from the source of a file or the cells of a notebook."""
    source_of_processes = PatientSource(sandbox)

    def make(source: str = "", **options: Any) -> Student:
        return Student(program(source, **options), source_of_processes, DEFAULT_TOLERANCES)

    return make


@pytest.fixture(scope="session")
def outcomes_of(new_exercise, new_student) -> Callable[..., list[dict[str, Outcome]]]:
    """Return what runs hidden tests on submissions: a dict of outcomes by check for each."""

    def run(hidden: str, *sources: str, secret: bytes = SECRET) -> list[dict[str, Outcome]]:
        exercise = new_exercise(hidden)

        def use(judge: Judge) -> list[dict[str, Outcome]]:
            every = [judge.outcomes(exercise.slug, new_student(source)) for source in sources]
            return [{outcome.check.id: outcome for outcome in outcomes} for outcomes in every]

        return with_judge([exercise], secret, use)

    return run


class ScriptedProcess:
    """A student process that answers each request as `script` does, or raises what it raises."""

    def __init__(self, script: Callable[[Any], Any], source: "ScriptedSource") -> None:
        self._script = script
        self._source = source
        self.printed = bytearray()
        self.started = time.monotonic() - source.wall_seconds

    def ask(self, request: Any) -> Any:
        """Return the script's answer."""
        self._source.requests.append(request)
        return self._script(request)

    def cpu_seconds(self) -> float:
        """Return the CPU time that each process of the source claims."""
        return self._source.cpu_seconds

    def close(self) -> None:
        """Count that it was ended."""
        self._source.closed += 1


class ScriptedSource:
    """Starts scripted processes and remembers every request; a process says it used the given times."""

    def __init__(self, script: Callable[[Any], Any], *, cpu_seconds: float = 0.0, wall_seconds: float = 0.0) -> None:
        self.limits = Limits()
        self.cpu_seconds = cpu_seconds
        self.wall_seconds = wall_seconds
        self.requests: list[Any] = []
        self.started = 0
        self.closed = 0
        self._script = script

    def start(self, *, notebook: bool = False) -> ScriptedProcess:  # noqa: ARG002 - it answers alike
        """Return a new process."""
        self.started += 1
        return ScriptedProcess(self._script, self)


@pytest.fixture(scope="session")
def scripted() -> Callable[..., SimpleNamespace]:
    """Return what makes a student, and its source of processes, that answer as a function does."""

    def make(script: Callable[[Any], Any], **times: float) -> SimpleNamespace:
        source = ScriptedSource(script, **times)
        student = Student(program(""), source, DEFAULT_TOLERANCES)  # type: ignore[arg-type]
        return SimpleNamespace(student=student, source=source)

    return make


@pytest.fixture(scope="session")
def course_writer() -> Callable[..., Exercise]:
    """Return what writes a course into a given folder."""
    return write_course
