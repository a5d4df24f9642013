"""What the sources of one process share: each way of spoiling it is seen, and honest work spoils nothing."""

import pytest

from grader.protocol.messages import Begin, Call, Load
from grader.sandbox import glance
from grader.sandbox.surroundings import Space, only_imported

SPOILS = {
    "a function of torch": "torch.sin = torch.cos",
    "a function of autograd": "torch.autograd.grad = print",
    "a method of tensors": "torch.Tensor.backward = lambda *given: None",
    "a method taken away": "del torch.Tensor.backward",
    "a method of modules": "torch.nn.Module.zero_grad = print",
    "a new method of tensors": "torch.Tensor.mine = print",
    "a new function of torch": "torch.mine = print",
    "a function of numpy": "import numpy\nnumpy.sum = print",
    "a function of Python": "import builtins\nbuiltins.hex = print",
    "an exchanged code": "torch.autograd.grad.__code__ = (lambda *given, **named: None).__code__",
    "an exchanged code of a method": "torch.Tensor.backward.__code__ = (lambda *given, **named: None).__code__",
    "exchanged defaults": "torch.autograd.grad.__defaults__ = (None, True, True, None, None, False)",
    "the default device": "torch.set_default_device('meta')",
    "a hook of all modules": "torch.nn.modules.module.register_module_forward_hook(print)",
    "a hook before all modules": "torch.nn.modules.module.register_module_forward_pre_hook(print)",
    "a hook of all backward passes": "torch.nn.modules.module.register_module_full_backward_hook(print)",
    "a hook of all optimizers": "from torch.optim import optimizer\noptimizer.register_optimizer_step_post_hook(print)",
    "saved-tensor hooks": "hooks = torch.autograd.graph.saved_tensors_hooks(torch.neg, torch.neg)\nhooks.__enter__()",
    "saved-tensor hooks forbidden": "torch._C._autograd._saved_tensors_hooks_disable('no')",
    "a function mode": "from torch.overrides import BaseTorchFunctionMode\nBaseTorchFunctionMode().__enter__()",
    "anomaly detection": "torch.autograd.set_detect_anomaly(True)",
    "deterministic algorithms": "torch.use_deterministic_algorithms(True)",
    "inference mode": "sys.kept = torch.inference_mode()\nsys.kept.__enter__()",
    "a module without a spec": "import types\nsys.modules['helper'] = types.ModuleType('helper')",
    "no module at all": "sys.modules['helper'] = 7",
    "another module in a known place": "import types\nsys.modules['math'] = types.ModuleType('math')",
    "a module taken away": "import math\ndel sys.modules['math']",
    "a finder": "sys.meta_path.insert(0, object())",
    "a path": "sys.path.append('/usr/share')",
    "a thread": "import threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()",
    "a timer": "import signal\nsignal.setitimer(signal.ITIMER_VIRTUAL, 1000)",
    "a signal handler": "import signal\nsignal.signal(signal.SIGUSR1, lambda *given: None)",
    "a blocked signal": "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})",
    "a callback of the garbage collector": "import gc\ngc.callbacks.append(lambda *given: None)",
    "no garbage collector": "import gc\ngc.disable()",
    "a last act": "import atexit\natexit.register(print)",
    "a trace": "sys.settrace(lambda *given: None)",
    "a profile": "sys.setprofile(lambda *given: None)",
    "an exception hook": "sys.excepthook = print",
    "another output": "import io\nsys.stdout = io.StringIO()",
    "the environment": "import os\nos.environ['LEFT'] = 'x'",
    "the depth of recursion": "sys.setrecursionlimit(5000)",
    "a filter of warnings": "import warnings\nwarnings.simplefilter('error')",
}
ANSWER = "def f(): return 7"
HONEST = """
import colorsys, wave
import xml.dom.minidom
import numpy
import torch.distributions

class Square(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * x

    @staticmethod
    def backward(ctx, grad):
        return 2 * ctx.saved_tensors[0] * grad

model = torch.nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
model(torch.ones(2)).sum().backward()
optimizer.step()
x = torch.ones(2, requires_grad=True)
with torch.no_grad(), torch.autograd.graph.saved_tensors_hooks(torch.neg, torch.neg):
    x * 2
Square.apply(x).sum().backward()
torch.func.hessian(lambda x: (x ** 3).sum())(torch.ones(2))
torch.set_default_dtype(torch.float64)
torch.set_grad_enabled(False)
torch.manual_seed(7)
print(numpy.ones(2), x)
"""


@pytest.fixture
def process(sandbox):
    """Yield a student process that two sources are to share, one of which it has loaded."""
    process = sandbox.start(exercises=2)
    assert load(process, "other", ANSWER).unchanged
    yield process
    process.close()


