"""A small course to grade in: the project's `sum_backward` with four hidden checks of its own."""

import os
import shutil
import sys
from contextlib import nullcontext, suppress
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from grader.catalogue.texts import texts_of
from grader.config.course_config import FeedbackPolicy
from grader.grading import crew as crew_module
from grader.grading import grade_all as grade_all_module
from grader.grading import warm
from grader.grading.crew import Crew
from grader.grading.judge import open_judge
from grader.grading.options import Options, load_assignment
from grader.grading.warm import Keeper
from grader.grading.worker import CommandStarter
from grader.judge.own_time import RECORD
from grader.reports.render import rendered
from grader.submissions.submission import SourceFile, Submission

SLUG = "sum_backward"

KILL, BREAK = 901.0, 902.0
"""What a submission returns for the judge to be killed, or to break, on it."""

CONFIG = """\
version: 1
title: {en: Small course, zh: 小课程}
units:
  - name: graded
    title: {en: Unit, zh: 单元}
    exercises:
      - {slug: sum_backward, points: 3}
tolerances:
  float16: {relative: 0.5, absolute: 0.25}
limits:
  call_cpu_seconds: 1
  call_wall_seconds: 20
"""

HIDDEN = f'''\
"""Four checks that break in the judge itself for a submission that returns a certain number."""

import os
import signal

import pytest
import torch

from grader.judge.hidden import Snippet, probe, tensors

SQUARED = Snippet("lambda x: x * x")


def asks_for(answer, number):
    """Whether a submission returned a tensor of one number, by which it asks for something."""
    return set(answer.value.tensor().flatten().tolist()) == {{number}}


@pytest.mark.check("documented", points=0.75, covers=["d3-o1"])
def test_squares(student):
    """The squares of 0, 1, 2, 3.

    0、1、2、3 的平方。
    """
    answer = student.call(SQUARED, torch.arange(4.0))
    if asks_for(answer, {KILL}):
        os.kill(os.getpid(), signal.SIGKILL)
    answer.must_equal(torch.tensor([0.0, 2.0, 4.0, 6.0]))


@pytest.mark.check("probes", points=1.5)
@probe(tensors((3,)), examples=3)
def test_random_points(student, x):
    """Random points.

    随机的点。
    """
    student.call(SQUARED, x).must_equal(2 * x)


@pytest.mark.check("edges", points=0.5, needs="test_squares")
def test_argument_stays(student):
    """The argument is left alone.

    参数保持不变。
    """
    answer = student.call(SQUARED, torch.tensor([1.0, 2.0]))
    answer.must_equal(torch.tensor([2.0, 4.0]))
    answer.must_leave_arguments()


@pytest.mark.check("edges", points=0.25)
def test_no_graph(student):
    """The result carries no graph.

    结果不带计算图。
    """
    answer = student.call(SQUARED, torch.tensor([1.5]))
    if asks_for(answer, {BREAK}):
        raise RuntimeError("broken on purpose: hidden words of the judge")
    answer.must_equal(torch.tensor([3.0]))
    answer.must_carry_no_graph()
'''


STUB = f"""
import os, re, signal, struct, sys, mmap, time
from contextlib import suppress
from multiprocessing.connection import Connection

folder, before, at_work = sys.argv[1:4]
pipe, page = Connection(int(sys.argv[4])), mmap.mmap(int(sys.argv[6]), {RECORD.size})


def spend(seconds, slug, check):
    struct.pack_into("{RECORD.format}", page, 0, seconds, time.monotonic(), slug, check)


def times(name):
    with open(os.path.join(folder, name), "ab") as file:
        file.write(b"x")
        return file.tell()


open(os.path.join(folder, f"pid-{{os.getpid()}}"), "wb").close()
pipe.recv_bytes()  # the options
exec(before)
pipe.send("ready")
with suppress(EOFError):
    while True:
        given = pipe.recv_bytes()
        student = re.search(b"<([a-z0-9_-]+)>", given)[1].decode()
        exec(at_work)
        pipe.send(student)
"""
"""A worker that knows nothing of the grader; it answers with the student's name, which stands in angle brackets."""


class Stubs:
    """Workers that do as a test says before they are ready, and with each submission."""

    def __init__(self, folder):
        self.folder = folder

    def __call__(self, at_work="", *, before=""):
        """Return what starts them."""
        return CommandStarter((sys.executable, "-S", "-c", STUB, str(self.folder), before, at_work))

    def pids(self):
        """Return the numbers of all that were started."""
        return sorted(int(path.name.removeprefix("pid-")) for path in self.folder.glob("pid-*"))

    def running(self):
        """Return the numbers of those that have not ended, or that nobody has waited for."""
        return [pid for pid in self.pids() if is_there(pid)]


