"""Which scope a name belongs to, and which bindings may hold where it is read."""

import ast
import textwrap

import pytest

from grader.catalogue.scopes import LATE, LOOK_BACK, Place, Scopes


def read(source):
    """Return the scopes of a source and its expression `here`."""
    tree = ast.parse(textwrap.dedent(source))
    here = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == "here"]
    return Scopes(tree.body), here[0] if here else None


def lines(source, name):
    """Return the lines of the bindings that `name` may have where `here` is read, the latest first."""
    scopes, here = read(source)
    return [binding.line for binding in scopes.find(name, scopes.places[here])]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x = 1\nx = 2\nhere\nx = 3", [2]),
        ("x = 1\nif x:\n    x = 2\nhere", [3, 1]),
        ("x = 1\nfor x in y:\n    here", [2, 1]),
        ("x = 1\nx += 2\nhere", [2, 1]),
        ("def f():\n    here\nx = 1\nx = 2", [4]),
        ("x = 1\ndef f(x):\n    here", [2]),
        ("x = 1\ndef f(a=here):\n    x = 2", [1]),
        ("x = 1\nlambda x: here", [2]),
        ("x = 1\nclass A:\n    x = 2\n    here", [3]),
        ("x = 1\nclass A:\n    x = 2\n    def f(self):\n        here", [1]),
        ("x = 1\n[here for x in y]", [2]),
        ("x = 1\n[x for x in here]", [1]),
        ("x = 1\n[x for a in b for x in here]", [2]),
        ("def f():\n    x = 1\n    def g():\n        here", [2]),
        ("x = 1\ndef f():\n    global x\n    x = 2\n    here", [4, 1]),
        ("def f():\n    x = 1\n    def g():\n        nonlocal x\n        x = 2\n        here", [5, 2]),
        ("x = 1\ndef f():\n    [x := 2 for a in b]\n    here", [3]),
        ("try:\n    pass\nexcept E as x:\n    here", [3]),
        ("with a as x:\n    here", [1]),
        ("match a:\n    case [x, *y] | {'k': x, **z}:\n        here", [2, 2]),
        ("async def f(x, /, *, k):\n    here", [1]),
        ("here", []),
    ],
)
def test_what_a_name_may_be(source, expected):
    """A name means what Python's rules of visibility and the order of the statements say."""
    assert lines(source, "x") == expected


@pytest.mark.parametrize(
    "source",
    [
        "x, *y = here, 1",
        "x, y = here, *z",
        "x, y = here",
        "(x, y), z = here, 1",
        "*x, y = here",
        "for x in here: pass",
        "with here as (x, y): pass",
    ],
)
def test_an_unknown_part_keeps_its_source(source):
    """A target that can't be matched with a part of its source is bound to something unknown that the source makes."""
    scopes, here = read(source)
    [binding] = scopes.find("x", Place(scopes.module, LATE, sure=False))
    assert binding.value is None
    assert here in ast.walk(binding.root)


@pytest.mark.parametrize(
    "source",
    [
        "x = value\nhere",
        "x = y = value\nhere",
        "(x, [y]) = (value, [1])\nhere",
        "x: int = value\nhere",
        "(x := value)\nhere",
        "for x in [value]: here",
        "[here for x in (value,)]",
        "def f(x=value): here",
        "def f(a, b, /, x=value): here",
        "def f(*, x=value): here",
        "lambda x=value: here",
    ],
)
def test_a_known_part(source):
    """A target that matches a part of its source, and a parameter with a default, are bound to it."""
    scopes, here = read(source)
    [binding] = scopes.find("x", scopes.places[here])
    assert ast.unparse(binding.value) == "value"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import x\nhere", "x"),
        ("import x.y\nhere", "x"),
        ("import a.b as x\nhere", "a.b"),
        ("from a.b import x\nhere", "a.b.x"),
        ("from a import b as x\nhere", "a.b"),
        ("from a import *\nhere", "a.x"),
        ("from . import x\nhere", None),
        ("from .a import b as x\nhere", None),
    ],
)
def test_an_import(source, expected):
    """An import binds a dotted name; what lies beside the submission is unknown."""
    scopes, here = read(source)
    [binding] = scopes.find("x", scopes.places[here])
    assert binding.value == expected


def test_stores_are_kept_for_the_name_they_start_from():
    """What a module stores into the parts of a name is kept under that name, and only what the module itself stores."""
    scopes, _ = read("x.a[0].b = 1\nx[1] = 2\nf().c = 3\ndef g():\n    x.d = 4")
    assert [ast.unparse(value) for value in scopes.stores["x"]] == ["1", "2"]


def test_only_the_latest_bindings_are_looked_at():
    """A name that is bound again and again is followed to its latest bindings only."""
    source = "if x: x = 1\n" * (LOOK_BACK + 50) + "here"
    assert lines(source, "x") == list(range(LOOK_BACK + 50, 50, -1))


def test_every_expression_has_its_place(root):
    """In all of the grader's own sources and tests, each expression is placed in some scope."""
    for path in sorted([*root.glob("grader/**/*.py"), *root.glob("tests/catalogue/*.py")]):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        places = Scopes(tree.body).places
        assert [node for node in ast.walk(tree) if isinstance(node, ast.expr) and node not in places] == []
