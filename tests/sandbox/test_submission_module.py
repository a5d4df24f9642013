"""The module that a submission becomes: a file runs as a whole, and what is found in it is told."""

import sys

import pytest

from grader.protocol.messages import MAX_NAMES, Load
from grader.sandbox.submission_module import load_module, new_module


@pytest.fixture
def load(monkeypatch):
    """Give a function that loads a submission here, with Python's own state put back afterwards."""
    monkeypatch.setattr(sys, "argv", sys.argv)
    monkeypatch.setitem(sys.modules, "work", None)

    def load_one(*cells, entries=("f",)):
        module = new_module("work.py")
        return module, load_module(module, Load("work.py", cells, notebook=False, entries=entries))

    return load_one


def test_a_file_becomes_a_module(load):
    """The source runs as a module of the file's name that can be imported, and not as a main program."""
    module, loaded = load("import sys\nname, path, arguments = __name__, __file__, sys.argv\nimport work")
    assert loaded.raised == ()
    assert (module.name, module.path, module.arguments) == ("work", "work.py", ["work.py"])
    assert module.work is module


def test_the_source_may_define_classes_that_look_up_their_module(load):
    """A dataclass, which looks for its module while it is made, works in a submission."""
    module, loaded = load("import dataclasses\n@dataclasses.dataclass\nclass Box:\n    side: 'int' = 3\n")
    assert loaded.raised == ()
    assert module.Box().side == 3


def test_the_graders_own_switches_do_not_reach_the_source(load):
    """Future statements of the grader's modules do not change how a submission is compiled."""
    module, _ = load("def f(x: int): pass\nkinds = f.__annotations__")
    assert module.kinds == {"x": int}


EXPORTED = """\
#!/usr/bin/env python
# In[1]:
get_ipython().run_line_magic('matplotlib', 'inline')
get_ipython().system('pip install torch')
shell = get_ipython().getoutput('ls')
# In[2]:
get_ipython().run_cell_magic('time', '', 'def f(x):\\n    return x + one\\n')
get_ipython().run_line_magic('time', 'one = 1')
get_ipython().run_cell_magic('writefile', 'a.py', 'def f(x): return 0')
"""


def test_a_notebook_saved_as_a_script_runs(load):
    """The calls that nbconvert makes of magics run the code that they time; all others do nothing."""
    module, loaded = load(EXPORTED)
    assert loaded.raised == ()
    assert module.f(1) == 2
    assert loaded.functions == ("f",)


def test_a_script_has_no_shell_of_its_own(load):
    """A file that does not ask for one finds no `get_ipython`."""
    module, _ = load("f = 1")
    assert not hasattr(module, "get_ipython")


def test_what_a_file_raises_is_told(load):
    """A file that fails is told with its exception and line; what came before the failure is there."""
    _, loaded = load("def f(x): return x\n\nraise ValueError('no')")
    assert [(each.type, each.message, each.line) for each in loaded.raised] == [("ValueError", "no", 3)]
    assert loaded.signatures == {"f": "(x)"}


@pytest.mark.parametrize(
    ("source", "kind", "line"),
    [
        ("x = 1\ndef f(:\n", "SyntaxError", 2),
        ("if True:\nx = 1\n", "IndentationError", 2),
        ("import sys\nsys.exit('done')\n", "SystemExit", 2),
        ("import no_such_module_anywhere\n", "ModuleNotFoundError", 1),
        ("(" * 5000, "SyntaxError", 1),
    ],
    ids=["syntax", "indentation", "exit", "import", "parentheses"],
)
def test_a_file_that_cannot_run_is_told(load, source, kind, line):
    """A file that is no Python, ends the program or imports what is not there is told as that."""
    _, loaded = load(source)
    assert [(each.type, each.line) for each in loaded.raised] == [(kind, line)]
    assert loaded.signatures == {}


def test_a_source_with_a_null_byte_is_told(load):
    """Source that Python refuses to read is told as what Python raises."""
    _, loaded = load("x = '\x00'")
    assert "null bytes" in loaded.raised[0].message


def test_a_files_parts_are_one_source(load):
    """A file handed over in parts runs as one, and fails as one."""
    _, loaded = load("def f(x):", "    return x / 0", "raise ValueError")
    assert [(each.line, each.cell) for each in loaded.raised] == [(3, 0)]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("def f(x, v=None, *, create_graph: bool = False): pass", {"f": "(x, v=None, *, create_graph: bool = False)"}),
        ("f = lambda x: x", {"f": "(x)"}),
        ("class f:\n    def __init__(self, x): pass", {"f": "(x)"}),
        ("class F:\n    def __call__(self, x): pass\nf = F()", {"f": "(x)"}),
        ("f = 7", {}),
        ("f = None", {}),
        ("def g(x): pass", {}),
        ("class F:\n    __call__ = __signature__ = property(lambda self: 1 / 0)\nf = F()", {"f": ""}),
        ("def f(x): pass\nf.__signature__ = 7", {"f": ""}),
        (f"def f({'x' * 600}): pass", {"f": "(" + "x" * 499}),
    ],
    ids=["def", "lambda", "class", "object", "number", "none", "another name", "raising", "wrong", "endless"],
)
def test_the_signatures_of_entry_points_are_told(load, source, found):
    """Of the names asked for, those that can be called are told with their signature, or an empty one if it hides."""
    assert load(source)[1].signatures == found


def test_every_entry_point_asked_for_is_looked_up(load):
    """Only the entry points that the exercise asks for are told, each of them."""
    _, loaded = load("def f(x): pass\ndef g(y): pass\ndef h(z): pass", entries=("h", "f", "missing"))
    assert loaded.signatures == {"f": "(x)", "h": "(z)"}


def test_the_public_functions_are_told_in_order(load):
    """The names of functions and classes are told in their order, private names and other values are not."""
    _, loaded = load("class B: pass\ndef a(x): pass\ndef _hidden(): pass\nlimit = 3\nc = lambda: 0")
    assert loaded.functions == ("B", "a", "c")


def test_no_more_functions_are_told_than_a_reply_holds(load):
    """A file of very many functions, or of one with an endless name, is told in part."""
    _, loaded = load(f"for index in range(100):\n    exec(f'def g{{index}}_{'x' * 300}(): pass')")
    assert len(loaded.functions) == MAX_NAMES
    assert loaded.functions[0] == "g0_" + "x" * 97
