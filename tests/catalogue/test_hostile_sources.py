"""Hostile and odd sources: reading them for forbidden calls never fails, and sees what it can."""

import inspect
import sys
import warnings
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.catalogue.static_rules import LONGEST_SOURCE, broken_static_rules

JACOBIAN = "torch.autograd.functional.jacobian"
JACREV = "torch.func.jacrev"
GRAD = "torch.autograd.grad"
FORBIDDEN = (JACOBIAN, JACREV, GRAD)


def uses(*cells, entries=("answer",), forbidden=FORBIDDEN, required=()):
    """Return the rules that cells break."""
    return broken_static_rules(cells, entries=entries, forbidden=forbidden, required=required)


HOSTILE = {
    "deep brackets": "(" * 300,
    "deep signs": "-" * 50_000 + "1",
    "deep blocks": "".join(" " * depth + "def f():\n" for depth in range(120)),
    "a long chain of attributes": "answer = a" + ".b" * 30_000,
    "a long sum": "answer = 1" + " + 1" * 20_000,
    "a long chain of calls": "answer = a" + "()" * 20_000,
    "aliases in a circle": "a = b\nb = a\nanswer = a\n",
    "aliases that double": "".join(f"a{i + 1} = a{i} or a{i}\n" for i in range(2_000)) + "answer = a2000",
    "texts that double": "a0 = 'x'\n" + "".join(f"a{i + 1} = a{i} + a{i}\n" for i in range(2_000))
    + "answer = lambda: getattr(x, a2000)",
    "a name bound again and again": "if x: answer = answer\n" * 4_000,
    "a global name bound in circles": "def load():\n    global answer, b\n    answer = b\n    b = answer\n",
    "a local name bound in circles": "def answer():\n" + "    a = a or a\n" * 16 + "    return a.b\n",
    "a local text bound in circles": "def answer():\n" + "    a = a + a\n" * 16 + "    return getattr(x, a)\n",
    "names that double": "a0 = x\n"
    + "".join(f"a{i + 1} = a{i}.b or a{i}.c\n" for i in range(45))
    + "answer = a45",
    "stars": "from torch.func import *\n" * 3_000 + "answer = jacrev",
    "a strange number": "answer = " + "9" * 10_000,
    "a half of a character": "answer = '\ud800'",
    "a null": "answer\0",
    "names of every kind": "global x\nnonlocal y\nreturn\nyield\nawait z\n",
    "nonlocal in a circle": "def answer():\n    nonlocal answer\n    return answer\n",
    "a pattern": "match x:\n    case {'a': [answer, *rest], **more}:\n        pass\n"
    "    case A(b=c) as d:\n        pass\n",
}  # fmt: skip


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_source_is_read_or_left(source):
    """Sources that are deep, long, circular or broken raise nothing."""
    assert isinstance(uses(source, required=[".backward"]), tuple)


def test_a_use_beyond_what_is_deep_is_seen():
    """A source that is deep in one place is still read in the others."""
    use = "import torch\ndef answer(f, x):\n    return torch.func.jacrev(f)(x)\n"
    assert uses(use + "y = a" + ".b" * 900)
    assert uses(use + "".join(f"a{i + 1} = a{i}\n" for i in range(2_000)))


def test_a_stack_that_is_nearly_full_is_no_error():
    """Where Python's own stack does not suffice, nothing is found and nothing is raised."""
    chain = "".join(f"a{i + 1} = a{i}\n" for i in range(40))
    source = f"import torch\na0 = torch.func\n{chain}answer = a40.jacrev"
    assert uses(source)
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 60)
    try:
        assert uses(source) == ()
    finally:
        sys.setrecursionlimit(limit)


def test_a_source_that_is_too_long_is_left():
    """Past the bound a source is left to the guard in the student process."""
    use = "import torch\ndef answer(f, x):\n    return torch.func.jacrev(f)(x)\n"
    assert uses(use + "#" * (LONGEST_SOURCE - len(use)))
    assert uses(use + "#" * (LONGEST_SOURCE - len(use) + 1)) == ()
    assert uses("#" * (LONGEST_SOURCE + 1), use, "#" * LONGEST_SOURCE)
    assert uses("#" * LONGEST_SOURCE, use) == ()


def test_a_doubtful_escape_is_no_warning():
    """What Python remarks about a student's style does not reach the grader."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert uses('import torch\ndef answer(f, x):\n    "\\d"\n    return torch.func.jacrev(f)(x)')
    assert caught == []


PIECES = st.sampled_from(
    [*"()[]{}:=,.*@\n\t #'\"\\", "    ", "answer", "torch", ".func", ".jacrev", " = ", "def ", "lambda ", "import ",
     "from ", " as ", "class ", "for ", " in ", "if ", "else ", "global ", "nonlocal ", "match x:\n case ", ":=", "f'",
     "getattr(", "vars(", "with ", "try:\n ", "except ", "return ", "1"]
)  # fmt: skip


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(st.lists(st.text() | st.lists(PIECES).map("".join), max_size=3))
def test_any_text_is_read_or_left(cells):
    """Whatever the cells hold, nothing is raised."""
    assert isinstance(uses(*cells, required=[".backward"]), tuple)


@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(st.data())
def test_real_code_in_any_order_is_read(data):
    """Lines of this very file, in any order, raise nothing."""
    lines = Path(__file__).read_text(encoding="utf-8").splitlines()
    source = "\n".join(data.draw(st.lists(st.sampled_from(lines), max_size=30)))
    assert isinstance(uses(source, "answer = make()"), tuple)
