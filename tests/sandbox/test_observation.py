"""Describing what a call did: its value or its exception, the place in the student's file, the arguments afterwards."""

import pytest
import torch

from grader.protocol.messages import MAX_MESSAGE_TEXT, Observation, Raised
from grader.sandbox.observation import describe, observe

FILE = "work.py"
LONELY = "\ud800"


def define(source, filename=FILE):
    """Return the function `f` of a source that was compiled under a file's name."""
    namespace = {}
    exec(compile(source, filename, "exec"), namespace)
    return namespace["f"]


def raised_by(source, *arguments, filename=FILE):
    return observe(define(source, filename), arguments, filename=FILE).raised


def test_a_value_is_observed_with_the_arguments():
    """An observation holds the very value returned and the very arguments, as the call left them."""
    x, kept = torch.zeros(2), []
    seen = observe(lambda x, kept: (kept.append(7), x.add_(1))[1], (x, kept), filename=FILE)
    assert seen.raised is None
    assert seen.value is x
    assert seen.arguments[0] is x
    assert seen.arguments[1] == [7]


def test_an_exception_is_observed_with_the_arguments():
    """What a call raises is told by type, bases, message and line, next to the arguments as it left them."""
    source = "def f(kept):\n    kept.append(7)\n    raise KeyError('a')"
    assert observe(define(source), ([],), filename=FILE) == Observation(
        raised=Raised("KeyError", ("KeyError", "LookupError", "Exception", "BaseException", "object"), "'a'", 3),
        arguments=([7],),
    )


@pytest.mark.parametrize(
    "kind", ["SystemExit", "KeyboardInterrupt", "GeneratorExit", "RecursionError", "BaseException"]
)
def test_no_exception_escapes(kind):
    """Whatever a student's code raises is an observation, the ways to end a program included."""
    assert raised_by(f"def f():\n    raise {kind}('out')").type == kind


def test_the_last_line_in_the_students_file_is_told():
    """The line is where the student's own code last stood, not where a library or another file raised."""
    source = "import json\n\ndef f():\n    return g()\n\ndef g():\n    return json.loads('{')\n"
    assert (raised_by(source).type, raised_by(source).line) == ("JSONDecodeError", 7)
    assert raised_by(source, filename="other.py").line == 0


def test_a_cell_is_told_with_its_line():
    """A line of a notebook is told with the number of its code cell."""
    raised = raised_by("\n\ndef f():\n    return 1 / 0", filename="<cell 3>")
    assert (raised.line, raised.cell) == (4, 3)


@pytest.mark.parametrize("name", ["<cell >", "<cell -1>", "<cell 1.5>", "cell 3", "3", "<string>"])
def test_other_names_are_no_cells(name):
    """Only the names under which cells are compiled count as cells."""
    raised = raised_by("def f():\n    return 1 / 0", filename=name)
    assert (raised.line, raised.cell) == (0, 0)


def test_a_call_that_never_reached_the_students_code_has_no_line():
    """A call with the wrong number of arguments is told without a line, for none of the student's was run."""
    raised = raised_by("def f(x):\n    return x")
    assert (raised.type, raised.line) == ("TypeError", 0)
    assert "missing 1 required positional argument" in raised.message


def test_an_endless_recursion_is_told_where_it_turns():
    """A recursion error is placed in the student's function although its way is thousands of frames long."""
    raised = raised_by("\ndef f(x):\n    return f(x)", 1)
    assert (raised.type, raised.line) == ("RecursionError", 3)


def test_a_syntax_error_of_the_file_is_told_at_its_line():
    """A file that is no Python is told at the line that Python names."""
    with pytest.raises(SyntaxError) as caught:
        compile("x = 1\ny = = 2\n", FILE, "exec")
    assert describe(caught.value, filename=FILE).line == 2
    with pytest.raises(SyntaxError) as caught:
        compile("x = 1\n\ny = = 2\n", "<cell 4>", "exec")
    raised = describe(caught.value, filename=FILE)
    assert (raised.line, raised.cell) == (3, 4)


def test_a_syntax_error_of_other_text_is_told_where_it_was_raised():
    """When the student's code parses some other text, the line told is the student's, not the text's."""
    raised = raised_by("\n\ndef f():\n    return eval('1 +')")
    assert (raised.type, raised.line) == ("SyntaxError", 4)


def test_a_message_is_cut_and_cleaned():
    """A message is told as far as a report can hold it, with lone surrogates written out."""
    source = "def f(text):\n    raise ValueError(text)"
    assert raised_by(source, "x" * 9999).message == "x" * MAX_MESSAGE_TEXT
    assert raised_by(source, f"a{LONELY}b").message == "a\\ud800b"


def test_a_message_that_cannot_be_read_is_no_message():
    """An exception that raises while it is turned into text is told without one."""
    source = "class Odd(Exception):\n    def __str__(self):\n        raise SystemExit\n\ndef f():\n    raise Odd"
    assert raised_by(source).message == "(the message of this exception could not be read)"
    assert raised_by(source).bases == ("Odd", "Exception", "BaseException", "object")


def test_endless_names_are_cut():
    """Type names and the list of bases are cut to what a reply may hold."""
    source = (
        "kind = Exception\n"
        "for _ in range(30):\n    kind = type('x' * 300, (kind,), {})\n"
        "def f():\n    raise kind('out')"
    )
    raised = raised_by(source)
    assert raised.type == "x" * 100
    assert raised.bases == ("x" * 100,) * 20