def load(process, name, source):
    return process.ask(Load(f"{name}.py", (source,), notebook=False, entries=("f",), shared=True))


def begin(process, name, *forbidden):
    return process.ask(Begin(f"{name}.py", forbidden, shared=True)).unchanged


def call(process):
    return process.ask(Call("f", ())).observations[0]


def calls(source):
    """Return a source that does what another does, but not until its function is called."""
    lines = "".join(f"    {line}\n" for line in source.splitlines())
    return f"import sys, torch\ndef f():\n{lines}"


@pytest.mark.parametrize("source", SPOILS.values(), ids=SPOILS)
def test_what_loading_spoils_is_seen(process, source):
    """A source that leaves something behind which others would meet is told so when it is loaded, and stays so."""
    loaded = load(process, "work", f"import sys, torch\n{source}")
    assert loaded.raised == ()
    assert not loaded.unchanged
    assert not load(process, "third", ANSWER).unchanged


@pytest.mark.parametrize("source", SPOILS.values(), ids=SPOILS)
def test_what_a_call_spoils_is_seen(process, source):
    """What a function leaves behind is seen when another source's turn comes."""
    assert load(process, "work", calls(source)).unchanged
    assert begin(process, "work")
    assert call(process).raised is None
    assert not begin(process, "other")


def test_honest_work_spoils_nothing(process):
    """Genuine imports, torch's ordinary use, prints and what is reset before each call leave things as they were."""
    loaded = load(process, "work", f"import sys, torch\n{HONEST}\ndef f(): return 7")
    assert loaded.raised == ()
    assert loaded.unchanged
    assert load(process, "late", calls("import sched, statistics\nprint(torch.ones(2))")).unchanged
    for name in ("work", "late", "other", "late", "work"):
        assert begin(process, name)
        assert call(process).raised is None
    assert begin(process, "other")


def test_what_is_undone_is_no_change(process):
    """A source that puts back what it exchanged leaves things as they were."""
    source = "kept = torch.sin\ntorch.sin = torch.cos\ntorch.sin = kept\nimport gc\ngc.disable()\ngc.enable()"
    assert load(process, "work", f"import torch\n{source}").unchanged


def test_guards_are_no_change(process):
    """What an exercise forbids is refused from the first `Begin` on, which is what later ones compare with."""
    forbidden = ("torch.autograd.functional.vjp", "torch.linalg.inv", "torch.optim.SGD")
    assert load(process, "work", calls("torch.linalg.inv(torch.eye(2))")).unchanged
    assert begin(process, "work", *forbidden)
    assert call(process).raised.type == "ForbiddenCall"
    assert begin(process, "other", *forbidden)


def test_a_process_that_is_not_shared_is_not_compared(start):
    """Alone in its process a source may change what it likes: nobody comes after it."""
    student = start("import torch\ntorch.sin = torch.cos\ndef f(): return 7")
    assert student.loaded.unchanged
    assert student.process.ask(Begin("work.py")).unchanged


class Unequal:
    """Something that can't be compared."""

    def __eq__(self, _other):
        raise ValueError("not comparable")

    __hash__ = None


def test_what_cannot_be_compared_is_told_by_identity():
    """A value whose comparison raises is the same only as itself."""
    one = Unequal()
    assert only_imported({"a": one}, {"a": one, "pytest": pytest})
    assert not only_imported({"a": one}, {"a": Unequal()})
    assert not only_imported({"a": one}, {})


@pytest.mark.parametrize("glances", [True, False], ids=["glance", "slow"])
def test_a_namespace_is_told_changed_with_and_without_a_glance(monkeypatch, glances):
    """Where a dict has no version that can be read, its content is compared, with the same result."""
    if not glances:
        monkeypatch.setattr(glance, "works", lambda: False)
    names = {"a": 1, "b": object()}
    space = Space.of(names)
    assert space.is_untouched == glances
    assert space.holds()
    names["pytest"] = pytest
    assert not space.is_untouched
    assert space.holds()
    with space.changed_by_us():
        names["ours"] = 7
    assert space.holds() == glances
    del names["ours"]
    assert space.renewed().holds()
    names["b"] = object()
    assert not space.holds()


def test_our_change_hides_none_of_the_students():
    """A name that was exchanged before the worker's own change is still seen after it."""
    names = {"a": 1}
    space = Space.of(names)
    names["a"] = 2
    with space.changed_by_us():
        names["ours"] = 7
    del names["ours"]
    assert not space.holds()


def test_this_python_can_be_glanced_at():
    """The supported Pythons keep the versions of dicts and the fields of functions where they are looked for."""
    assert glance.works()
