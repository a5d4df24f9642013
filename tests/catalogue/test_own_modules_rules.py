"""The static rules read every file that an answer can import."""

import pytest

from grader.catalogue.static_rules import BrokenRule, broken_static_rules

FORBIDDEN = ("torch.autograd.functional.jacobian",)
IMPORT = "from torch.autograd.functional import jacobian\n"


def uses(source, required=(), **modules):
    """Return the rules that a source with modules of its own breaks."""
    own = {name.replace("__", "."): (f"{name}.py", text) for name, text in modules.items()}
    return broken_static_rules([source], entries=["answer"], forbidden=FORBIDDEN, required=required, modules=own)


@pytest.mark.parametrize(
    "source",
    [
        "from helpers import help\ndef answer(f, x): return help(f, x)",
        "import helpers\ndef answer(f, x): return helpers.help(f, x)",
        "import helpers as h\nanswer = h.help",
        "from helpers import *\ndef answer(f, x): return help(f, x)",
        "from helpers import help as answer",
        "def answer(f, x):\n    from helpers import help\n    return help(f, x)",
        "import importlib\ndef answer(f, x): return importlib.import_module('helpers').help(f, x)",
    ],
)
@pytest.mark.parametrize(
    "helper",
    [
        IMPORT + "def help(f, x):\n    return jacobian(f, x)",
        IMPORT + "def inner(f, x):\n    return jacobian(f, x)\ndef help(f, x): return inner(f, x)",
        "import torch\n\nhelp = torch.autograd.functional.jacobian",
    ],
)
def test_what_an_answer_reaches_in_a_helper_counts(source, helper):
    """A forbidden function in a helper is found by whatever way the entry point reaches it, with file and line."""
    (broken,) = uses(source, helpers=helper)
    assert (broken.kind, broken.name, broken.file, broken.line) == ("forbidden", FORBIDDEN[0], "helpers.py", 3)


def test_a_helper_of_a_helper_counts():
    """What is imported by what is imported is read, too."""
    broken = uses(
        "import one\ndef answer(f, x): return one.go(f, x)",
        one="from pack.two import go_on\ndef go(f, x): return go_on(f, x)",
        pack__two=IMPORT + "def go_on(f, x): return jacobian(f, x)",
    )
    assert broken == (BrokenRule("forbidden", FORBIDDEN[0], 2, 1, "pack__two.py"),)


def test_what_is_not_reached_does_not_count():
    """A helper may hold a check of one's own that the answer never calls."""
    helper = IMPORT + "def check(f, x): return jacobian(f, x)\ndef help(f, x): return x"
    assert uses("from helpers import help\ndef answer(f, x): return help(f, x)", helpers=helper) == ()


def test_what_is_required_may_stand_in_a_helper():
    """A required name that a helper uses for the answer is used."""
    source = "from helpers import help\ndef answer(f, x): return help(f, x)"
    assert uses(source, [".backward"], helpers="def help(f, x):\n    f(x).backward()\n    return x.grad") == ()
    (broken,) = uses(source, [".backward"], helpers="def help(f, x): return x.grad")
    assert (broken.kind, broken.file) == ("required", "")


def test_modules_that_import_one_another_end():
    """A circle of helpers is read once."""
    assert uses("import a\ndef answer(f, x): return a.go", a="import b\ngo = b.go", b="import a\ngo = a.go") == ()


def test_a_helper_that_cannot_be_read_breaks_nothing():
    """Of a helper that is no Python the student process tells."""
    assert uses("import a\ndef answer(f, x): return a.go", a="def go(:") == ()
