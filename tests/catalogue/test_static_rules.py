"""What counts as a use of a forbidden or required name, and what does not."""

import ast
import textwrap

import pytest

from grader.catalogue.static_rules import BrokenRule, broken_static_rules

JACOBIAN = "torch.autograd.functional.jacobian"
JACREV = "torch.func.jacrev"
GRAD = "torch.autograd.grad"
FORBIDDEN = (JACOBIAN, JACREV, GRAD)

TRICKS = {
    "its own name": "import torch\ndef answer(f, x):\n    return torch.func.jacrev(f)(x)",
    "another name of torch": "import torch as t\ndef answer(f, x):\n    return t.func.jacrev(f)(x)",
    "a module's alias": "import torch.autograd.functional as F\ndef answer(f, x):\n    return F.jacobian(f, x)",
    "a submodule's import": "import torch.autograd.functional\ndef answer(f, x):\n"
    "    return torch.autograd.functional.jacobian(f, x)",
    "a module from its package": "from torch.autograd import functional as F\ndef answer(f, x):\n"
    "    return F.jacobian(f, x)",
    "an alias by import": "from torch.autograd.functional import jacobian as j\ndef answer(f, x):\n    return j(f, x)",
    "a star": "from torch.func import *\ndef answer(f, x):\n    return jacrev(f)(x)",
    "a star of a package": "from torch import *\ndef answer(f, x):\n    return func.jacrev(f)(x)",
    "a star after an own name": "jacrev = None\nfrom torch.func import *\ndef answer(f, x):\n    return jacrev(f)(x)",
    "an alias by assignment": "import torch\nJ = torch.autograd.functional.jacobian\ndef answer(f, x):\n"
    "    return J(f, x)",
    "a module by assignment": "import torch\nF = torch.autograd.functional\ndef answer(f, x):\n"
    "    return F.jacobian(f, x)",
    "an annotated assignment": "import torch\nF: object = torch.func\ndef answer(f, x):\n    return F.jacrev(f)(x)",
    "a chain": "import torch\na = b = torch.func\nc = b\ndef answer(f, x):\n    return c.jacrev(f)(x)",
    "an alias kept before its name is taken": "import torch\nF = torch\nG = F\nF = None\ndef answer(f, x):\n"
    "    return G.func.jacrev(f)(x)",
    "a tuple": "import torch\na, (b, c) = 1, (torch.func, 2)\ndef answer(f, x):\n    return b.jacrev(f)(x)",
    "a walrus": "import torch\ndef answer(f, x):\n    return (F := torch.func) and F.jacrev(f)(x)",
    "a walrus in a module's own statement": "import torch\nJ = (F := torch.func) and F.jacrev\n"
    "def answer(f, x):\n    return J(f)(x)",
    "a walrus in a comprehension": "import torch\n[(F := torch.func) for _ in [1]]\ndef answer(f, x):\n"
    "    return F.jacrev(f)(x)",
    "a default": "import torch\ndef answer(f, x, jac=torch.func.jacrev):\n    return jac(f)(x)",
    "a default that is a module": "import torch\ndef answer(f, x, *, F=torch.func):\n    return F.jacrev(f)(x)",
    "a default from before": "import torch\nJ = torch.func\ndef answer(f, x, F=J):\n"
    "    return F.jacrev(f)(x)\nJ = None",
    "an import inside": "def answer(f, x):\n    from torch.func import jacrev\n    return jacrev(f)(x)",
    "a plain import inside": "def answer(f, x):\n    import torch\n    return torch.func.jacrev(f)(x)",
    "an import that may fail": "try:\n    from torch.func import jacrev as J\nexcept ImportError:\n    J = None\n"
    "def answer(f, x):\n    return J(f)(x)",
    "a global of another function": "def load():\n    global J\n    from torch.func import jacrev as J\nload()\n"
    "def answer(f, x):\n    return J(f)(x)",
    "a nonlocal": "import torch\ndef answer(f, x):\n    F = None\n    def load():\n        nonlocal F\n"
    "        F = torch.func\n    load()\n    return F.jacrev(f)(x)",
    "getattr": 'import torch\ndef answer(f, x):\n    return getattr(torch.func, "jacrev")(f)(x)',
    "getattr twice": 'import torch\ndef answer(f, x):\n    return getattr(getattr(torch, "func"), "jacrev")(f)(x)',
    "getattr by another name": "import builtins, torch\nfetch = builtins.getattr\ndef answer(f, x):\n"
    '    return fetch(torch.func, "jacrev")(f)(x)',
    "a sum of texts": 'import torch\ndef answer(f, x):\n    return getattr(torch.func, "jac" + "rev")(f)(x)',
    "an f-string": 'import torch\ndef answer(f, x):\n    return getattr(torch.func, f"jacrev")(f)(x)',
    "an f-string of texts": "import torch\ndef answer(f, x):\n    return getattr(torch.func, f\"jac{'rev'}\")(f)(x)",
    "a text with a name": 'import torch\nWHICH = "jac"\ndef answer(f, x):\n    end = "rev"\n'
    "    return getattr(torch.func, WHICH + end)(f)(x)",
    "import_module": "import importlib\ndef answer(f, x):\n"
    '    return importlib.import_module("torch.func").jacrev(f)(x)',
    "import_module within a package": "from importlib import import_module as load\ndef answer(f, x):\n"
    '    return load(".func", "torch").jacrev(f)(x)',
    "__import__": 'def answer(f, x):\n    return __import__("torch").func.jacrev(f)(x)',
    "__import__ of a part": 'def answer(f, x):\n    return __import__("torch.func").func.jacrev(f)(x)',
    "reload": "import importlib, torch\ndef answer(f, x):\n    return importlib.reload(torch.func).jacrev(f)(x)",
    "partial": "import functools, torch\ndef answer(f, x):\n    return functools.partial(torch.func.jacrev, f)()(x)",
    "vars": 'import torch\ndef answer(f, x):\n    return vars(torch.func)["jacrev"](f)(x)',
    "a namespace": 'import torch\ndef answer(f, x):\n    return torch.func.__dict__["jacrev"](f)(x)',
    "a namespace's get": 'import torch\ndef answer(f, x):\n    return vars(torch.func).get("jacrev")(f)(x)',
    "__getattribute__": 'import torch\ndef answer(f, x):\n    return torch.func.__getattribute__("jacrev")(f)(x)',
    "sys.modules": 'import sys, torch\ndef answer(f, x):\n    return sys.modules["torch.func"].jacrev(f)(x)',
    "a decorator": "import torch\n@torch.func.jacrev\ndef square(x):\n    return x * x\ndef answer(f, x):\n"
    "    return square(x)",
    "a decorated entry": "import torch\n@torch.func.jacrev\ndef answer(x):\n    return x * x",
    "a lambda": "import torch\nhow = lambda f, x: torch.func.jacrev(f)(x)\ndef answer(f, x):\n    return how(f, x)",
    "an entry that is a lambda": "import torch\nanswer = lambda f, x: torch.func.jacrev(f)(x)",
    "a comprehension": "import torch\ndef answer(f, x):\n    return [J(f)(x) for J in [torch.func.jacrev]][0]",
    "a module in a comprehension": "import torch\ndef answer(f, x):\n"
    "    return {F: F.jacrev(f)(x) for F in (torch.func,)}",
    "a loop": "import torch\ndef answer(f, x):\n    for F in (torch.func, torch.nn):\n        return F.jacrev(f)(x)",
    "a class": "import torch\nclass Ways:\n    best = torch.func.jacrev\ndef answer(f, x):\n    return Ways.best(f)(x)",
    "a method": "import torch\nclass Way:\n    def go(self, f, x):\n        return torch.func.jacrev(f)(x)\n"
    "def answer(f, x):\n    return Way().go(f, x)",
    "an entry that is a class": "import torch\nclass answer:\n    def __new__(cls, f, x):\n"
    "        return torch.func.jacrev(f)(x)",
    "a nested function": "import torch\ndef answer(f, x):\n    def inner():\n        return torch.func.jacrev(f)(x)\n"
    "    return inner()",
    "a helper of a helper": "import torch\ndef one(f, x):\n    return two(f, x)\ndef two(f, x):\n"
    "    return torch.func.jacrev(f)(x)\ndef answer(f, x):\n    return one(f, x)",
    "a table": 'import torch\nWAYS = {"a": torch.func.jacrev}\ndef answer(f, x):\n    return WAYS["a"](f)(x)',
    "a table filled later": 'import torch\nWAYS = {}\nWAYS["a"] = torch.func.jacrev\ndef answer(f, x):\n'
    '    return WAYS["a"](f)(x)',
    "a list that grows": "import torch\nWAYS = []\nWAYS += [torch.func.jacrev]\ndef answer(f, x):\n"
    "    return WAYS[0](f)(x)",
    "a with statement": "import contextlib, torch\nwith contextlib.nullcontext(torch.func.jacrev) as J:\n    pass\n"
    "def answer(f, x):\n    return J(f)(x)",
    "a choice": "import torch\nF = torch.func if torch else None\ndef answer(f, x):\n    return F.jacrev(f)(x)",
    "an either-or": "import torch\nF = None or torch.func\ndef answer(f, x):\n    return F.jacrev(f)(x)",
    "an entry by another name": "import torch\ndef other(f, x):\n    return torch.func.jacrev(f)(x)\nanswer = other",
    "an entry made by a call": "import torch\ndef make():\n    return globals()['hidden']\n"
    "def hidden(f, x):\n    return torch.func.jacrev(f)(x)\nanswer = make()",
    "the function itself": "import torch\nanswer = torch.autograd.functional.jacobian",
    "the function itself by import": "from torch.autograd.functional import jacobian as answer",
    "a home of its own": "from torch._functorch.eager_transforms import jacrev\ndef answer(f, x):\n"
    "    return jacrev(f)(x)",
    "the older package": "import functorch\ndef answer(f, x):\n    return functorch.jacrev(f)(x)",
    "torch inside a module of torch": "import torch.autograd.functional as F\ndef answer(f, x):\n"
    "    return F.torch.func.jacrev(f)(x)",
    "the package's own file": "import torch.autograd.__init__ as again\ndef answer(f, x):\n"
    "    return again.grad(f(x), x)",
    "a mention without a call": "import torch\ndef answer(f, x):\n    J = torch.func.jacrev\n    return J",
    "a recursive helper": "import torch\ndef answer(f, x):\n    return step(f, x)\ndef step(f, x):\n"
    "    return answer(f, x) or torch.func.jacrev(f)(x)",
}

