"""Forbidden calls, refused in a process of their own: each case runs in a fork of one that has torch imported."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

SERVER = """
import gc, json, os, sys
import numpy, pytest, torch
from grader.sandbox.guard import guard_calls
from grader.sandbox.warming import warm_torch

def run(names, before, after):
    space = {"__name__": "submission"}
    try:
        exec(before, space)
        guard_calls(names)
        exec(after, space)
    except BaseException as problem:
        return f"{type(problem).__name__}: {problem}"
    return space.get("result")

torch.set_num_threads(1)
warm_torch()
gc.freeze()
answers = os.dup(1)
os.dup2(2, 1)
for line in sys.stdin:
    if not (pid := os.fork()):
        os.write(answers, json.dumps(run(**json.loads(line))).encode() + b"\\n")
        os._exit(0)
    os.waitpid(pid, 0)
"""
JACOBIAN = "torch.autograd.functional.jacobian"
JACREV = "torch.func.jacrev"
GRAD = "torch.autograd.grad"

WAYS = {
    "its own name": "torch.func.jacrev(torch.sin)(x)",
    "its other home": "torch._functorch.eager_transforms.jacrev(torch.sin)(x)",
    "a function of torch that calls it": "torch.func.hessian(torch.sin)(x)",
    "an import": "from torch.func import jacrev as j; j(torch.sin)(x)",
    "a star": "from torch.func import *; jacrev(torch.sin)(x)",
    "the older package": "import warnings, functorch; warnings.simplefilter('ignore')\nfunctorch.jacrev(torch.sin)(x)",
    "import by text": "__import__('importlib').import_module('torch.' + 'cnuf'[::-1]).jacrev(torch.sin)(x)",
    "a text in pieces": "getattr(torch.func, ''.join(['jac', 'rev']))(torch.sin)(x)",
    "an evaluation": "eval('torch.func.jac' + 'rev')(torch.sin)(x)",
    "an attribute getter": "__import__('operator').attrgetter('func.jacrev')(torch)(torch.sin)(x)",
    "a module in a list": "[torch.nn, torch.func][1].jacrev(torch.sin)(x)",
    "a module out of a function": "(lambda: torch.func)().jacrev(torch.sin)(x)",
    "a search of a module": "[v for k, v in vars(torch.func).items() if k.endswith('crev')][0](torch.sin)(x)",
    "a search of the memory": "import gc; gc.unfreeze()\nfound = [each for each in gc.get_objects() if callable(each)"
    " and getattr(each, '__qualname__', '') == 'jacrev']\nlen(found) > 0 and found[0](torch.sin)(x)",
    "a reference taken before": "kept(torch.sin)(x)",
    "a partial made before": "bound()(x)",
    "a closure made before": "closed(x)",
    "a default": "(lambda f, jac=torch.func.jacrev: jac(f)(x))(torch.sin)",
    "arguments by name": "torch.func.jacrev(func=torch.sin, argnums=0, anything=1)",
}
BEFORE = """
import functools, torch
x = torch.ones(2)
kept = torch.func.jacrev
bound = functools.partial(torch.func.jacrev, torch.sin)
def closed(x, jac=torch.func.jacrev):
    return jac(torch.sin)(x)
"""


@pytest.fixture(scope="module")
def run() -> Iterator[Callable[..., object]]:
    """Return what runs a source before, and one after, the named calls are guarded; it returns `result`."""
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER],
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def run_one(*names: str, before: str = "import torch", after: str) -> object:
        server.stdin.write(json.dumps({"names": names, "before": before, "after": after}) + "\n")
        server.stdin.flush()
        return json.loads(server.stdout.readline())

    yield run_one
    server.stdin.close()
    server.stdout.close()
    server.wait()


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_forbidden_call_is_refused(run, way):
    """However a forbidden function is come by, calling it raises, and says which function it was."""
    assert run(JACREV, before=BEFORE, after=way) == f"ForbiddenCall: {JACREV} is not allowed in this exercise"


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_the_same_call_works_unguarded(run, way):
    """Without the guard each of those ways reaches the function: none is refused for another reason."""
    assert "ForbiddenCall" not in str(run(before=BEFORE, after=way))
    assert way.startswith("torch.func.jacrev(func=") or run(before=BEFORE, after=way) is None


def test_a_table_of_torch_does_not_keep_the_function(run):
    """A function that torch also holds in a table of its own is refused from there."""
    search = (
        "from torch.jit._builtins import _builtin_ops as ops\n[f for f, name in ops if name == 'aten::grad'][0](1, 2)"
    )
    assert run(GRAD, after=search) == f"ForbiddenCall: {GRAD} is not allowed in this exercise"


def test_every_forbidden_name_is_refused(run, course):
    """Each function that an exercise of the course forbids is there, and is refused under its own name."""
    for name in sorted({name for exercise in course.exercises for name in exercise.sheet.forbidden}):
        assert run(name, after=f"{name}(1)") == f"ForbiddenCall: {name} is not allowed in this exercise"


def test_backward_keeps_working(run, course):
    """With all forbidden that any exercise forbids, but for the way back itself, hooks and double backward work."""
    names = {name for exercise in course.exercises for name in exercise.sheet.forbidden} - {"torch.autograd.backward"}
    after = """
