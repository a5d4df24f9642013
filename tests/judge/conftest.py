"""Throw-away courses, students in processes of their own, and processes that answer as they are told."""

import itertools
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import cloudpickle
import pytest

from grader.catalogue.course import load_course
from grader.catalogue.exercise import Exercise
from grader.comparison.compare import DEFAULT_TOLERANCES
from grader.judge.check import Basis
from grader.judge.check import new_student as begin_student
from grader.judge.exercise_run import Judged, Means, judge_exercise
from grader.judge.hidden_tests import HiddenTests
from grader.judge.hosts import Hosts
from grader.judge.memory import Memory
from grader.judge.outcome import Outcome
from grader.judge.own_time import OwnTime
from grader.judge.program import Program
from grader.judge.run import Run
from grader.judge.student import Student
from grader.protocol.frames import Frame, Header, pack_frame, unpack_body
from grader.protocol.messages import Begin, Begun, decode_request, encode_reply
from grader.protocol.values import Decoder, Encoder
from grader.sandbox.limits import Limits
from grader.sandbox.process import NUMBER_BYTES, StudentProcess, decode_body, packed
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

SOLUTION = "def answer(x):\n    return x\n"

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
        root / "solutions" / unit / slug / f"{slug}.py": SOLUTION,
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
        self.started = 0

    def start(self, *, notebook: bool = False, exercises: int = 1) -> StudentProcess:
        """Return a new process."""
        self.started += 1
        process = self._sandbox.start(notebook=notebook, exercises=exercises)
        process.limits = self.limits
        return process


def student_of(run: Run) -> Student:
    """Return the student of a check that nothing is remembered of."""
    return begin_student(run, "exercise", "check", Basis(Memory(), DEFAULT_TOLERANCES, SECRET))


class Called:
    """A program that can be called like the student of a check, which is begun by the first call."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.spent = run.spent
        self.processes = run.hosts.source
        self._student: Student | None = None

    def begin_check(self, *, probe_seed: int = 0) -> None:
        """Begin another check."""
        self._student = student_of(self.run)
        self._student.probe_seed = probe_seed

    def __getattr__(self, name: str) -> Any:
        """Return what the student of the check has."""
        if self._student is None:
            self.begin_check()
        return getattr(self._student, name)

    def close(self) -> None:
        """End the exercise."""
        self.run.close()


@pytest.fixture(scope="session")
def processes(sandbox) -> PatientSource:
    """Return what starts student processes."""
    return PatientSource(sandbox)


@pytest.fixture(scope="session")
def new_student(processes) -> Callable[..., Called]:
    """Return what makes a student in a process of its own from the source of a file or the cells of a notebook."""

    def make(source: str = "", **options: Any) -> Called:
        return Called(Run(program(source, **options), Hosts(processes)))

    return make


@pytest.fixture(scope="session")
def called_on() -> Callable[[Run, Any], Any]:
    """Return what calls a program's function once, ends its exercise, and gives the value."""

    def call(run: Run, argument: Any) -> Any:
        try:
            return student_of(run).call(argument).value
        finally:
            run.close()

    return call


@pytest.fixture(scope="session")
def new_program() -> Callable[..., Program]:
    """Return what makes a submission for one exercise."""
    return program


@pytest.fixture(scope="session")
def judged_of(new_exercise, processes) -> Callable[..., list[Judged]]:
    """Return what runs hidden tests on submissions, one after the other."""

    def run(hidden: str, *sources: str, secret: bytes = SECRET) -> list[Judged]:
        exercise = new_exercise(hidden)
        with HiddenTests([exercise]) as tests:
            means = Means(tests, Basis(Memory(), DEFAULT_TOLERANCES, secret), OwnTime())
            return [judge_exercise(exercise.slug, program(each), Hosts(processes), means) for each in sources]

    return run


@pytest.fixture(scope="session")
def outcomes_of(judged_of) -> Callable[..., list[dict[str, Outcome]]]:
    """Return what runs hidden tests on submissions: a dict of outcomes by check for each."""

    def run(hidden: str, *sources: str, **options: Any) -> list[dict[str, Outcome]]:
        judged = judged_of(hidden, *sources, **options)
        return [{outcome.check.id: outcome for outcome in each.outcomes} for each in judged]

    return run


class ScriptedProcess:
    """A student process that answers each request as `script` does, or raises what it raises."""

    def __init__(self, script: Callable[[Any], Any], source: "ScriptedSource") -> None:
        self._script = script
        self._source = source
        self._sent: dict[int, Any] = {}
        self.pid = 0
        self.ended = False

    def send(self, frame: Frame) -> int:
        """Keep a request until its reply is asked for."""
        header = Header(0, frame.tree_size, len(frame.body) - frame.tree_size)
        tree, blob = unpack_body(frame.body, header)
        self._sent[len(self._sent)] = decode_request(tree, Decoder(blob, unpickle=cloudpickle.loads))
        return len(self._sent) - 1

    def receive(self, number: int, **_allowed: Any) -> memoryview:
        """Return the script's reply; what is no reply is sent as an answer to another question."""
        request = self._sent[number]
        self._source.requests.append(request)
        reply = Begun(unchanged=True) if isinstance(request, Begin) else self._script(request)
        encoder = Encoder(room=1 << 20)
        return memoryview(pack_frame(encode_reply(reply, encoder), encoder.blob).numbered(0)[NUMBER_BYTES:])

    def ask(self, request: Any, **_allowed: Any) -> Any:
        """Return the script's answer."""
        return decode_body(self.receive(self.send(packed(request))), self._source.limits)

    def check_threads(self) -> None:
        """Have one thread."""

    def cpu_seconds(self) -> float:
        """Return the CPU time that each process of the source claims, once it has been begun."""
        return self._source.cpu_seconds if self._sent else 0.0

    def close(self) -> None:
        """Count that it was ended."""
        self._source.closed += not self.ended
        self.ended = True


class ScriptedSource:
    """Starts scripted processes and remembers every request; a process says it used the given time."""

    def __init__(self, script: Callable[[Any], Any], *, cpu_seconds: float = 0.0) -> None:
        self.limits = Limits()
        self.cpu_seconds = cpu_seconds
        self.requests: list[Any] = []
        self.started = 0
        self.closed = 0
        self._script = script

    def start(self, *, notebook: bool = False, exercises: int = 1) -> ScriptedProcess:  # noqa: ARG002 - alike
        """Return a new process."""
        self.started += 1
        return ScriptedProcess(self._script, self)


@pytest.fixture(scope="session")
def scripted() -> Callable[..., SimpleNamespace]:
    """Return what makes a run, and its source of processes, that answer as a function does."""

    def make(script: Callable[[Any], Any], **times: float) -> SimpleNamespace:
        source = ScriptedSource(script, **times)
        run = Run(program(""), Hosts(source))  # type: ignore[arg-type]
        return SimpleNamespace(run=run, source=source, called=Called(run), student=lambda: student_of(run))

    return make


@pytest.fixture(scope="session")
def course_writer() -> Callable[..., Exercise]:
    """Return what writes a course into a given folder."""
    return write_course
