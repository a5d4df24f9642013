"""The command line, run in this process or in one of its own, on a copy of the project's course."""

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from incubator import warm_command
from rehearsed import exercise
from sample_exercises import copy_exercise, course_config, write_config
from stub_grader import no_executor, stub_grade_all

from grader.cli.app import main
from grader.grading import grade_all
from grader.grading.graded import Graded, failed_facts
from grader.grading.options import load_assignment
from grader.results.facts import QuizFacts, SubmissionFacts

UNIT, SLUG = "weights", "weighted_grad"

BREAKABLE = '''

@pytest.mark.check("edges", points=1.0)
def test_that_breaks(student):
    """A check that breaks in the judge when it is asked to.

    按要求在评分程序中出错的检查。
    """
    answer = student.call(Snippet("lambda x: 2 * x"), torch.tensor([1.25]), torch.tensor([1.0]))
    if answer.value and answer.value.tensor().tolist() == [902.0]:
        raise RuntimeError("broken on purpose: hidden words of the judge")
'''


@pytest.fixture
def copied(tmp_path, root):
    """Return the folder of a course that holds one exercise of the project and a quiz alone."""
    folder = tmp_path / "course"
    copy_exercise(root, folder, UNIT, SLUG)
    for part in ("exercises", "solutions"):
        shutil.copy(root / part / UNIT / "quiz.yaml", folder / part / UNIT)
    shutil.copy(root / "solutions" / "misconceptions.yaml", folder / "solutions")
    write_config(folder, course_config(root, UNIT))
    return folder


@pytest.fixture
def files(copied):
    """Return the places of the copied exercise's files."""
    return SimpleNamespace(
        starter=copied / "exercises" / UNIT / SLUG / f"{SLUG}.py",
        solution=copied / "solutions" / UNIT / SLUG / f"{SLUG}.py",
        wrong=copied / "solutions" / UNIT / SLUG / "wrong",
        hidden=copied / "tests" / "hidden" / UNIT / f"test_{SLUG}_hidden.py",
        config=copied / "config.yaml",
    )


@pytest.fixture
def breakable(files):
    """Add a hidden check that breaks in the judge for a submission that asks for it."""
    with files.hidden.open("a", encoding="utf-8") as file:
        file.write(BREAKABLE)


@pytest.fixture
def students(copied, files):
    """Return a class of two in the copied course: `ada` hands in the solution, `bob` the starter."""
    folder = copied / "class"
    folder.mkdir()
    shutil.copy(files.solution, folder / "ada.py")
    shutil.copy(files.starter, folder / "bob.py")
    return folder


@pytest.fixture
def grader(copied, monkeypatch, capsys):
    """Return what runs the command line here, from the copied course; gives exit code, stdout and stderr."""
    monkeypatch.chdir(copied)
    monkeypatch.delenv("GRADER_SECRET", raising=False)
    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["grader", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return SimpleNamespace(code=ended.value.code or 0, out=said.out, err=said.err)

    return run


@pytest.fixture
def refused(grader):
    """Return what runs a command that must be refused: exit code 2 and one sentence, which is given back."""

    def run(*arguments):
        ended = grader(*arguments)
        assert (ended.code, ended.out) == (2, "")
        assert ended.err.startswith("grader: ")
        assert ended.err.count("\n") == 1
        return ended.err.removeprefix("grader: ").rstrip()

    return run


@pytest.fixture
def process(copied):
    """Return what runs `python -m grader` as a process of its own, from the copied course or another folder.

    It is forked from a warm one unless `cold`.
    """

    def run(*arguments, cwd=copied, cold=False, **environment):
        inherited = {name: value for name, value in os.environ.items() if name != "GRADER_SECRET"}
        done = subprocess.run(
            [*([sys.executable, "-m", "grader"] if cold else warm_command()), *map(str, arguments)],
            cwd=cwd,
            env={**inherited, "COLUMNS": "200", **environment},
            capture_output=True,
            timeout=600,
            check=False,
        )
        assert b"Traceback" not in done.stderr, done.stderr.decode()
        return SimpleNamespace(code=done.returncode, out=done.stdout.decode(), err=done.stderr.decode())

    return run


class Rehearsal:
    """Stands in for a class's judges: facts that say nothing unless told otherwise."""

    def __init__(self):
        self.internal = frozenset()
        self.exercises = ()
        self.own = {}
        self.quizzes = ()
        self.breaks_off_after = None
        self.started = []
        self.asked = []

    @contextmanager
    def executor(self, options, jobs, **_rest):
        """Yield no executor."""
        self.started.append(SimpleNamespace(options=options, jobs=jobs))
        yield None

    def grade_all(self, submissions, _executor, options, *, in_flight, only):
        """Yield the same facts for each student, or internal ones for those who are to break; the last come first."""
        assert in_flight > 0
        submissions = list(submissions)
        self.asked.extend((each.student, only(each)) for each in submissions)
        assignment = load_assignment(options)
        for number, submission in enumerate(reversed(submissions)):
            if number == self.breaks_off_after:
                raise KeyboardInterrupt
            student = submission.student
            if student in self.internal:
                yield Graded(failed_facts(student, assignment), (f"Traceback of {student}",))
            else:
                course = assignment.course.version
                yield Graded(
                    SubmissionFacts(
                        student=student,
                        course=course,
                        isolation="sandbox",
                        exercises=self.own.get(student, self.exercises),
                        quizzes=self.quizzes,
                    )
                )


@pytest.fixture
def rehearsal(monkeypatch):
    """Replace the judges by a rehearsal; return it, to see how it was started and to choose who breaks."""
    stand_in = Rehearsal()
    monkeypatch.setattr(grade_all, "local_executor", stand_in.executor)
    monkeypatch.setattr(grade_all, "grade_all", stand_in.grade_all)
    return stand_in


@pytest.fixture
def stub_judges(monkeypatch):
    """Replace the judges by stubs that read a mark off each submission; return the list of whom they judged."""
    judged = []
    monkeypatch.setattr(grade_all, "local_executor", no_executor)
    monkeypatch.setattr(grade_all, "grade_all", stub_grade_all(judged.append))
    return judged


@pytest.fixture
def judges(rehearsal):
    """Return the rehearsal of judges: everybody earns 3 of 4, and 1 of 2 in the quiz."""
    rehearsal.exercises = (exercise(1, 1, 1, 0),)
    rehearsal.quizzes = (QuizFacts(unit=UNIT, points=1, max_points=2),)
    return rehearsal