HONEST = {
    "an own function of that name": "def jacobian(f, x):\n    return x\ndef answer(f, x):\n    return jacobian(f, x)",
    "an own function that hides an import": "from torch.func import jacrev\ndef jacrev(f):\n    return f\n"
    "def answer(f, x):\n    return jacrev(f)(x)",
    "an own function that hides a star": "from torch.func import *\ndef jacrev(f):\n    return f\n"
    "def answer(f, x):\n    return jacrev(f)(x)",
    "an attribute of something else": "def answer(f, x):\n    return x.jacobian(f) + f.grad + x.func.jacrev",
    "an attribute of an own module": "import mine\ndef answer(f, x):\n    return mine.torch_func.jacrev(f)(x)",
    "an attribute that is set": "import torch\ndef answer(f, x):\n    torch.func.jacrev = None\n    return x",
    "a text": 'def answer(f, x):\n    """Do not use torch.func.jacrev."""\n    return "torch.func.jacrev"',
    "a comment": "import torch\ndef answer(f, x):\n    # torch.func.jacrev(f)(x)\n    return x",
    "a local torch": "import torch\ndef answer(f, x):\n    torch = f\n    return torch.func.jacrev(x)",
    "a parameter named torch": "import torch\ndef answer(torch, x):\n    return torch.func.jacrev(x)",
    "a torch of a comprehension": "import torch\ndef answer(f, x):\n    return [torch.func.jacrev for torch in x]",
    "an own getattr": "import torch\ndef getattr(a, b):\n    return a\ndef answer(f, x):\n"
    '    return getattr(torch.func, "jacrev")',
    "another function of the module": "import torch\ndef answer(f, x):\n    return torch.func.vmap(f)(x)",
    "a longer name": "import torch\ndef answer(f, x):\n    with torch.autograd.grad_mode.no_grad():\n"
    "        return f(x)",
    "an import alone": "from torch.func import jacrev\ndef answer(f, x):\n    return x",
    "a check of one's own": "import torch\ndef answer(f, x):\n    return x\n"
    "print(torch.func.jacrev(torch.sin)(torch.ones(2)) - answer(torch.sin, torch.ones(2)))",
    "a check of one's own in a function": "import torch\ndef answer(f, x):\n    return x\ndef check():\n"
    "    assert answer(torch.sin, 1) == torch.func.jacrev(torch.sin)(1)\ncheck()",
    "a main block": "import torch\ndef answer(f, x):\n    return x\nif __name__ == '__main__':\n"
    "    print(torch.func.jacrev(torch.sin))",
    "a first attempt": "import torch\ndef answer(f, x):\n    return torch.func.jacrev(f)(x)\ndef answer(f, x):\n"
    "    return x",
    "a check of one's own beside an entry by another name": "import torch\ndef other(f, x):\n    return x\n"
    "same = other\nanswer = same\nprint(torch.func.jacrev(torch.sin))",
    "a result with the name of a local": "import torch\nrows = []\nrows[0] = torch.func.jacrev(torch.sin)\n"
    "def answer(f, x):\n    rows = []\n    return rows",
    "a class's own name": "import torch\nclass Ways:\n    torch = 1\n    def go(self):\n        return torch.sin\n"
    "def answer(f, x):\n    return Ways().go()",
}


