"""Functions that travel as their source text."""

import copy
import pickle

import pytest
import torch

from grader.protocol import snippet as snippet_module
from grader.protocol.snippet import Snippet

TWICE = "def twice(x, *, more=0.0):\n    return 2 * x + more"


def test_a_lambda_is_called():
    """A snippet of one lambda is that function, with `torch` in sight."""
    assert Snippet("lambda x: torch.stack([x, 2 * x])")(torch.tensor(1.5)).tolist() == [1.5, 3.0]


def test_a_def_is_called_with_keywords():
    """A snippet of one `def` takes the arguments that its parameters name."""
    assert Snippet(TWICE)(3.0, more=0.5) == 6.5


def test_a_def_may_call_itself():
    """A function's own name is known inside it, as in a file."""
    assert Snippet("def total(n):\n    return n and n + total(n - 1)")(4) == 10


def test_a_snippet_prints_as_its_source():
    """What is printed is the source without surrounding blanks: a student can paste it."""
    snippet = Snippet("\n  lambda x: 2 * x  \n")
    assert repr(snippet) == str(snippet) == snippet.source == "lambda x: 2 * x"


def test_snippets_are_equal_by_source():
    """Equal sources make equal snippets with one hash; another source or another type is not equal."""
    one, same, other = Snippet("lambda x: x"), Snippet(" lambda x: x"), Snippet("lambda y: y")
    assert one == same
    assert hash(one) == hash(same)
    assert one != other
    assert one != "lambda x: x"
    assert {one: 1}[same] == 1


@pytest.mark.parametrize("source", [TWICE, "lambda x: 2 * x"])
@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda snippet: pickle.loads(pickle.dumps(snippet))])
def test_a_copied_or_pickled_snippet_does_the_same(again, source):
    """A pickled or copied snippet is equal to the first, prints alike and returns the same."""
    snippet = Snippet(source)
    assert again(snippet) == snippet
    assert repr(again(snippet)) == source
    assert again(snippet)(1.0) == 2.0


def test_a_snippet_travels_as_its_source_and_code():
    """A pickled snippet holds its source, its name and its compiled code, and no object of the judge."""
    _, parts = Snippet(TWICE).__reduce__()
    assert parts[:2] == (TWICE, "twice")
    assert {type(each) for each in parts} == {str, bytes}


def test_a_snippet_is_not_compiled_where_it_arrives(monkeypatch):
    """Compiling costs most of making a snippet: the side that receives one does not do it again."""
    data = pickle.dumps(Snippet(TWICE))
    monkeypatch.setattr(snippet_module, "compiled", lambda source: pytest.fail(f"compiled {source}"))
    assert pickle.loads(data)(3.0) == 6.0


def test_only_torch_is_in_sight():
    """Neither the modules nor the names of the judge can be reached from a snippet's source."""
    names = sorted(Snippet("lambda: sorted(globals())")())
    assert names == ["__builtins__", "torch"]
    with pytest.raises(NameError, match="Snippet"):
        Snippet("lambda: Snippet")()


def test_what_a_snippet_raises_tells_no_path():
    """A line of a snippet stands in a traceback under a name of its own, not a file's."""
    assert Snippet(TWICE)._function.__code__.co_filename == "<given function>"


@pytest.mark.parametrize(
    "source",
    [
        "",
        "2 * x",
        "f = lambda x: x",
        "import os",
        "lambda x: x\nlambda y: y",
        "def f(x):\n    return x\nf(3)",
        "async def f(x):\n    return x",
        "class F:\n    pass",
    ],
)
def test_a_source_that_is_no_single_function_is_refused(source):
    """Only one lambda or one `def` makes a snippet; the author of anything else is told so."""
    with pytest.raises(SyntaxError, match="a snippet is one lambda or one def"):
        Snippet(source)


def test_a_source_that_is_no_python_is_refused():
    """A slip in the source is Python's own SyntaxError, told where it stands."""
    with pytest.raises(SyntaxError, match="invalid syntax") as caught:
        Snippet("lambda x: 2 *")
    assert (caught.value.filename, caught.value.lineno) == ("<given function>", 1)
