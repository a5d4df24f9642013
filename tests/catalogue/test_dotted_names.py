"""What an expression names, and the table of functions that have several names."""

import ast
import importlib
import warnings
from inspect import signature

import pytest

from grader.catalogue.dotted_names import MOST, OTHER_HOMES, DottedNames, canonical
from grader.catalogue.scopes import Scopes


def names(source):
    """Return what the last statement of a source, an expression, names."""
    statements = ast.parse(source).body
    return DottedNames(Scopes(statements)).of(statements[-1].value)


@pytest.mark.parametrize(
    ("name", "public"),
    [
        ("torch.func.jacrev", "torch.func.jacrev"),
        ("functorch.jacrev", "torch.func.jacrev"),
        ("torch._functorch.eager_transforms.jacrev", "torch.func.jacrev"),
        ("torch._functorch.apis.grad", "torch.func.grad"),
        ("torch.autograd.__init__.grad", "torch.autograd.grad"),
        ("torch.autograd.functional.torch.nn.torch.func.vjp", "torch.func.vjp"),
        ("functorch.compile.memory", "functorch.compile.memory"),
        ("mytorch.func.jacrev", "mytorch.func.jacrev"),
        ("builtins.eval", "eval"),
        ("torch", "torch"),
    ],
)
def test_the_public_name(name, public):
    """A function that is reached under another name is known by its public one."""
    assert canonical(name) == public


@pytest.mark.parametrize(("home", "public"), OTHER_HOMES.items())
def test_another_home_holds_the_same_functions(home, public, course, monkeypatch):
    """What a module of the table shares with the public one is the very function, or only calls it."""
    there, here = importlib.import_module(home), importlib.import_module(public)
    forbidden = {name for exercise in course.exercises for name in exercise.sheet.forbidden}
    shared = [last for name in sorted(forbidden) if (last := name.removeprefix(f"{public}.")) in vars(there)]
    assert shared
    for name in shared:
        if vars(there)[name] is not vars(here)[name]:
            assert_only_calls(vars(there)[name], name, vars(here)[name], monkeypatch)


def assert_only_calls(wrapper, name, function, monkeypatch):
    """Assert that a wrapper returns what the function returns."""
    for module in ("torch._functorch.apis", "torch._functorch.eager_transforms"):
        if vars(importlib.import_module(module)).get(name) is function:
            monkeypatch.setattr(f"{module}.{name}", lambda *_given, **_named: "the function was called")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch calls its wrappers old
        arguments = [None] * sum(each.default is each.empty for each in signature(wrapper).parameters.values())
        assert wrapper(*arguments) == "the function was called"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("getattr", {"builtins.getattr"}),
        ("import torch\nx = 1\nx.func", set()),
        ("import os.path\nos.path", {"os.path"}),
        ("import os.path as p\np.join", {"os.path.join"}),
        ("from . import torch\ntorch.func", set()),
        ("from .torch import *\nfunc", {"builtins.func"}),
        ("from torch import *\nfunc", {"torch.func", "builtins.func"}),
        ("import a\nimport b\nb.c", {"b.c"}),
        ("import a\nif a:\n    import b as a\na.c", {"a.c", "b.c"}),
        ("import a, sys\nvars(sys)[a]", set()),
        ("import a\nvars(a)['x' + 'y']", {"a.xy"}),
        ("import a\nvars(a)[0]", set()),
        ("import a\na['x']", set()),
        ("import a\ngetattr(a, f'{a}')", set()),
        ("import a\ngetattr(a, f'{\"x\"!r}')", set()),
        ("import a\ngetattr(a)", set()),
        ("getattr()", set()),
        ("vars()", set()),
        ("import importlib\nimportlib.import_module(f'.b', 'a').c", {"a.b.c"}),
        ("import importlib\nimportlib.import_module('.b').c", set()),
    ],
)
def test_what_an_expression_names(source, expected):
    """Names are followed as far as the source says; what it does not say names nothing."""
    assert names(source) == expected


def test_an_expression_names_only_so_much():
    """However many names and texts an expression may put together, only some are followed."""
    imports = "".join(f"if x:\n    import a{number} as a\n    b = 'b{number}'\n" for number in range(10))
    assert names(f"{imports}a") == {"builtins.a", *(f"a{number}" for number in range(10))}
    assert len(names(f"{imports}getattr(a, b)")) == MOST


def test_a_text_grows_only_so_long():
    """A text put together of texts is followed up to a bound."""
    doubled = "".join(f"a{number + 1} = a{number} + a{number}\n" for number in range(12))
    assert names("import torch\na0 = 'x'\n" + doubled + "getattr(torch, a3)") == {"torch.xxxxxxxx"}
    assert names("import torch\na0 = 'x'\n" + doubled + "getattr(torch, a12)") == set()


def test_an_alias_is_followed_only_so_far():
    """A chain of aliases past any honest length names nothing."""
    chain = "import torch\na0 = torch\n" + "".join(f"a{number + 1} = a{number}\n" for number in range(100))
    assert names(chain + "a10.func") == {"torch.func"}
    assert names(chain + "a100.func") == set()