def uses(*cells, entries=("answer",), forbidden=FORBIDDEN, required=()):
    """Return the rules that cells break."""
    return broken_static_rules(cells, entries=entries, forbidden=forbidden, required=required)


@pytest.mark.parametrize("source", TRICKS.values(), ids=TRICKS)
def test_a_trick_is_seen(source):
    """A forbidden function is found by whatever name and way the entry point reaches it."""
    ast.parse(source)
    assert uses(source)
    assert {rule.kind for rule in uses(source)} == {"forbidden"}


@pytest.mark.parametrize("source", HONEST.values(), ids=HONEST)
def test_a_look_alike_is_fine(source):
    """Names that only look alike, and uses that no entry point can reach, break nothing."""
    ast.parse(source)
    assert uses(source) == ()


def test_the_place_is_told():
    """A broken rule names the function as the exercise does, the line of its use and the cell."""
    source = "from torch.func import jacrev as j\n\ndef answer(f, x):\n    y = f(x)\n    return j(f)(x)\n"
    assert uses(source) == (BrokenRule("forbidden", JACREV, 5, 1),)


def test_lines_count_within_their_cell():
    """In a notebook the line is told of its own cell, whatever ends the lines before."""
    cells = [
        "import torch\r\nx = 1",
        "",
        'a = """\x0c\u2028"""',
        "def answer(f, x):\n    return torch.func.jacrev(f)(x)",
    ]
    assert uses(*cells) == (BrokenRule("forbidden", JACREV, 2, 4),)


