"""Hidden tests collected once and run for one submission after another."""

import pytest

from grader.results.verdicts import Part, Verdict

SECRET = b"secret"

HIDDEN = '''
@pytest.mark.check("documented", points=0.25, covers=["d0-o1", "d0-o2"])
def test_first(student):
    """The first check,
    in two lines.

    第一项检查。
    """
    student.call("first").must_equal(torch.ones(2, dtype=torch.float64))


@pytest.mark.check("edges", points=0.125, needs="test_first")
def test_waits(student):
    """A check that waits.

    等待的检查。
    """
    student.call("waits").must_equal(1)


@pytest.mark.check("edges", points=0.125, needs="test_waits")
def test_waits_for_the_waiting(student):
    """A check that waits for it.

    再等待的检查。
    """
    student.call("waits too").must_equal(1)


@pytest.mark.check("edges", points=0.125)
def test_our_mistake(student):
    """A hidden test with a mistake of its own.

    自身有错的隐藏测试。
    """
    if student.call("mistake").value == "provoke":
        torch.ones(2) @ torch.ones(3)


@pytest.mark.check("edges", points=0.125)
def test_graph(student):
    """No graph.

    没有计算图。
    """
    student.call("graph").must_equal(torch.ones(2, dtype=torch.float64)).must_carry_no_graph()


@pytest.mark.check("probes", points=0.25)
@probe(st.integers(0, 4000), examples=30)
def test_numbers(student, case):
    """Numbers.

    数。
    """
    student.call(case).must_equal(2 * case)
'''

RIGHT = """
import torch

def answer(x):
    if isinstance(x, int):
        return 2 * x
    return torch.ones(2, dtype=torch.float64) if x in ("first", "graph") else 1
"""

ACTS = """
import os
import torch

def answer(x):
    if isinstance(x, int):
        return 2 * x
    if x == "ACT":
        BODY
    return torch.ones(2, dtype=torch.float64) if x in ("first", "graph") else 1
"""


def acting(act, body):
    """Return a right submission but for what it does when it is called with `act`."""
    return ACTS.replace("ACT", act).replace("BODY", body)


SUBMISSIONS = {
    "right": RIGHT,
    "float32": RIGHT.replace("float64", "float32"),
    "wrong": acting("first", "return torch.zeros(2)"),
    "raises": acting("first", "raise ValueError('because')"),
    "hangs": acting("first", "while True: pass"),
    "crashes": acting("graph", "os.abort()"),
    "dies_everywhere": "import os\ndef answer(x):\n    os._exit(3)",
    "hungry": acting("graph", "return torch.zeros(2**36)"),
    "provokes": acting("mistake", "return 'provoke'"),
    "graph": acting("graph", "return torch.ones(2, dtype=torch.float64, requires_grad=True)"),
    "from_20": RIGHT.replace("return 2 * x", "return 2 * x if x < 20 else 0"),
    "does_not_run": "def answer(x)\n    return x",
    "misspelt": RIGHT.replace("def answer", "def anwser"),
    "empty": "",
}


@pytest.fixture(scope="module")
def outcomes(outcomes_of):
    """Return the outcomes of each submission."""
    return dict(zip(SUBMISSIONS, outcomes_of(HIDDEN, *SUBMISSIONS.values()), strict=True))


def verdicts(outcomes):
    """Return the verdicts of a submission, in order."""
    return [outcome.ending.verdict.value for outcome in outcomes.values()]


def test_a_right_submission_passes_every_check(outcomes):
    """A right submission passes everything, without a word and without a remark."""
    assert verdicts(outcomes["right"]) == ["passed"] * 6
    assert all(outcome.ending.finding is None and not outcome.remarks for outcome in outcomes["right"].values())


def test_a_check_has_title_part_points_and_outputs(outcomes):
    """A check's title is its docstring in both languages; part, points, outputs and what it waits for its marker's."""
    first, waits = (outcomes["right"][name].check for name in ("first", "waits"))
    assert first.title == {"en": "The first check, in two lines.", "zh": "第一项检查。"}
    assert (first.part, first.points, first.covers, first.needs) == (Part.DOCUMENTED, 0.25, ("d0-o1", "d0-o2"), None)
    assert (waits.part, waits.covers, waits.needs) == (Part.EDGES, (), "first")


def test_another_dtype_passes_with_a_remark(outcomes):
    """The right values in another dtype pass, and the remark stands with that check alone."""
    assert verdicts(outcomes["float32"]) == ["passed"] * 6
    assert [len(outcome.remarks) for outcome in outcomes["float32"].values()] == [1, 0, 0, 0, 1, 0]