def is_there(pid):
    """Whether a process of this number is there."""
    with suppress(ProcessLookupError):
        os.kill(pid, 0)
        return True
    return False


@pytest.fixture
def stub(tmp_path):
    """Return what makes workers of a few lines."""
    return Stubs(tmp_path)


@pytest.fixture
def nobody():
    """Return what makes a submission of nothing, for stubs."""
    return lambda student: Submission(f"<{student}>", {}, {}, None, "")


@pytest.fixture
def crew(options, monkeypatch):
    """Yield what makes a crew of stubs, without zygotes."""
    monkeypatch.setattr(crew_module, "open_zygotes", lambda *_, **__: nullcontext())
    made = []

    def make(starter, **given):
        made.append(Crew(options, starter=starter, **given))
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture
def keeper(crew, monkeypatch):
    """Return what makes the keeper of this process one whose crews are of stubs."""

    def make(starter):
        own = Keeper()
        monkeypatch.setattr(warm, "Crew", lambda _options, jobs=1, loaded=None: crew(starter, jobs=jobs, loaded=loaded))
        for module in (warm, grade_all_module):
            monkeypatch.setattr(module, "keeper", lambda: own)
        return own

    return make


@pytest.fixture(scope="session")
def small_root(tmp_path_factory, root):
    """Return the folder of the small course."""
    folder = tmp_path_factory.mktemp("grading") / "course"
    for part in ("exercises", "solutions"):
        place = folder / part / "graded" / SLUG
        shutil.copytree(root / part / "sums" / SLUG, place, ignore=shutil.ignore_patterns("__pycache__"))
    for wrong in (folder / "solutions" / "graded" / SLUG / "wrong").iterdir():
        if wrong.name not in ("m14_mean_for_sum.py", "m101_requires_grad_left_on.py"):
            wrong.unlink()
    shutil.copy(root / "solutions" / "misconceptions.yaml", folder / "solutions")
    sheet = folder / "exercises" / "graded" / SLUG / "exercise.yaml"
    sheet.write_text(sheet.read_text(encoding="utf-8").replace("needs: [weighted_grad]", "needs: []"), encoding="utf-8")
    hidden = folder / "tests" / "hidden" / "graded" / f"test_{SLUG}_hidden.py"
    hidden.parent.mkdir(parents=True)
    hidden.write_text(HIDDEN, encoding="utf-8")
    (folder / "config.yaml").write_text(CONFIG, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def options(small_root):
    """Return the options of an ordinary run over the small course."""
    return Options(small_root, b"a secret of the tests")


@pytest.fixture(scope="session")
def assignment(options):
    """Return the small course, loaded."""
    return load_assignment(options)


@pytest.fixture(scope="session")
def sources(assignment):
    """Return what students of the small course write, by name."""
    (exercise,) = assignment.exercises
    solution = exercise.solution.read_text(encoding="utf-8")
    head = solution[: solution.index("    leaf =")]
    return SimpleNamespace(
        right=solution,
        starter=exercise.starter.read_text(encoding="utf-8"),
        mean=next(each.path for each in exercise.wrong_solutions if each.misconception == "M14").read_text("utf-8"),
        ones=f"{head}    return torch.ones_like(x)\n",
        doubled=f"{head}    return (2 * x).double()\n",
        forbidden=f"{head}    y = f(x)\n    return torch.autograd.functional.vjp(f, x, torch.ones_like(y))[1]\n",
        telling=f"{head}    raise ValueError(f'the hidden point is {{x}}')\n",
        breaks_grader=f"{solution}{asking_for(BREAK, numbers=1)}",
        kills_judge=f"{solution}{asking_for(KILL, numbers=4)}",
    )


def asking_for(what, *, numbers):
    """Return what makes a right solution return `what`, repeated, for a point of so many numbers."""
    return f"""
right = sum_backward


def sum_backward(f, x):
    return 0 * x.detach() + {what} if x.numel() == {numbers} else right(f, x)
"""


@pytest.fixture(scope="module")
def judge(assignment):
    """Yield a judge of the small course."""
    with open_judge(assignment) as opened:
        yield opened


@pytest.fixture(scope="session")
def submission():
    """Return what makes a submission of one source."""

    def make(student, source):
        file = SourceFile(f"{SLUG}.py", (source,), notebook=False)
        return Submission(student, {SLUG: file}, {}, None, "")

    return make


@pytest.fixture(scope="session")
def in_words():
    """Return what puts the facts of some course into words, in a language and at a feedback level."""

    def words(facts, course, language="en", level="visible"):
        policy, now = FeedbackPolicy(level=level), datetime.now(UTC)
        return rendered(facts, texts_of(course), language=language, policy=policy, now=now)

    return words