def test_each_line_is_told_once_in_order():
    """Several uses come in the order of the source, one for each name and line."""
    source = """\
    import torch

    def answer(f, x):
        a = torch.func.jacrev(f)(torch.func.jacrev(f)(x))
        b = torch.autograd.grad(f(x), x)
        return torch.func.jacrev(f)(b), torch.autograd.functional.jacobian(f, a)
    """
    places = [(rule.line, rule.name) for rule in uses(textwrap.dedent(source))]
    assert places == [(4, JACREV), (5, GRAD), (6, JACOBIAN), (6, JACREV)]


def test_a_later_cell_replaces_an_earlier_one():
    """The definition that holds when the notebook is through is the one that counts."""
    first = "import torch\ndef answer(f, x):\n    return torch.func.jacrev(f)(x)"
    second = "def answer(f, x):\n    return x"
    assert uses(first, second) == ()
    assert uses(first, second, "kept = 1", first) == (BrokenRule("forbidden", JACREV, 3, 4),)


def test_a_definition_that_may_not_happen_replaces_nothing():
    """A definition under a condition leaves the one before it alive."""
    first = "import torch\ndef answer(f, x):\n    return torch.func.jacrev(f)(x)"
    assert uses(first, "if 0:\n    def answer(f, x):\n        return x")


def test_a_cell_that_cannot_be_read_hides_nothing():
    """A cell with a syntax error is left out; the others are read."""
    good = "import torch\ndef answer(f, x):\n    return torch.func.jacrev(f)(x)"
    broken = ["def (", "-" * 20_000 + "1", "a" + ".b" * 10_000, "\0"]
    assert uses(*broken, good, *broken) == (BrokenRule("forbidden", JACREV, 3, 5),)
    assert uses("def (", good) == (BrokenRule("forbidden", JACREV, 3, 2),)


def test_everything_counts_for_an_entry_of_unknown_making():
    """Where nobody can tell what the entry point is, a use anywhere in the source breaks the rule."""
    source = "import torch\ndef other(f, x):\n    return torch.func.jacrev(f)(x)\n"
    assert uses(source + "def answer(f, x):\n    return x") == ()
    assert uses(source + "answer = make()")
    assert uses(source + "answer, more = make()")
    assert uses(source + "from .elsewhere import answer")


