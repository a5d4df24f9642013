"""What one source leaves behind in its process for the next one: nothing that counts."""

import shutil

import pytest

from grader.grading.judge import open_judge
from grader.grading.options import Options, load_assignment
from grader.judge.hosts import Hosts
from grader.submissions.submission import SourceFile, Submission

CONFIG = """\
version: 1
title: {en: "Two exercises", zh: "两道练习"}
units:
  - name: weights
    title: {en: "Weights", zh: "权重"}
    exercises:
      - {slug: weighted_grad, points: 4}
  - name: sums
    title: {en: "Sums", zh: "求和"}
    exercises:
      - {slug: sum_backward, points: 3}
"""
SPILLS = {
    "patched torch": "torch.autograd.backward = lambda *a, **k: None\n    torch.Tensor.backward = lambda *a, **k: None",
    "exchanged code": "torch.Tensor.backward.__code__ = (lambda *a, **k: None).__code__",
    "default device": "torch.set_default_device('meta')",
    "module hook": "torch.nn.modules.module.register_module_forward_hook(lambda *a: torch.zeros(1))",
    "saved tensors": "torch.autograd.graph.saved_tensors_hooks(lambda t: t * 0, lambda t: t).__enter__()",
    "modules": "import sys, types\n    sys.modules['torch'] = types.ModuleType('torch')",
    "import hook": "import sys\n    sys.meta_path.insert(0, type('F', (), {'find_spec': staticmethod(open)}))",
    "thread": "import threading\n    threading.Thread(target=threading.Event().wait, daemon=True).start()",
    "timer": "import signal\n    signal.signal(signal.SIGALRM, print)\n    signal.setitimer(signal.ITIMER_REAL, 9, 9)",
    "garbage": "import gc\n    gc.callbacks.append(lambda *a: torch.set_grad_enabled(False))",
    "atexit": "import atexit, os\n    atexit.register(os._exit, 3)",
    "trace": "import sys\n    sys.settrace(lambda *a: 1 / 0)",
    "builtins": "import builtins\n    builtins.len = lambda *a: 0",
    "hoard": "HOARD.append(bytearray(700 << 20))",
}
HONEST = """\
import torch


def weighted_grad(f, x, v):
    leaf = x.detach().clone().requires_grad_()
    f(leaf).backward(v)
    return leaf.grad


def sum_backward(f, x):
    leaf = x.detach().clone().requires_grad_()
    f(leaf).sum().backward()
    return leaf.grad
"""


@pytest.fixture(scope="module")
def judge(tmp_path_factory, root):
    """Yield a judge of two exercises that forbid the same."""
    course = tmp_path_factory.mktemp("spill") / "course"
    for part in ("exercises", "solutions", "tests/hidden"):
        for unit in ("weights", "sums"):
            shutil.copytree(root / part / unit, course / part / unit, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "solutions" / "misconceptions.yaml", course / "solutions")
    for sheet in course.glob("exercises/*/*/exercise.yaml"):
        text = sheet.read_text(encoding="utf-8")
        lines = ["needs: []" if line.startswith("needs:") else line for line in text.splitlines()]
        sheet.write_text("\n".join(lines), encoding="utf-8")
    (course / "config.yaml").write_text(CONFIG, encoding="utf-8")
    with open_judge(load_assignment(Options(course, b"a secret of the tests"))) as opened:
        yield opened


def spilling(act, *, when):
    """Return a right `weighted_grad` that does something to its process, when it is called or when it is loaded."""
    indented = act.replace("\n    ", "\n")
    if when == "loaded":
        return f"HOARD = []\n{HONEST}\n{indented}\n"
    return f"HOARD = []\n{HONEST}".replace("    leaf =", f"    {act}\n    leaf =", 1)


def graded(judge, source):
    """Return the facts of both exercises, the second answered honestly."""
    files = {
        "weighted_grad": SourceFile("weighted_grad.py", (source,), notebook=False),
        "sum_backward": SourceFile("sum_backward.py", (HONEST,), notebook=False),
    }
    first, second = judge.grade(Submission("ada", files, {}, None, "")).facts.exercises
    return first, second


def test_both_share_a_process(judge, monkeypatch):
    """The two exercises are run in one process, or the tests below would see nothing."""
    started = []
    start = judge.source.start
    monkeypatch.setattr(judge.source, "start", lambda **options: started.append(options) or start(**options))
    first, second = graded(judge, HONEST)
    assert (first.verdict, second.verdict) == ("passed", "passed")
    assert [each["exercises"] for each in started] == [2]


@pytest.mark.parametrize("when", ["called", "loaded"])
@pytest.mark.parametrize("spill", SPILLS)
def test_nothing_is_left_for_the_next_exercise(judge, spill, when):
    """Whatever a source does to its process, the next exercise of its author earns what it earns by itself."""
    _, second = graded(judge, spilling(SPILLS[spill], when=when))
    assert second.verdict == "passed"


def test_a_spill_is_seen_where_it_is_not_noticed(judge, monkeypatch):
    """Without the look at the surroundings the next exercise would pay: the test above can fail."""
    turn = Hosts._turn
    monkeypatch.setattr(Hosts, "_turn", lambda self, host, program: turn(self, host, program) or True)
    _, second = graded(judge, spilling(SPILLS["exchanged code"], when="called"))
    assert second.verdict != "passed"