x = torch.tensor([1.0, 2.0], requires_grad=True)
seen = []
y = (x * x * x).sum()
y.register_hook(lambda grad: seen.append(float(grad)))
y.backward(create_graph=True, inputs=[x])
first, x.grad = x.grad, None
first.sum().backward()
result = [first.tolist(), x.grad.tolist(), seen]
"""
    assert run(*sorted(names), after=f"import warnings; warnings.simplefilter('ignore')\n{after}") == [
        [3.0, 12.0],
        [6.0, 12.0],
        [1.0],
    ]


def test_every_solution_passes_its_public_tests(run, course, tmp_path):
    """With the calls of its exercise guarded, each reference solution still passes the public tests."""
    for exercise in course.exercises:
        folder = tmp_path / exercise.slug
        folder.mkdir()
        shutil.copy(exercise.solution, folder)
        shutil.copy(exercise.public_tests, folder)
        arguments = ["-q", "-p", "no:cacheprovider", "--rootdir", str(folder), str(folder)]
        after = f"result = int(pytest.main({arguments!r}))"
        assert run(*exercise.sheet.forbidden, before="import pytest", after=after) == 0, exercise.slug


def test_only_the_named_functions_are_refused(run):
    """Other functions of the same modules go on working."""
    after = "result = torch.func.jacfwd(torch.sin)(torch.zeros(1)).tolist()"
    assert run(JACREV, JACOBIAN, GRAD, after=after) == [[1.0]]


@pytest.mark.parametrize(
    "name",
    ["torch.func.no_such_function", "no_such_package.f", "torch", "torch.func", "", ".", ".backward", "torch..f", "π"],
)
def test_an_unknown_name_is_ignored(run, name):
    """A name that is no function of what is loaded guards nothing and is no error."""
    assert run(name, JACREV, after="result = 1") == 1
    assert run(name, JACREV, after="torch.func.jacrev(1)").startswith("ForbiddenCall")


def test_looking_a_name_up_runs_nothing(run):
    """A module that makes its parts when they are asked for, as torch does, is not asked."""
    before = "import sys, types\nlazy = sys.modules['lazy'] = types.ModuleType('lazy')\nasked = []\n"
    answer = "lazy.__getattr__ = asked.append"
    assert run("lazy.part", "lazy.part.function", before=before + answer, after="result = asked") == []


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("torch.matmul", "torch.matmul(torch.eye(2), torch.eye(2))"),
        ("torch.linalg.inv", "torch.linalg.inv(torch.eye(2))"),
        ("torch.linalg.inv", "torch._C._linalg.linalg_inv(torch.eye(2))"),
        ("torch.Tensor.item", "torch.ones(1).item()"),
        ("torch.Tensor.backward", "torch.ones(1, requires_grad=True).sum().backward()"),
        ("torch.nn.utils.clip_grad_norm_", "torch.nn.utils.clip_grad_norm_([torch.ones(1)], 1)"),
        ("torch.nn.utils.clip_grad_norm_", "torch.nn.utils.clip_grad.clip_grad_norm_([torch.ones(1)], 1)"),
        ("torch.optim.SGD", "torch.optim.SGD([torch.ones(1)])"),
        ("numpy.linalg.inv", "import numpy; numpy.linalg.inv(numpy.eye(2))"),
    ],
)
def test_what_is_no_plain_function_is_refused_too(run, name, call):
    """Functions of C, wrapped functions, methods and classes are refused by the names that hold them."""
    assert run(name, after=call) == f"ForbiddenCall: {name} is not allowed in this exercise"
    assert run(after=call) is None


def test_a_class_is_refused_wherever_it_is_held(run):
    """A class that was taken before, or is made a base later, makes no instance; it stays a class."""
    before = "import torch\nkept = torch.optim.SGD"
    refusal = "ForbiddenCall: torch.optim.SGD is not allowed in this exercise"
    assert run("torch.optim.SGD", before=before, after="kept([torch.ones(1)])") == refusal
    assert run("torch.optim.SGD", before=before, after="type('Mine', (kept,), {})([torch.ones(1)])") == refusal
    assert run("torch.optim.SGD", after="result = isinstance(1, torch.optim.SGD)") is False


@pytest.mark.parametrize("name", ["builtins.exec", "builtins.len", "eval", "builtins.str.join"])
def test_what_the_process_itself_needs_stays(run, name):
    """Functions that are built into Python are left to the static rules."""
    assert run(name, after='exec(\'result = len(eval("[1]")) and "".join(["a"])\')') == "a"


def test_the_student_cannot_call_it_back(run):
    """Nothing of a guarded function is left on it that could be called instead."""
    after = """
f = torch.func.jacrev
parts = [f.__code__.co_name, f.__closure__, f.__defaults__, getattr(f, '__wrapped__', None)]
result = [str(each) for each in parts]
"""
    assert run(JACREV, after=after) == ["refused", "None", "None", "None"]


def test_a_student_may_catch_it(run):
    """The refusal is an ordinary exception: code that tries and falls back goes on."""
    after = "try:\n    torch.func.jacrev(1)\nexcept Exception as problem:\n    result = type(problem).__name__"
    assert run(JACREV, after=after) == "ForbiddenCall"


def test_what_was_called_before_stays_done(run):
    """A call from before the guard has its result; the same reference is refused afterwards."""
    before = "import torch\nkept = torch.func.jacrev\ndone = kept(torch.sin)(torch.zeros(1)).tolist()"
    after = "try:\n    kept(torch.sin)(torch.zeros(1))\nexcept Exception as problem:\n    result = [done, str(problem)]"
    assert run(JACREV, before=before, after=after) == [[[1.0]], f"{JACREV} is not allowed in this exercise"]