def test_only_the_entries_asked_for_count():
    """A function is judged by the rules of an exercise only when it is an entry point of it."""
    source = "import torch\ndef answer(f, x):\n    return x\ndef other(f, x):\n    return torch.func.jacrev(f)(x)"
    assert uses(source, entries=["answer"]) == ()
    assert uses(source, entries=["answer", "other"])


@pytest.mark.parametrize("source", ["", "def (", "import torch\ntorch.func.jacrev", "def answr(f, x):\n    return x"])
def test_a_missing_entry_breaks_nothing(source):
    """A source without the entry point, or that can't be read, is for the student process to tell of."""
    assert uses(source, required=[".backward"]) == ()


def test_a_forbidden_module_stands_for_its_functions():
    """A rule may name a whole module."""
    source = "from torch.func import jacrev\ndef answer(f, x):\n    return jacrev(f)(x)"
    assert uses(source, forbidden=["torch.func"]) == (BrokenRule("forbidden", "torch.func", 3, 1),)
    assert uses(source, forbidden=["torch.fun"]) == ()


def test_a_rule_may_name_another_home():
    """A rule that names a function by its less known module means the function."""
    source = "import torch\ndef answer(f, x):\n    return torch.func.jacrev(f)(x)"
    name = "torch._functorch.eager_transforms.jacrev"
    assert uses(source, forbidden=[name]) == (BrokenRule("forbidden", name, 3, 1),)


def test_a_built_in_function_may_be_forbidden():
    """A name without a dot is a function of Python itself."""
    source = "def answer(f, x):\n    return eval('x')"
    assert uses(source, forbidden=["eval"]) == (BrokenRule("forbidden", "eval", 2, 1),)


def test_a_forbidden_attribute():
    """A rule that starts with a dot forbids reading that attribute of anything, also by its text."""
    assert uses("def answer(f, x):\n    return x.numpy()", forbidden=[".numpy"])
    assert uses("def answer(f, x):\n    return getattr(x, 'numpy')()", forbidden=[".numpy"])
    assert uses("def answer(f, x):\n    return x.numpyish() + numpy(x)", forbidden=[".numpy"]) == ()


def test_a_required_name_that_is_missing():
    """A required name that no entry point reaches is told at the definition of the first entry point."""
    cells = ["import torch", "\n\ndef answer(f, x):\n    return x", "def check(y):\n    y.backward()"]
    broken = uses(*cells, forbidden=(), required=[".backward", GRAD])
    assert broken == (BrokenRule("required", ".backward", 3, 2), BrokenRule("required", GRAD, 3, 2))


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("def answer(f, x):\n    f(x).backward()", ".backward"),
        ("def go(y):\n    y.sum().backward()\ndef answer(f, x):\n    go(f(x))", ".backward"),
        ("def answer(f, x):\n    back = f(x).backward\n    back()", ".backward"),
        ("from torch.autograd import grad as g\ndef answer(f, x):\n    return g(f(x), x)", GRAD),
    ],
)
def test_a_required_name_that_is_there(source, name):
    """A required name may be used in a helper, through an alias, or as an attribute."""
    assert uses(source, required=[name], forbidden=()) == ()


def test_no_rules_break_nothing():
    """Without rules the source is not even read."""

    class Unread(list):
        def __iter__(self):
            raise AssertionError

    assert broken_static_rules(Unread(["x = 1"]), entries=["answer"], forbidden=[], required=[]) == ()


def test_every_solution_keeps_the_rules(course):
    """No reference solution, and no known-wrong one, breaks a static rule of its exercise."""
    for exercise in course.exercises:
        for path in (exercise.solution, *(wrong.path for wrong in exercise.wrong_solutions)):
            assert uses_of(exercise, path.read_text(encoding="utf-8")) == (), path


def test_every_forbidden_name_is_seen(course):
    """In each exercise, an entry point that is one of the forbidden functions breaks that very rule."""
    for exercise in course.exercises:
        for name in exercise.sheet.forbidden:
            source = f"import torch\n{exercise.sheet.entry_points[0]} = {name}"
            assert [rule.name for rule in uses_of(exercise, source) if rule.kind == "forbidden"] == [name]


def uses_of(exercise, source):
    """Return the rules of an exercise that a source breaks."""
    sheet = exercise.sheet
    return uses(source, entries=sheet.entry_points, forbidden=sheet.forbidden, required=sheet.required)
