"""A question's code runs as a program of its own would: what it prints, raises and leaves, and nothing left behind."""

import random
import warnings

import pytest
import torch

from grader.quiz.run import Ran, RunError, begin, run, told


def test_code_finds_torch_and_the_parameters():
    """`import torch` is implied, parameters are plain names, and `given` keeps them when the code rebinds them."""
    ran = run("x = torch.tensor(x) * 2", begin({"x": [1.0, 2.0]}))
    assert ran.names["x"].tolist() == [2, 4]
    assert ran.value("given.x") == [1.0, 2.0]


def test_what_is_printed_is_kept(capsys):
    """Nothing of it reaches the terminal."""
    assert run("print(1)\nprint('two')", {}).printed == "1\ntwo\n"
    assert capsys.readouterr().out == ""


def test_an_exception_ends_the_code():
    """The names up to there are kept, and what was raised is told as its type and its message's first line."""
    ran = run("a = 1\nraise ValueError('first\\nsecond')\na = 2", {})
    assert (ran.names["a"], ran.raised) == (1, "ValueError: first")


def test_code_that_is_no_python_is_the_authors_error():
    """A slip of the author's never becomes an exception that students are asked about."""
    with pytest.raises(RunError, match=r"`x = \(` is not valid Python: "):
        run("x = (", {})
    with pytest.raises(RunError, match="`1 1` is not valid Python: "):
        Ran({}, "", None).value("1 1")


def test_code_runs_under_its_own_rules_alone():
    """Code sees annotations as any program does, whatever the grader's own modules ask of Python."""
    assert run("def f(x: int): return x\nkind = f.__annotations__['x']", {}).names["kind"] is int


@pytest.mark.parametrize("expression", ["raised", "printed"])
def test_expressions_see_what_happened(expression):
    """A key may decide by what was raised or printed."""
    ran = run("print('hello')\nraise KeyError", {})
    assert ran.value(expression) == {"raised": "KeyError", "printed": "hello\n"}[expression]


def test_an_expression_that_raises_is_told():
    """The error names the expression and what it raised."""
    with pytest.raises(RunError, match=r"^`nothing\.grad` raised NameError: name 'nothing' is not defined$"):
        run("", {}).value("nothing.grad")


def test_hidden_work_goes_on_where_the_code_ended():
    """Work adds names, sees what was raised, and leaves what the code printed and raised as it was."""
    ran = run("print('shown')\nraise KeyError('k')", {}).then("seen = raised\nprint('hidden')")
    assert (ran.value("seen"), ran.printed, ran.raised) == ("KeyError: 'k'", "shown\n", "KeyError: 'k'")


def test_hidden_work_must_not_fail():
    """Work is the author's: what it raises is no part of the question."""
    with pytest.raises(RunError, match="the code raised ValueError: oh"):
        run("", {}).then("raise ValueError('oh')")


def test_a_drawn_list_that_code_changes_is_changed_for_nobody_else():
    """Neither `given`, nor the next run, nor the variant's own record sees the change."""
    drawn = {"x": [1.0, [2.0]]}
    ran = run("x[0] = 9.0\nx[1].append(3.0)", begin(drawn))
    assert ran.value("given.x") == drawn["x"] == [1.0, [2.0]]


LEAKS = {
    "grad mode": ("torch.set_grad_enabled(False)", "torch.is_grad_enabled()"),
    "default dtype": ("torch.set_default_dtype(torch.float64)", "torch.get_default_dtype()"),
    "anomaly mode": ("torch.autograd.set_detect_anomaly(True)", "torch.is_anomaly_enabled()"),
    "threads": ("torch.set_num_threads(1 + torch.get_num_threads())", "torch.get_num_threads()"),
    "chance": ("torch.manual_seed(7); torch.rand(5)", "torch.get_rng_state().tolist()"),
    "print options": ("torch.set_printoptions(precision=1)", "str(torch.tensor(0.1234))"),
    "warnings": ("import warnings; warnings.simplefilter('error')", "__import__('warnings').filters"),
}


@pytest.mark.parametrize("what", LEAKS)
def test_no_setting_of_a_question_reaches_another(what):
    """What code or an expression sets in torch holds until its end: not for the next question, nor for the grader."""
    setting, reading = LEAKS[what]
    inside, outside = run("", {}).value(reading), eval(reading)
    for ran in (run(setting, {}), run(f"{setting}\nraise ValueError", {})):
        assert eval(reading) == outside
        assert ran.value(reading) == inside
    run("", {}).value(f"exec({setting!r})")
    assert eval(reading) == outside


def test_each_run_begins_with_the_same_chance():
    """Code that draws at random gives the same key in whatever state the grader is."""
    torch.manual_seed(1)
    first = run("a = torch.rand(3)", {}).names["a"]
    torch.manual_seed(2)
    assert torch.equal(run("a = torch.rand(3)", {}).names["a"], first)


def test_each_run_begins_as_a_program_does():
    """Settings of the grader's own process do not reach a question."""
    torch.set_default_dtype(torch.float64)
    try:
        with torch.no_grad():
            ran = run("a = torch.ones(1, requires_grad=True)\nb = a * 2", {})
        assert ran.value("(a.dtype, b.requires_grad)") == (torch.float32, True)
        assert torch.get_default_dtype() == torch.float64
    finally:
        torch.set_default_dtype(torch.float32)


def test_a_warning_is_no_part_of_a_question():
    """Code that torch warns of runs on, even where warnings are errors."""
    with warnings.catch_warnings(action="error"):
        ran = run("y = torch.ones(1, requires_grad=True) * 2\ng = y.grad", {})
    assert ran.raised is None


def test_a_name_of_one_question_is_unknown_to_the_next():
    """Runs share no namespace."""
    run("leaked = 1", names := {})
    assert names == {}
    assert run("leaked", {}).raised == "NameError: name 'leaked' is not defined"


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (KeyError(), "KeyError"),
        (ValueError("  short  "), "ValueError: short"),
        (ValueError("word " * 100), "ValueError: " + "word " * 10 + "word …"),
    ],
)
def test_an_exception_is_told_in_a_line(problem, text):
    """A long message is cut between words, where a reader has seen enough."""
    assert told(problem) == text
    assert len(told(problem)) < 80


def test_chance_of_python_is_left_alone():
    """A question that uses torch's chance does not touch the grader's other source of it."""
    random.seed(3)
    state = random.getstate()
    run("torch.rand(2)", {})
    assert random.getstate() == state
