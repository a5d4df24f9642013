"""What a source in a student process can import: its own files by content, and what the course allows."""

import pytest

from grader.protocol.messages import Begin, Call, Load

HELPER = ("helpers", "helpers.py", "import torch\ndef leaf(x): return x + 1\n")
USES = "from helpers import leaf\ndef f(x): return leaf(x)\n"


@pytest.fixture
def share(sandbox):
    """Give a function that loads sources, each with its own modules, into one process."""
    made = []

    class Process:
        def __init__(self):
            self.process = sandbox.start(exercises=2)
            made.append(self.process)

        def load(self, name, source, *modules, imports=None):
            rest = {"shared": True, "modules": modules, "imports": imports}
            return self.process.ask(Load(f"{name}.py", (source,), notebook=False, entries=("f",), **rest))

        def call(self, name, *arguments, forbidden=()):
            begun = self.process.ask(Begin(f"{name}.py", forbidden, shared=True))
            assert begun.unchanged
            return self.process.ask(Call("f", arguments)).observations[0]

    yield Process
    for process in made:
        process.close()


def test_a_helper_is_imported_by_content(share):
    """A file that came with the source is a module; one that did not does not exist."""
    process = share()
    assert process.load("one", USES, HELPER).raised == ()
    assert process.call("one", 1).value == 2
    (raised,) = share().load("one", USES).raised
    assert (raised.type, raised.line) == ("ModuleNotFoundError", 1)


def test_a_package_of_helpers_is_imported(share):
    """Folders are packages, with an `__init__.py` or without."""
    leaves = ("tools.leaves", "tools/leaves.py", "def leaf(x): return x * 3\n")
    inner = ("tools.deep", "tools/deep/__init__.py", "from tools.leaves import leaf\n")
    source = "import tools.leaves\nfrom tools.deep import leaf\ndef f(x): return leaf(x), tools.leaves.leaf(x)\n"
    process = share()
    assert process.load("one", source, leaves, inner).raised == ()
    assert process.call("one", 2).value == (6, 6)


def test_a_real_module_goes_before_a_helper_of_its_name(share):
    """A file named as one of Python's own modules, or as one that is loaded, is never run."""
    fakes = [(name, f"{name}.py", "raise RuntimeError('run')\n") for name in ("random", "torch", "msgpack", "grader")]
    source = "import random, torch, msgpack, grader\ndef f(x): return random.__name__, torch.__name__\n"
    process = share()
    assert process.load("one", source, *fakes).raised == ()
    assert process.call("one", 0).value == ("random", "torch")


def test_each_source_has_helpers_of_its_own(share):
    """Two sources of one process import two files of one name, and neither sees what the other left in its own."""
    source = "import helpers\ndef f(x):\n    helpers.seen.append(x)\n    return helpers.name, list(helpers.seen)\n"
    process = share()
    for name in ("one", "two"):
        module = ("helpers", "helpers.py", f"name, seen = {name!r}, []\n")
        assert process.load(name, source, module).unchanged
    assert process.call("one", 1).value == ("one", [1])
    assert process.call("two", 2).value == ("two", [2])
    assert process.call("one", 3).value == ("one", [1, 3])


def test_a_late_import_is_the_callers_own(share):
    """A helper that is imported while a function runs is gone when the next source is at work."""
    late = "def f(x):\n    import helpers\n    return helpers.leaf(x)\n"
    nosy = "import sys\ndef f(x):\n    return 'helpers' in sys.modules\n"
    process = share()
    process.load("one", late, HELPER)
    process.load("two", nosy)
    assert process.call("one", 1).value == 2
    assert process.call("two", 1).value is False
    assert process.call("one", 2).value == 3


def test_an_imported_exercise_runs_under_the_importers_rules(share):
    """A function that is forbidden to a source is forbidden to the file that it imports."""
    earlier = ("one", "one.py", "import torch\ndef one(x): return torch.autograd.functional.jacobian(torch.sin, x)\n")
    process = share()
    process.load("two", "import torch\nfrom one import one\ndef f(x): return one(torch.ones(2))\n", earlier)
    observation = process.call("two", 0, forbidden=("torch.autograd.functional.jacobian",))
    assert observation.raised.type == "ForbiddenCall"


def test_lines_are_those_of_the_source_itself(share):
    """What a helper raises is told by the line that called it."""
    process = share()
    process.load("one", USES, ("helpers", "helpers.py", "\n\n\ndef leaf(x):\n    raise ValueError(x)\n"))
    assert process.call("one", 1).raised.line == 2


ALLOWED = ("torch", "numpy")


@pytest.mark.parametrize("name", ["yaml", "pytest", "msgpack", "cloudpickle", "pandas", "sympy.core"])
def test_a_package_that_is_not_allowed_is_not_there(share, name):
    """Installed or not, loaded or not: what the course does not name can't be imported, in a helper neither."""
    for source, *modules in ((f"import {name}",), ("import helpers", ("helpers", "helpers.py", f"import {name}"))):
        (raised,) = share().load("one", source, *modules, imports=ALLOWED).raised
        assert (raised.type, raised.message, raised.line) == ("ModuleNotFoundError", f"No module named '{name}'", 1)


@pytest.mark.parametrize(
    "source",
    ["import torch.nn.functional", "from numpy import linalg", "import math, json, dataclasses", "import __main__",
     "from __future__ import annotations", "try:\n    import pandas\nexcept ImportError:\n    pandas = None"],
)  # fmt: skip
def test_what_is_allowed_is_there(share, source):
    """The standard library and the named packages can be imported, and a missing one can be done without."""
    assert share().load("one", source, imports=ALLOWED).raised == ()


def test_packages_import_what_they_need(share):
    """What is allowed may import others: the rule is for the student's own files."""
    process = share()
    assert process.load("one", "import sympy\ndef f(x): return str(sympy.sqrt(4))\n", imports=("sympy",)).raised == ()
    assert process.call("one", 0).value == "2"


@pytest.mark.parametrize("notebook", [False, True])
def test_plots_can_be_drawn(sandbox, notebook):
    """A library that keeps a list of fonts can be used, though the process has no folder to write it into."""
    pytest.importorskip("matplotlib")
    source = "import matplotlib.pyplot as plt\nplt.plot([0, 1])\nplt.title('x')\nplt.savefig\ndef f(x): return x\n"
    process = sandbox.start(notebook=notebook)
    try:
        name = "work.ipynb" if notebook else "work.py"
        assert process.ask(Load(name, (source,), notebook, ("f",), imports=("matplotlib",))).raised == ()
    finally:
        process.close()