@pytest.mark.parametrize(
    ("submission", "verdict", "words"),
    [
        ("wrong", "failed", "2 of 2 entries of the result differ"),
        ("raises", "error", "raised ValueError in line 9 of your file: because"),
        ("hangs", "timeout", "computed for more than"),
    ],
)
def test_a_failure_skips_what_waits_for_it_and_nothing_else(outcomes, submission, verdict, words):
    """When a check ends badly, those that wait for it are skipped and say for which; the others run."""
    found = outcomes[submission]
    assert verdicts(found) == [verdict, "skipped", "skipped", "passed", "passed", "passed"]
    assert words in found["first"].ending.finding.text("en")
    assert "“The first check, in two lines.”" in found["waits"].ending.finding.text("en")
    assert "第一项检查。" in found["waits"].ending.finding.text("zh")
    assert "“A check that waits.”" in found["waits_for_the_waiting"].ending.finding.text("en")


def test_a_crash_costs_its_check_alone(outcomes):
    """After a crash a fresh process serves the checks that follow."""
    assert verdicts(outcomes["crashes"]) == ["passed", "passed", "passed", "passed", "crashed", "passed"]
    assert "signal 6" in outcomes["crashes"]["graph"].ending.finding.text("en")


def test_memory_costs_its_check_alone(outcomes):
    """Memory that can't be had is that check's verdict."""
    assert verdicts(outcomes["hungry"]) == ["passed", "passed", "passed", "passed", "memory", "passed"]


def test_a_mistake_of_ours_costs_no_other_check(outcomes):
    """An exception in the hidden test itself is internal, is traced, and leaves the other checks as they are."""
    assert verdicts(outcomes["provokes"]) == ["passed", "passed", "passed", "internal", "passed", "passed"]
    ending = outcomes["provokes"]["our_mistake"].ending
    assert "RuntimeError" in ending.trace
    assert "costs you nothing" in ending.finding.text("en")


def test_a_check_does_not_wait_for_our_mistake(outcomes_of):
    """A check that waits for one which failed by the grader's own fault is run: that costs the student nothing."""
    checks = '@pytest.mark.check("edges", points=1{})\ndef test_{}(student):\n    {}\n    {}\n\n\n'
    titled = '"""A.\n\n    甲。\n    """'
    mistake = checks.format("", "mistake", titled, "1 / 0")
    waits = checks.format(', needs="test_mistake"', "waits", titled, "student.call(2).must_equal(2)")
    right, wrong = outcomes_of(mistake + waits, "def answer(x):\n    return x", "def answer(x):\n    return 0")
    assert verdicts(right) == ["internal", "passed"]
    assert verdicts(wrong) == ["internal", "failed"]


def test_a_process_that_always_dies_is_given_up(outcomes_of):
    """After as many restarts as the limits allow, the checks that remain are not run, and say so."""
    checks = "\n".join(
        f'@pytest.mark.check("edges", points=1)\ndef test_{number}(student):\n    """A.\n\n    甲。\n    """\n'
        f"    student.call({number}).must_equal({number})\n"
        for number in range(7)
    )
    (found,) = outcomes_of(checks, SUBMISSIONS["dies_everywhere"])
    assert verdicts(found) == ["crashed"] * 7
    assert "had to be stopped 4 times" in found["6"].ending.finding.text("en")


@pytest.mark.parametrize(
    ("submission", "words"),
    [
        ("does_not_run", "Your file could not be run: SyntaxError in line 1"),
        ("misspelt", "Your file defines anwser, but not answer. Rename it to answer."),
        ("empty", "It defines: nothing."),
    ],
)
def test_what_cannot_be_called_is_told_for_every_check(outcomes, submission, words):
    """A file that does not run, or lacks the function, is told for each check that does not wait for another."""
    found = outcomes[submission]
    assert verdicts(found) == ["error", "skipped", "skipped", "error", "error", "error"]
    for outcome in found.values():
        if outcome.ending.verdict is Verdict.ERROR:
            assert words in outcome.ending.finding.text("en")
            assert outcome.evidence is None


def test_a_probe_tells_the_smallest_counterexample(outcomes):
    """A failed probe is told by its smallest counterexample, with the first failing example as further evidence."""
    outcome = outcomes["from_20"]["numbers"]
    assert outcome.ending.verdict is Verdict.FAILED
    assert "x = 20\n" in outcome.ending.finding.text("en")
    first, smallest = outcome.evidence.calls
    assert first.before[0] >= 20
    assert smallest.before == (20,)


def test_evidence_is_of_failed_checks_alone(outcomes):
    """What failed or raised has its calls as evidence; what passed, was stopped or skipped has none."""
    assert outcomes["wrong"]["first"].evidence.calls[0].before == ("first",)
    assert outcomes["raises"]["first"].evidence.calls[0].observations[0].raised.type == "ValueError"
    assert outcomes["graph"]["graph"].evidence.aspect.value == "graph"
    assert outcomes["hangs"]["first"].evidence is None
    assert outcomes["wrong"]["waits"].evidence is None
    assert all(outcome.evidence is None for outcome in outcomes["right"].values())
